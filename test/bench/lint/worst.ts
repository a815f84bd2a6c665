/** The texts that take the lint longest, per 100 kB, by processor time. */
import { lint } from "../../../src/core/credentials/lint";
import type { Measurement } from "../measurement";
import { hostileTexts } from "./hostile";

const length = 100_000;

/** A generator of pseudo-random numbers from a seed, so that a run can be repeated. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Milliseconds of processor time that a lint takes. */
function cost(text: string, language: "sql" | "yaml"): number {
  const before = process.cpuUsage();
  lint(text, language);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** The slowest texts by language: every unit, and mixtures of them. */
function worstTexts(
  mixtures: number,
  seed = 7,
): { readonly name: string; readonly cost: number }[] {
  const found: { name: string; cost: number }[] = [];
  for (const language of ["sql", "yaml"] as const) {
    for (const { name, text } of hostileTexts(
      length,
      mixtures,
      randomFrom(seed),
    )) {
      let least = cost(text, language);
      for (let round = 0; round < 2 && least > 40; round++) {
        // The least of three: compiling and collecting are not the text's.
        least = Math.min(least, cost(text, language));
      }
      found.push({ name: `${language} ${JSON.stringify(name)}`, cost: least });
    }
  }
  return found.sort((a, b) => b.cost - a.cost);
}

/** The worst of all, and how it compares with what is allowed. */
export function worstCases(): Measurement[] {
  return worstTexts(150)
    .slice(0, 5)
    .map(({ name, cost: value }) => ({
      name: `100 kB of ${name}`,
      value,
      unit: "ms",
      goal: 50,
      atMost: true,
    }));
}
