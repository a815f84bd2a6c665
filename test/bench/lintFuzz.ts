/**
 * A long fuzz of the lint: `node --import tsx test/bench/lintFuzz.ts COUNT [SEED]`. Every text must be linted as SQL,
 * YAML and env without an exception; one in a thousand is repeated to 100 kB, which may take 50 ms of processor time.
 */
import fc from "fast-check";
import { lint } from "../../src/core/credentials/lint";
import {
  assertSoundLint,
  examinerTexts,
  lintLanguages,
} from "../unit/credentials/examinerTexts";

const sliceSize = 10_000;
const longLength = 100_000;
const allowedMs = 50;

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

function examineLong(text: string): void {
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
    if (cost > allowedMs) {
      console.log(
        `SLOW ${language} ${cost.toFixed(0)} ms: ${JSON.stringify(text.slice(0, 600))}`,
      );
    }
  }
}

function main(): void {
  const [count = "100000", seed = "1"] = process.argv.slice(2);
  let done = 0;
  for (let slice = 0; done < Number(count); slice++) {
    const run = fc.check(
      fc.property(examinerTexts, (text) => {
        const cost = leastCost(() => {
          assertSoundLint(text);
        });
        if (cost > allowedMs) {
          console.log(
            `SLOW ${cost.toFixed(0)} ms: ${JSON.stringify(text.slice(0, 600))}`,
          );
        }
        done++;
        if (done % 1000 === 0) {
          examineLong(text);
        }
      }),
      { numRuns: sliceSize, seed: Number(seed) * 1_000_003 + slice },
    );
    if (run.failed) {
      console.log(
        `FAILED ${String(run.errorInstance)}: ${JSON.stringify(run.counterexample)}`,
      );
    }
    console.log(`${done} texts`);
  }
}

main();
