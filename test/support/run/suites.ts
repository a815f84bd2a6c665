/** A part of `npm test`: a program whose exit code is one test, or one that writes results for many. */
export interface Suite {
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  /** True when it writes `SuiteResults`; false when its exit code is all there is. */
  readonly counts: boolean;
  /** A suite that hangs fails after so long. */
  readonly minutes: number;
}

const bin = "node_modules";

function check(name: string, program: string, ...args: string[]): Suite {
  return {
    name: `check ${name}`,
    args: [`${bin}/${program}`, ...args],
    counts: false,
    minutes: 5,
  };
}

function mocha(name: string, minutes: number): Suite {
  return {
    name,
    args: [
      `${bin}/mocha/bin/mocha.js`,
      ...["--config", `test/${name}/.mocharc.json`],
      ...["--reporter", "./test/support/run/reporter.js"],
    ],
    counts: true,
    minutes,
  };
}

/** Everything that `npm test` runs, in this order: what is quick to fail comes first. */
export const suites: readonly Suite[] = [
  {
    name: "build",
    args: ["esbuild.js"],
    counts: false,
    minutes: 2,
  },
  check("types", "typescript/bin/tsc", "-b"),
  check("lint", "eslint/bin/eslint.js", ".", "--max-warnings", "0"),
  check("format", "prettier/bin/prettier.cjs", "--check", "."),
  check("dead code", "knip/bin/knip.js"),
  mocha("unit", 4),
  mocha("architecture", 5),
  mocha("engine", 10),
  {
    name: "host",
    args: ["--import", "tsx", "test/support/host/main.ts"],
    counts: true,
    minutes: 10,
  },
  mocha("ui", 18),
];
