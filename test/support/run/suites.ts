import path from "node:path";

/** A part of `npm test`: a program whose exit code is one test, or one that writes results for many. */
export interface Suite {
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  /** True when it writes `SuiteResults`; false when its exit code is all there is. */
  readonly counts: boolean;
  /** A suite that hangs fails after so long. */
  readonly minutes: number;
  /** Suites of one lane run one after the other, and beside those of the other lane. */
  readonly lane: Lane;
  /** How files of it are run a second time: for suites that go through a whole workbench (decision 11). */
  readonly again?: (files: readonly string[]) => Again;
}

/** What waits for a workbench most of the time, what keeps a processor busy, and what either does at its end. */
export type Lane = "workbench" | "beside" | "either";

/** A second run of some files of a suite. */
export interface Again {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const bin = "node_modules";

function check(name: string, program: string, ...args: string[]): Suite {
  return {
    name: `check ${name}`,
    args: [`${bin}/${program}`, ...args],
    counts: false,
    minutes: 8,
    lane: "either",
  };
}

const mochaProgram = `${bin}/mocha/bin/mocha.js`;
const reporter = ["--reporter", "./test/support/run/reporter.js"];

function mocha(name: string, minutes: number): Suite {
  return {
    name,
    args: [
      mochaProgram,
      ...["--config", `test/${name}/.mocharc.json`],
      ...reporter,
    ],
    counts: true,
    minutes,
    lane: "beside",
  };
}

const hostArgs = ["--import", "tsx", "test/support/host/main.ts"];

/** What all others need. */
export const build: Suite = {
  name: "build",
  args: ["esbuild.js"],
  counts: false,
  minutes: 2,
  lane: "beside",
};

/** Everything that `npm test` runs after the build, in the order of each lane. */
export const suites: readonly Suite[] = [
  // First: the others read what it builds.
  { ...check("types", "typescript/bin/tsc", "-b"), lane: "beside" },
  check("lint", "eslint/bin/eslint.js", ".", "--max-warnings", "0"),
  check("format", "prettier/bin/prettier.cjs", "--check", "."),
  check("dead code", "knip/bin/knip.js"),
  mocha("unit", 8),
  { ...mocha("architecture", 8), lane: "either" },
  mocha("engine", 22),
  {
    name: "host",
    args: hostArgs,
    counts: true,
    minutes: 10,
    lane: "workbench",
    again: (files) => ({
      args: hostArgs,
      env: { VIADUCT_HOST_ONLY: files.map(testName).join(",") },
    }),
  },
  {
    ...mocha("ui", 22),
    lane: "workbench",
    again: (files) => ({
      // Not by the suite's own configuration: mocha adds the files of a command line to those of a configuration.
      args: [
        ...[mochaProgram, "--no-config", "--require", "tsx"],
        ...["--timeout", "120000", ...reporter, ...files],
      ],
      env: {},
    }),
  },
];

/** `lint` of `…/lint.test.js`: the host tests run from a folder of their own. */
function testName(file: string): string {
  return path.basename(file).replace(/\.test\.[jt]s$/, ".test.");
}
