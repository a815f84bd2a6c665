import { randomUUID } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";
import { inRepository } from "../paths";
import { leftovers } from "./leftovers";
import { type End, runProgram } from "./program";
import {
  type SuiteResults,
  type SuiteRun,
  type TestResult,
  secondTry,
} from "./results";
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
  const run = (again?: Again): Promise<readonly TestResult[]> =>
    runOnce(suite, { again, mark, print });
  const first = await run();
  const files = filesToTryAgain(suite, first);
  const tests =
    suite.again === undefined || files.length === 0
      ? first
      : secondTry(first, files, await run(suite.again(files)));
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

interface Once {
  readonly again: Again | undefined;
  readonly mark: string;
  readonly print: ((text: Buffer) => void) | undefined;
}

async function runOnce(
  suite: Suite,
  { again, mark, print }: Once,
): Promise<readonly TestResult[]> {
  const name = suite.name.replaceAll(" ", "-");
  const file = path.join(
    resultsFolder,
    `${name}${again === undefined ? "" : "-again"}.json`,
  );
  await rm(file, { force: true });
  const started = performance.now();
  const end = await runProgram({
    args: again?.args ?? suite.args,
    env: {
      ...process.env,
      ...again?.env,
      VIADUCT_TEST_RESULTS: file,
      VIADUCT_TEST_RUN: mark,
    },
    minutes: suite.minutes,
    ...(print === undefined ? {} : { print }),
  });
  const milliseconds = Math.round(performance.now() - started);
  return suite.counts
    ? readResults(suite, file, end)
    : [result(suite.name, end.code === 0, milliseconds, end.reason)];
}

async function readResults(
  suite: Suite,
  file: string,
  end: End,
): Promise<readonly TestResult[]> {
  const text = await readFile(file, "utf8").catch(() => null);
  const { tests } =
    text === null ? { tests: [] } : (JSON.parse(text) as SuiteResults);
  const isExplained =
    end.code === 0 || tests.some(({ state }) => state === "failed");
  if (tests.length === 0)
    return [result(`${suite.name} runs tests`, false, 0, end.reason)];
  return isExplained
    ? tests
    : [...tests, result(`${suite.name} ends well`, false, 0, end.reason)];
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
