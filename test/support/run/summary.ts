import { type SuiteRun, type TestResult, count } from "./results";

/** Prints totals of each suite, what failed and what was skipped, and the last line; returns the exit code. */
export function printSummary(runs: readonly SuiteRun[]): number {
  const all = runs.flatMap(({ suite, tests }) =>
    tests.map((test) => ({ suite, test })),
  );
  const tests = all.map(({ test }) => test);
  console.log("\n━━ totals ━━");
  for (const run of runs) console.log(totals(run));
  list(all, "skipped", "Skipped, with the reason:");
  list(all, "failed", "Failed:");
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

function list(
  all: readonly { readonly suite: string; readonly test: TestResult }[],
  state: TestResult["state"],
  heading: string,
): void {
  const listed = all.filter(({ test }) => test.state === state);
  if (listed.length === 0) return;
  console.log(`\n${heading}`);
  for (const { suite, test } of listed) {
    const detail = test.detail.split("\n")[0] ?? "";
    console.log(
      `  ${suite}: ${test.title}${detail === "" ? "" : ` (${detail})`}`,
    );
  }
}
