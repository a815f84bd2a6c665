import { lex } from "../sql/lexer";
import type { Token } from "../sql/token";
import { tokenValue } from "../sql/tokenText";

/** Name of the database that the journal is in. */
export const journalCatalog = "viaduct";
/** The name that the patterns guide gives to it, in lower case. */
export const journalName = "query_log";
/** The journal, as SQL names it. */
export const journalTable = `${journalCatalog}.${journalName}`;

/**
 * The statement with `query_log` and `system.query_log`, as the patterns guide writes them, replaced by the journal's
 * own name; null when it names neither. Strings and comments are left as they are.
 */
export function withJournalNames(sql: string): string | null {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const edits = tokens.flatMap((token, index) => {
    const start = guideName(sql, tokens, index);
    return start === null ? [] : [{ start, end: token.end }];
  });
  if (edits.length === 0) {
    return null;
  }
  return edits.reduceRight(
    (text, { start, end }) =>
      text.slice(0, start) + journalTable + text.slice(end),
    sql,
  );
}

/** Where the name begins that ends with the token at `index`; null when that is not one of the guide's. */
function guideName(
  sql: string,
  tokens: readonly Token[],
  index: number,
): number | null {
  if (!isName(sql, tokens[index], journalName)) {
    return null;
  }
  if (textOf(sql, tokens[index + 1]) === ".") {
    return null;
  }
  if (textOf(sql, tokens[index - 1]) !== ".") {
    return tokens[index]?.start ?? null;
  }
  const before = tokens[index - 2];
  return isName(sql, before, "system") && textOf(sql, tokens[index - 3]) !== "."
    ? (before?.start ?? null)
    : null;
}

function isName(sql: string, token: Token | undefined, name: string): boolean {
  return (
    token !== undefined &&
    (token.kind === "word" || token.kind === "quotedIdentifier") &&
    tokenValue(sql, token).toLowerCase() === name
  );
}

function textOf(sql: string, token: Token | undefined): string {
  return token === undefined ? "" : sql.slice(token.start, token.end);
}
