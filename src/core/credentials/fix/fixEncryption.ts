import type { Candidate } from "../finding";
import { envName, type OffsetFixPlan } from "./fixPlan";
import { getenvTitle } from "./fixSecret";
import { partValue, plainAt, sqlPlaceOf, type SqlPlace } from "./sqlPlace";

/**
 * `ATTACH 'x' AS v (ENCRYPTION_KEY 'k')` and `PRAGMA add_parquet_key('n', 'k')` take the key from `getenv('NAME')`; null
 * for the keys of other databases.
 */
export function fixEncryption(
  text: string,
  candidate: Candidate,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const place = sqlPlaceOf(text, candidate.range);
  const words = place === null ? null : wordsOf(place);
  if (place === null || words === null || !place.isWhole) {
    return null;
  }
  const name = envName(words, taken);
  const { token } = place;
  return {
    title: getenvTitle,
    edits: [
      {
        range: { start: token.start, end: token.end },
        newText: `getenv('${name}')`,
      },
    ],
    env: [{ name, value: partValue(place, candidate.range) }],
  };
}

/** What the variable is called after; null for a statement that takes no expression. */
function wordsOf(place: SqlPlace): readonly string[] | null {
  const { index } = place;
  const before = plainAt(place, index - 1);
  if (plainAt(place, 0) === "attach" && before === "encryption_key") {
    const as = place.tokens.findIndex((_, at) => plainAt(place, at) === "as");
    const alias = as < 0 ? "database" : plainAt(place, as + 1);
    return [alias, "encryption_key"];
  }
  const isParquet =
    plainAt(place, 0) === "pragma" && plainAt(place, 1) === "add_parquet_key";
  return isParquet && before === ","
    ? [plainAt(place, index - 2), "parquet_key"]
    : null;
}
