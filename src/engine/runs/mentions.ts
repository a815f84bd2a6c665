import { lex } from "../../core/sql/lexer";
import { tokenValue } from "../../core/sql/tokenText";

/** True when a statement names an alias, as an identifier or as an argument of `postgres_query('alias', …)`. */
export function mentions(sql: string, alias: string): boolean {
  const wanted = alias.toLowerCase();
  return lex(sql).some(
    (token) =>
      token.kind !== "comment" &&
      tokenValue(sql, token).toLowerCase() === wanted,
  );
}

/** The statement without semicolons and comments at its end, so that it can stand in brackets. */
export function withoutSemicolon(sql: string): string {
  const last = lex(sql).findLast(
    (token) =>
      token.kind !== "comment" && sql.slice(token.start, token.end) !== ";",
  );
  return last === undefined ? "" : sql.slice(0, last.end);
}
