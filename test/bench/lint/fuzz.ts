/**
 * A long fuzz of the lint: `npm run bench -- --only fuzz --count 1000000 --seed 1`. Every text must be linted as SQL, YAML and
 * env without an exception, and every text of a thousand is repeated to 100 kB, which may take 50 ms of processor time.
 */
import fc from "fast-check";
import { lint } from "../../../src/core/credentials/lint";
import {
  assertSoundLint,
  examinerTexts,
  lintLanguages,
} from "../../unit/credentials/examinerTexts";
import type { Measurement } from "../measurement";

const sliceSize = 10_000;
const longLength = 100_000;
const allowedMs = 50;

/** What was found so far. */
interface Tally {
  texts: number;
  failed: number;
  long: number;
  slow: number;
  worst: number;
}

/** Lints as many texts as are asked for; what fails or is slow is printed as it is met. */
export function fuzzLint(count: number, seed: number): Measurement[] {
  const tally: Tally = { texts: 0, failed: 0, long: 0, slow: 0, worst: 0 };
  for (let slice = 0; tally.texts < count; slice++) {
    const run = fc.check(
      fc.property(examinerTexts, (text) => {
        assertSoundLint(text);
        tally.texts++;
        if (tally.texts % 1000 === 0) {
          examineLong(text, tally);
        }
      }),
      { numRuns: sliceSize, seed: seed * 1_000_003 + slice },
    );
    if (run.failed) {
      tally.failed++;
      console.log(
        `FAILED ${String(run.errorInstance)}: ${JSON.stringify(run.counterexample)}`,
      );
    }
    process.stderr.write(`${tally.texts} texts\n`);
  }
  return [
    { name: "fuzzed texts", value: tally.texts, unit: "" },
    {
      name: "… that failed",
      value: tally.failed,
      unit: "",
      goal: 0,
      atMost: true,
    },
    { name: "… repeated to 100 kB", value: tally.long, unit: "" },
    {
      name: `… that took over ${allowedMs} ms`,
      value: tally.slow,
      unit: "",
      goal: 0,
      atMost: true,
    },
    { name: "… the worst", value: tally.worst, unit: "ms" },
  ];
}

function examineLong(text: string, tally: Tally): void {
  if (text === "") {
    return;
  }
  const long = text
    .repeat(Math.ceil(longLength / text.length))
    .slice(0, longLength);
  for (const language of lintLanguages) {
    const cost = leastCost(() => {
      lint(long, language);
    });
    tally.long++;
    tally.worst = Math.max(tally.worst, cost);
    if (cost > allowedMs) {
      tally.slow++;
      console.log(
        `SLOW ${language} ${cost.toFixed(0)} ms: ${JSON.stringify(text.slice(0, 600))}`,
      );
    }
  }
}

/** The least processor time of three, because compiling and collecting are not the text's. */
function leastCost(work: () => void): number {
  let least = Infinity;
  for (let round = 0; round < 3 && least > allowedMs; round++) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
