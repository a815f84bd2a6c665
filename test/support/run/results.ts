/** One test, or one check, and how it ended. */
export interface TestResult {
  /** With the titles of the suites around it. */
  readonly title: string;
  readonly state: "passed" | "failed" | "skipped";
  readonly milliseconds: number;
  /** Message and stack of a failure, also of a first try that a second one made good; the reason of a skip. */
  readonly detail: string;
  /** Where mocha has it from; none for what is no test of a file. */
  readonly file?: string;
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

/**
 * Results after some files were run a second time: theirs are those of the second run. What failed only at first says
 * so in its detail; a failed hook has no result when it passes, a failed test that has none has still failed.
 */
export function secondTry(
  first: readonly TestResult[],
  files: readonly string[],
  second: readonly TestResult[],
): readonly TestResult[] {
  const again = new Set(second.map(({ title }) => title));
  const kept = first.filter(({ title, state, file }) => {
    if (file === undefined || !files.includes(file)) return true;
    return state === "failed" && !again.has(title) && !isHook(title);
  });
  const failures = new Map(
    first
      .filter(({ state }) => state === "failed")
      .map(({ title, detail }) => [title, detail]),
  );
  return [
    ...kept,
    ...second.map((test) =>
      test.state === "passed"
        ? { ...test, detail: failures.get(test.title) ?? "" }
        : test,
    ),
  ];
}

/** Mocha's name of a hook that failed: "…before each" hook for "…". */
function isHook(title: string): boolean {
  return /"(?:before|after) (?:all|each)" hook/.test(title);
}
