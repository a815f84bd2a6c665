import type { Pair } from "./connectionPairs";
import { parseConnectionUri, uriRest } from "./connectionUri";
import { blamed, type Blame } from "./connectionSettings";
import { parseKeyValues } from "./keyValueText";

/** True for what libpq takes for a connection string where it expects the name of a database. */
export function isConnectionText(text: string): boolean {
  return uriRest(text) !== null || text.includes("=");
}

/**
 * A connection URI, or key/value pairs, as libpq reads them: by keyword, the last word about each wins. A `dbname` that
 * is itself such a text counts as if it stood there. Throws an error that names an unknown option, and never a value.
 */
export function parseConnection(
  text: string,
  blame: Blame,
): ReadonlyMap<string, string> {
  const options = new Map<string, string>();
  for (const { keyword, value } of pairsOf(text, blame)) {
    // In the path of a URI, = is a character like any other.
    const isText = keyword === "dbname" && uriRest(text.trim()) === null;
    const pairs =
      isText && isConnectionText(value)
        ? pairsOf(value, blame)
        : [{ keyword, value }];
    for (const pair of pairs) {
      options.set(pair.keyword, pair.value);
    }
  }
  return options;
}

function pairsOf(text: string, blame: Blame): readonly Pair[] {
  const rest = uriRest(text.trim());
  const parsed =
    rest === null ? parseKeyValues(text) : parseConnectionUri(rest);
  if ("problem" in parsed) {
    throw blamed(blame, parsed.problem);
  }
  return parsed.pairs;
}
