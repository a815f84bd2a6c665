import type { ColumnKind } from "./columnSql";

/** What is looked for in shown texts. */
export interface FindText {
  readonly text: string;
  readonly matchCase: boolean;
  readonly wholeCell: boolean;
  readonly regex: boolean;
}

interface FoundIn {
  readonly kind: ColumnKind;
  readonly storage: string;
  /** SQL of the shown text. */
  readonly text: string;
}

/** Columns whose matches share one bit set of a row. */
export const columnsPerSet = 32;

/** True for a search that has no matches whatever the rows are: nothing, or what no text can have. */
export function findsNothing({ text, wholeCell, regex }: FindText): boolean {
  return (text === "" && (regex || !wholeCell)) || /\p{Surrogate}/u.test(text);
}

/**
 * SQL that is true where the column's shown text matches `$1`; null for a column in whose texts it cannot be. Upper and
 * lower case are compared as Unicode has them, letter by letter.
 */
export function findCondition(column: FoundIn, query: FindText): string | null {
  if (!query.regex && !mayContain(column, query.text)) {
    return null;
  }
  const { text } = column;
  if (query.regex) {
    const name = query.wholeCell ? "regexp_full_match" : "regexp_matches";
    return `${name}(${text}, $1, '${query.matchCase ? "c" : "i"}')`;
  }
  const fold = query.matchCase ? (sql: string) => sql : folding(query.text);
  return query.wholeCell
    ? `${fold(text)} = ${fold("$1")}`
    : `contains(${fold(text)}, ${fold("$1")})`;
}

/** Both ways at once, so that ς is found as σ; for ASCII one of them does, at half the price. */
function folding(needle: string): (sql: string) => string {
  return /^[\0-\x7f]*$/.test(needle)
    ? (sql) => `lower(${sql})`
    : (sql) => `lower(upper(${sql}))`;
}

const characters: readonly (readonly [RegExp, RegExp])[] = [
  [/^U?(?:TINY|SMALL|BIG|HUGE)INT$|^U?INTEGER$/, /^[-0-9]*$/],
  [/^DECIMAL/, /^[-.0-9]*$/],
  [/^(?:FLOAT|DOUBLE)$/, /^[-+.0-9einfa]*$/i],
  [/^DATE$/, /^[-0-9 ()bcinfty]*$/i],
  [/^UUID$/, /^[-0-9a-f]*$/i],
];

/** False where the type's texts have no such characters: numbers need not become texts to be looked through. */
function mayContain({ storage }: FoundIn, needle: string): boolean {
  return (
    characters.find(([type]) => type.test(storage))?.[1].test(needle) ?? true
  );
}

/** The sets of matching columns as SQL: `b0`, `b1`, … with a bit for each condition that is true, in their order. */
export function matchSets(conditions: readonly (string | null)[]): string[] {
  const sets: string[] = [];
  for (let from = 0; from < conditions.length; from += columnsPerSet) {
    const bits = conditions
      .slice(from, from + columnsPerSet)
      .flatMap((condition, bit) =>
        condition === null
          ? []
          : [`(CASE WHEN ${condition} THEN ${2 ** bit} ELSE 0 END)::UINTEGER`],
      );
    sets.push(bits.length === 0 ? "0::UINTEGER" : bits.join(" + "));
  }
  return sets;
}

/** Selects the rows of `from` that match: `pos`, their sets, and how many matches they are. */
export function matchingRows(from: string, sets: readonly string[]): string {
  const named = sets.map((set, index) => `${set} AS b${index}`);
  const names = sets.map((_, index) => `b${index}`);
  const count = names.map((name) => `bit_count(${name})`).join(" + ");
  const isMatch = names.map((name) => `${name} <> 0`).join(" OR ");
  return (
    `SELECT pos, ${names.join(", ")}, ${count} ` +
    `FROM (SELECT pos, ${named.join(", ")} FROM ${from}) WHERE ${isMatch}`
  );
}

/** Which conditions of a row are true, by their place, from the sets as numbers. */
export function matchesIn(sets: readonly number[]): number[] {
  return sets.flatMap((set, at) =>
    Array.from({ length: columnsPerSet }, (_, bit) => bit)
      .filter((bit) => ((set >>> bit) & 1) === 1)
      .map((bit) => at * columnsPerSet + bit),
  );
}
