/** Writes how each test of a runner ended to a file, which is there when the runner has ended (`readLog`). */
export function collect(runner: Mocha.Runner, file: string): void;
