import { lex } from "../../core/sql/lexer";

/** A user's INSTALL, taken apart. */
export interface InstallStatement {
  /** As it is written, without its quotes. */
  readonly name: string;
  readonly isForced: boolean;
  /** What stands behind FROM; null without it. */
  readonly from: string | null;
  /** True where a VERSION is asked for, or anything else that only DuckDB judges. */
  readonly hasMore: boolean;
}

/** `[FORCE] INSTALL name [FROM place]`, in any case and with any quotes; null for every other statement. */
export function parseInstall(sql: string): InstallStatement | null {
  const words = lex(sql)
    .filter(({ kind }) => kind !== "comment")
    .map(({ start, end }) => sql.slice(start, end))
    .filter((text) => text.trim() !== "" && text !== ";");
  const isForced = words[0]?.toUpperCase() === "FORCE";
  const [verb, name, from, place, ...more] = isForced ? words.slice(1) : words;
  if (verb?.toUpperCase() !== "INSTALL" || name === undefined) {
    return null;
  }
  const isFrom = from?.toUpperCase() === "FROM" && place !== undefined;
  return {
    name: unquoted(name),
    isForced,
    from: isFrom ? unquoted(place) : null,
    hasMore: isFrom ? more.length > 0 : from !== undefined,
  };
}

function unquoted(text: string): string {
  const quote = text[0];
  return quote !== undefined &&
    (quote === "'" || quote === '"') &&
    text.length > 1
    ? text.slice(1, -1).replaceAll(quote + quote, quote)
    : text;
}
