// Runs everything that `npm test` promises, one suite after the other, and counts over all of them. The last line is
// for machines: `N passed, N failed, N skipped`.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { inRepository } from "../paths";
import { leftovers } from "./leftovers";
import { printSummary } from "./summary";
import type { SuiteResults, SuiteRun, TestResult } from "./results";
import { type Suite, suites } from "./suites";

const resultsFolder = inRepository(".cache/results");
/** Time for a suite to stop what it started, once it has been told to end. */
const GRACE_MS = 20_000;

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const chosen = suites.filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name),
  );
  if (chosen.length === 0) {
    console.error(
      `There is no such suite. There are: ${suites.map(({ name }) => name).join(", ")}`,
    );
    return 2;
  }
  await mkdir(resultsFolder, { recursive: true });
  const runs: SuiteRun[] = [];
  for (const suite of chosen) {
    console.log(`\n━━ ${suite.name} ━━`);
    runs.push(await runSuite(suite));
  }
  return printSummary(runs);
}

async function runSuite(suite: Suite): Promise<SuiteRun> {
  const file = path.join(
    resultsFolder,
    `${suite.name.replaceAll(" ", "-")}.json`,
  );
  await rm(file, { force: true });
  const started = performance.now();
  const mark = randomUUID();
  const end = await runProgram(suite, {
    ...process.env,
    VIADUCT_TEST_RESULTS: file,
    VIADUCT_TEST_RUN: mark,
  });
  const milliseconds = Math.round(performance.now() - started);
  const tests = suite.counts
    ? [...(await readResults(suite, file, end)), ...(await leakTest(mark))]
    : [result(suite.name, end.code === 0, milliseconds, end.reason)];
  return { suite: suite.name, seconds: milliseconds / 1000, tests };
}

interface End {
  readonly code: number;
  readonly reason: string;
}

function runProgram(suite: Suite, env: NodeJS.ProcessEnv): Promise<End> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, suite.args, {
      cwd: inRepository(),
      env,
      stdio: ["ignore", "inherit", "inherit"],
    });
    const late = { yes: false };
    const timer = setTimeout(() => {
      late.yes = true;
      endGently(child);
    }, suite.minutes * 60_000);
    const interrupt = (): void => {
      endGently(child);
      child.once("exit", () => process.exit(130));
    };
    process.once("SIGINT", interrupt).once("SIGTERM", interrupt);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
      const reason = late.yes
        ? `did not end within ${suite.minutes} minutes`
        : `ended with ${signal ?? `code ${String(code)}`}`;
      resolve({ code: late.yes ? 1 : (code ?? 1), reason });
    });
  });
}

/** Mocha ends its current test at SIGINT and then runs the hooks that stop servers. */
function endGently(child: ChildProcess): void {
  child.kill("SIGINT");
  setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
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

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
