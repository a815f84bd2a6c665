// Runs everything that `npm test` promises, in two lanes side by side, and counts over all of it. The last line is for
// machines: `N passed, N failed, N skipped`.
import { mkdir } from "node:fs/promises";
import { endOnSignals } from "./program";
import type { SuiteRun } from "./results";
import { resultsFolder, runSuite } from "./suiteRun";
import { type Suite, build, suites } from "./suites";
import { printSummary } from "./summary";

async function main(): Promise<number> {
  const wanted = process.argv.slice(2);
  const all = [build, ...suites];
  const chosen = all.filter(
    ({ name }) => wanted.length === 0 || wanted.includes(name),
  );
  if (chosen.length === 0) {
    console.error(
      `There is no such suite. There are: ${all.map(({ name }) => name).join(", ")}`,
    );
    return 2;
  }
  endOnSignals();
  await mkdir(resultsFolder, { recursive: true });
  const built = await runLane(
    chosen.filter((suite) => suite === build),
    say,
  );
  const rest = chosen.filter((suite) => suite !== build);
  const workbench = rest.filter(({ lane }) => lane === "workbench");
  const beside = rest.filter(({ lane }) => lane === "beside");
  const either = rest.filter(({ lane }) => lane === "either");
  // Lines of two at once could not be read: the one that takes longest speaks at once, the other when a suite has ended.
  const isAlone = workbench.length === 0;
  const lanes = await Promise.all([
    runLane(beside, isAlone ? say : keep, either),
    runLane(workbench, say, isAlone ? [] : either),
  ]);
  return printSummary([...built, ...lanes.flat()]);
}

type Run = (suite: Suite) => Promise<SuiteRun>;

/** `either` has the suites that the lanes share: whichever has time takes the next one. */
async function runLane(
  lane: readonly Suite[],
  run: Run,
  either: Suite[] = [],
): Promise<readonly SuiteRun[]> {
  const runs: SuiteRun[] = [];
  for (const suite of lane) runs.push(await run(suite));
  for (let next = either.shift(); next !== undefined; next = either.shift()) {
    runs.push(await run(next));
  }
  return runs;
}

const say: Run = (suite) => {
  console.log(`\n━━ ${suite.name} ━━`);
  return runSuite(suite);
};

const keep: Run = async (suite) => {
  const printed: Buffer[] = [];
  const run = await runSuite(suite, (text) => {
    printed.push(text);
  });
  console.log(`\n━━ ${suite.name} (ran beside) ━━`);
  process.stdout.write(Buffer.concat(printed));
  console.log(`━━ end of ${suite.name} ━━\n`);
  return run;
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
