/** Writes how each test of a runner ended to a file, when the runner ends (`SuiteResults`). */
export function collect(runner: Mocha.Runner, file: string): void;
