import { readFileSync, rmSync } from "node:fs";
import type { TestResult } from "./results";

type Place = Pick<TestResult, "title" | "file">;

/** One line of what `collect` writes: what is to run, what begins, and how it ended. */
type Line =
  | { readonly planned: Place }
  | { readonly begun: string }
  | { readonly test: TestResult };

/** How far a run of mocha came. */
export interface RunLog {
  readonly tests: readonly TestResult[];
  /** What was to run and has no result, in that order. */
  readonly unreached: readonly Place[];
  /** The test or hook that was running; null when the runner has come to its end. */
  readonly running: string | null;
}

/** Reads what `collect` has written; when the runner did not come to its end, what there is of it. */
export function readLog(file: string): RunLog {
  const whole = textOf(file);
  // Who was ended in the middle may have left half a line.
  const text = whole ?? textOf(partial(file)) ?? "";
  const lines = text
    .slice(0, text.lastIndexOf("\n") + 1)
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Line);
  const tests = lines.flatMap((line) => ("test" in line ? [line.test] : []));
  const begun = lines.flatMap((line) => ("begun" in line ? [line.begun] : []));
  const left = new Map<string, number>();
  for (const test of tests) left.set(key(test), (left.get(key(test)) ?? 0) + 1);
  const unreached = lines
    .flatMap((line) => ("planned" in line ? [line.planned] : []))
    .filter((planned) => {
      const ended = left.get(key(planned)) ?? 0;
      left.set(key(planned), ended - 1);
      return ended <= 0;
    });
  const running = whole === null ? (begun.at(-1) ?? null) : null;
  return { tests, unreached, running };
}

/** Nothing of an earlier run is to be taken for one of this run. */
export function removeLog(file: string): void {
  for (const each of [file, partial(file)]) rmSync(each, { force: true });
}

function partial(file: string): string {
  return `${file}.partial`;
}

function key({ title, file }: Place): string {
  return JSON.stringify([file, title]);
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}
