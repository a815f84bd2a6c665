/** One test, or one check, and how it ended. */
export interface TestResult {
  /** With the titles of the suites around it. */
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly milliseconds: number;
  /** Message and stack of a failure; the reason of a skip, when there is one. */
  readonly detail: string;
}

/** How a suite ended: what reporters write to the file that `VIADUCT_TEST_RESULTS` names. */
export interface SuiteResults {
  readonly tests: readonly TestResult[];
}

/** How many tests of a kind there are. */
export function count(
  tests: readonly TestResult[],
  state: TestResult["state"],
): number {
  return tests.filter((test) => test.state === state).length;
}

/** Results of one suite. */
export interface SuiteRun {
  readonly suite: string;
  readonly seconds: number;
  readonly tests: readonly TestResult[];
}
