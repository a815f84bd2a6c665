import { lexTolerantly } from "../../sql/lexer";
import { splitStatements } from "../../sql/statements";
import { contentRange, tokenValue } from "../../sql/tokenText";
import type { Token } from "../../sql/token";
import type { OffsetRange } from "../finding";

/** Where a credential stands in a SQL text. */
export interface SqlPlace {
  readonly text: string;
  /** The outermost token that holds it. */
  readonly token: Token;
  /** True when it is the whole content of `token`. */
  readonly isWhole: boolean;
  /** The statement around it; empty for a psql line or a comment. */
  readonly statement: OffsetRange;
  /** The statement's tokens without comments. */
  readonly tokens: readonly Token[];
  /** Index of `token` in `tokens`; -1 when it is in none. */
  readonly index: number;
}

/** The place of a range; null when no token of the text holds it. */
export function sqlPlaceOf(text: string, range: OffsetRange): SqlPlace | null {
  const all = lexTolerantly(text);
  const token = all.find(
    ({ start, end }) => start <= range.start && range.end <= end,
  );
  if (token === undefined || token.closed === false) {
    return null;
  }
  const content = contentRange(text, token);
  const found = splitStatements(text, all).find(
    ({ start, end }) => start <= token.start && token.end <= end,
  );
  const statement = {
    start: found?.start ?? token.start,
    end: found?.end ?? token.start,
  };
  const tokens = all.filter(
    ({ kind, start, end }) =>
      kind !== "comment" && statement.start <= start && end <= statement.end,
  );
  return {
    text,
    token,
    isWhole: content.start === range.start && content.end === range.end,
    statement,
    tokens,
    index: tokens.indexOf(token),
  };
}

/** The word, sign or quoted text at an index of a place's statement, words in lower case; empty where there is none. */
export function plainAt(place: SqlPlace, index: number): string {
  const token = place.tokens[index];
  return token === undefined
    ? ""
    : place.text.slice(token.start, token.end).toLowerCase();
}

/** The first words of a statement in lower case, for telling what it is. */
export function statementWords(place: SqlPlace): string {
  return place.tokens
    .slice(0, 8)
    .map((_, index) => plainAt(place, index))
    .join(" ");
}

/** True for a token that is a string of any kind. */
export function isString(token: Token | undefined): boolean {
  return (
    token?.kind === "string" ||
    token?.kind === "escapeString" ||
    token?.kind === "dollarString"
  );
}

/** What a part of a string's content reads as. */
export function partValue(place: SqlPlace, range: OffsetRange): string {
  const { text, token } = place;
  const raw = text.slice(range.start, range.end);
  const quoted = `${token.kind === "escapeString" ? "E" : ""}'${raw}'`;
  const [part] = lexTolerantly(quoted);
  return token.kind === "dollarString" || part === undefined
    ? raw
    : tokenValue(quoted, part);
}

/** True where a text is DuckDB's for certain: psql is not what runs it. */
export function isDuckdbText(text: string): boolean {
  return /\b(?:attach\s+(?:if\s+not\s+exists\s+|or\s+replace\s+)?(?:database\s+)?'|(?:install|force\s+install)\s+\w+\s*;|pragma\s+\w|create\s+(?:or\s+replace\s+)?(?:persistent\s+|temporary\s+|temp\s+)?secret\b|read_(?:parquet|csv\w*|json\w*)\s*\(|duckdb_\w+\(\)|set\s+(?:global\s+|session\s+)?s3_|postgres_(?:scan\w*|query|execute|attach)\s*\(|quack_\w+\s*\()/i.test(
    text,
  );
}
