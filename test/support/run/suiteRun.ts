import { randomUUID } from "node:crypto";
import path from "node:path";
import { inRepository } from "../paths";
import { leftovers } from "./leftovers";
import { limitOf } from "./limit";
import { readLog, removeLog } from "./log";
import { type End, runProgram } from "./program";
import { type SuiteRun, type TestResult, secondTry } from "./results";
import type { Again, Suite } from "./suites";

/** Where suites leave their results. */
export const resultsFolder = inRepository(".cache/results");
/** More files than this are no accident. */
const FILES_AGAIN = 3;

/** Runs a suite, and its few failed files a second time where it allows that; what it leaves running is a failure. */
export async function runSuite(
  suite: Suite,
  print?: (text: Buffer) => void,
): Promise<SuiteRun> {
  const started = performance.now();
  const mark = randomUUID();
  const run = (again?: Again): Promise<Ended> =>
    runOnce(suite, { again, mark, print });
  const first = await run();
  const files = first.isLate ? [] : filesToTryAgain(suite, first.tests);
  const tests =
    suite.again === undefined || files.length === 0
      ? first.tests
      : secondTry(first.tests, files, (await run(suite.again(files))).tests);
  return {
    suite: suite.name,
    seconds: (performance.now() - started) / 1000,
    tests: suite.counts ? [...tests, ...(await leakTest(mark))] : tests,
  };
}

function filesToTryAgain(
  suite: Suite,
  tests: readonly TestResult[],
): readonly string[] {
  const failed = tests.filter(({ state }) => state === "failed");
  const files = [...new Set(failed.map(({ file }) => file))];
  const named = files.filter((file) => file !== undefined);
  const isFew = named.length === files.length && named.length <= FILES_AGAIN;
  return suite.again !== undefined && isFew ? named : [];
}

interface Ended {
  readonly tests: readonly TestResult[];
  /** There is no time for a second try. */
  readonly isLate: boolean;
}

interface Once {
  readonly again: Again | undefined;
  readonly mark: string;
  readonly print: ((text: Buffer) => void) | undefined;
}

async function runOnce(
  suite: Suite,
  { again, mark, print }: Once,
): Promise<Ended> {
  const name = suite.name.replaceAll(" ", "-");
  const file = path.join(
    resultsFolder,
    `${name}${again === undefined ? "" : "-again"}.json`,
  );
  removeLog(file);
  const started = performance.now();
  const end = await runProgram({
    args: again?.args ?? suite.args,
    env: {
      ...process.env,
      ...again?.env,
      VIADUCT_TEST_RESULTS: file,
      VIADUCT_TEST_RUN: mark,
    },
    limit: limitOf(
      suite.minutes,
      process.env["VIADUCT_TEST_UNTIL"],
      Date.now(),
    ),
    ...(print === undefined ? {} : { print }),
  });
  const milliseconds = Math.round(performance.now() - started);
  const tests = suite.counts
    ? resultsOf(suite.name, file, end)
    : [result(suite.name, end.code === 0, milliseconds, end.reason)];
  return { tests, isLate: end.isLate };
}

/** What was planned and not reached has failed; so has a suite that says nothing, or does not say why it failed. */
export function resultsOf(
  suite: string,
  file: string,
  end: End,
): readonly TestResult[] {
  const { tests, unreached, running } = readLog(file);
  const isCutShort = end.isLate || running !== null;
  const why = isCutShort ? `the suite ${end.reason}` : "a hook has failed";
  const all = [
    ...tests,
    ...unreached.map((place) => ({
      ...place,
      state: "failed" as const,
      milliseconds: 0,
      detail: `was not reached: ${why}`,
    })),
  ];
  if (all.length === 0)
    return [result(`${suite} runs tests`, false, 0, end.reason)];
  const isExplained =
    !isCutShort &&
    (end.code === 0 || all.some(({ state }) => state === "failed"));
  const detail =
    running === null ? end.reason : `${end.reason}, in: ${running}`;
  return isExplained
    ? all
    : [...all, result(`${suite} ends well`, false, 0, detail)];
}

/** What a suite leaves running is a failure, and is ended. */
async function leakTest(mark: string): Promise<readonly TestResult[]> {
  const left = await leftovers(`VIADUCT_TEST_RUN=${mark}`);
  for (const { pid } of left) process.kill(pid, "SIGKILL");
  const detail = left.map(({ pid, command }) => `${pid} ${command}`).join("\n");
  return [result("leaves no process behind", left.length === 0, 0, detail)];
}

function result(
  title: string,
  isPassed: boolean,
  milliseconds: number,
  reason: string,
): TestResult {
  return {
    title,
    state: isPassed ? "passed" : "failed",
    milliseconds,
    detail: isPassed ? "" : reason,
  };
}
