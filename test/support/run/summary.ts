import { type SuiteRun, type TestResult, count } from "./results";

/** Prints totals of each suite, what failed and what was skipped, and the last line; returns the exit code. */
export function printSummary(runs: readonly SuiteRun[]): number {
  const all = runs.flatMap(({ suite, tests }) =>
    tests.map((test) => ({ suite, test })),
  );
  const tests = all.map(({ test }) => test);
  console.log("\n━━ totals ━━");
  for (const run of runs) console.log(totals(run));
  list(
    "Skipped, with the reason:",
    all.filter(({ test }) => test.state === "skipped"),
  );
  list(
    "Passed at the second try only:",
    all.filter(({ test }) => test.state === "passed" && test.detail !== ""),
  );
  list(
    "Failed:",
    all.filter(({ test }) => test.state === "failed"),
  );
  const failed = count(tests, "failed");
  const passed = count(tests, "passed");
  console.log(
    `\n${passed} passed, ${failed} failed, ${count(tests, "skipped")} skipped`,
  );
  return failed > 0 || passed === 0 ? 1 : 0;
}

function totals({ suite, seconds, tests }: SuiteRun): string {
  const numbers = (["passed", "failed", "skipped"] as const)
    .map((state) => `${count(tests, state)} ${state}`)
    .join(", ");
  return `${suite.padEnd(18)} ${numbers.padEnd(36)} ${seconds.toFixed(1).padStart(7)} s`;
}

/** Lines of a failure that are worth repeating at the end, where a cut log still has them. */
const DETAIL_LINES = 12;

function list(
  heading: string,
  listed: readonly { readonly suite: string; readonly test: TestResult }[],
): void {
  if (listed.length === 0) return;
  console.log(`\n${heading}`);
  for (const { suite, test } of listed) {
    console.log(`  ${suite}: ${test.title}`);
    const lines = test.detail.split("\n").filter((line) => line.trim() !== "");
    for (const line of lines.slice(0, DETAIL_LINES))
      console.log(`      ${line}`);
  }
}
