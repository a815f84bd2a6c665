import type { HistoryEntry } from "./historyEntry";

/** Where a statement went, in one word: `DuckDB`, or the alias. */
export function targetName({ target }: Pick<HistoryEntry, "target">): string {
  return target.engine === "duckdb" ? "DuckDB" : target.alias;
}

/** A statement on one line, cut to `longest` characters. */
export function oneLine(text: string, longest: number): string {
  // No more of it is looked at than may be shown: a statement can be long.
  const line = text
    .slice(0, longest * 4)
    .replace(/\s+/g, " ")
    .trim();
  return line.length > longest || text.length > longest * 4
    ? `${line.slice(0, longest)}…`
    : line;
}

/**
 * The entries that fit a search, best first and else the newest first: each word has to be in the text, the target or the
 * file, as it is or with other letters in between.
 */
export function searchHistory(
  entries: readonly HistoryEntry[],
  search: string,
): HistoryEntry[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const newest = [...entries].sort((a, b) => compare(b.id, a.id));
  if (words.length === 0) {
    return newest;
  }
  return newest
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .map(({ entry }) => entry);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** 2 when every word is there as it is, 1 when some have other letters in between, 0 when one is missing. */
function scoreOf(entry: HistoryEntry, words: readonly string[]): number {
  const fields = [entry.text, targetName(entry), entry.source].map((field) =>
    field.toLowerCase(),
  );
  const scores = words.map((word) =>
    fields.some((field) => field.includes(word))
      ? 2
      : fields.some((field) => isWithin(word, field))
        ? 1
        : 0,
  );
  return Math.min(...scores);
}

/** Longest stretch in which the letters of a word may be spread: a long text has any letters in some order. */
const widestSpread = 4;

/** True when the letters of `word` are in `field` in this order and close to each other. */
function isWithin(word: string, field: string): boolean {
  if (word.length < 3) {
    return false;
  }
  const widest = word.length * widestSpread;
  for (
    let from = field.indexOf(word.charAt(0));
    from >= 0;
    from = field.indexOf(word.charAt(0), from + 1)
  ) {
    let at = from;
    let letter = 1;
    const end = Math.min(field.length, from + widest);
    while (letter < word.length && ++at < end) {
      if (field[at] === word[letter]) {
        letter++;
      }
    }
    if (letter === word.length) {
      return true;
    }
  }
  return false;
}
