import { lint, type LintLanguage } from "../../../src/core/credentials/lint";
import { judgedCases, type JudgedCase } from "./judgedCases";

/** A labelled text, and which of its values is the one that is mutated. */
export interface Target extends JudgedCase {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
}

/** A change of a text by machine; null where it makes no sense. The value itself stays as it is written. */
export type Mutate = (target: Target) => string | null;

/** All labelled values of files that are on one line, each as a target of its own. */
export function targets(files: readonly string[]): readonly Target[] {
  return files.flatMap(judgedCases).flatMap((each) =>
    each.ranges
      .map((range, index) => ({
        ...each,
        ...range,
        rule: each.rules[index] ?? "",
      }))
      .filter(({ end, start }) => !each.text.slice(start, end).includes("\n")),
  );
}

/** Every `step`th of them, from another one for each kind: all kinds together meet all. */
export function sample<T>(all: readonly T[], kind: string, step: number): T[] {
  const from = kind.length % step;
  return all.filter((_, index) => index % step === from);
}

/** What a kind of mutation did to the findings. */
export interface Outcome {
  readonly count: number;
  /** Mutants in which a value is not found any more. */
  readonly missed: readonly string[];
  /** Mutants in which something else is found. */
  readonly more: readonly string[];
}

/** Compares what is found before and after: the labelled values, every one as often as it is there. */
export function outcome(
  all: readonly Target[],
  mutate: Mutate,
  language: LintLanguage,
  fileName?: string,
): Outcome {
  const counts = { count: 0, missed: [] as string[], more: [] as string[] };
  for (const target of all) {
    const mutant = mutate(target);
    if (mutant !== null) {
      counts.count++;
      const name = fileName ?? target.fileName;
      const left = lint(mutant, language, name).map(({ range }) =>
        mutant.slice(range.start, range.end),
      );
      for (const { end, start } of target.ranges) {
        const at = left.indexOf(target.text.slice(start, end));
        if (at < 0) {
          counts.missed.push(`${target.name}: ${JSON.stringify(mutant)}`);
        } else {
          left.splice(at, 1);
        }
      }
      counts.more.push(
        ...left.map((value) => `${target.name}: ${value} in ${mutant}`),
      );
    }
  }
  return counts;
}

/** How many findings are over a value that is put in the place of another. */
export function stillFound(
  { end, fileName, start, text }: Target,
  value: string,
  language: LintLanguage,
): number {
  const mutant = text.slice(0, start) + value + text.slice(end);
  return lint(mutant, language, fileName).filter(
    ({ range }) => range.start < start + value.length && range.end > start,
  ).length;
}
