import { lex, type Token } from "./lexer";
import { splitStatements } from "./statements";
import { tokenValue } from "./tokenText";

/**
 * Aliases under which a text attaches PostgreSQL databases (`ATTACH … AS alias (TYPE postgres …)`), in their order and
 * without repeats: the names that a workspace already uses, and so the ones to offer.
 */
export function findAttachAliases(text: string): readonly string[] {
  const aliases = splitStatements(text).map(({ text: statement }) =>
    attachAlias(statement),
  );
  return [...new Set(aliases.filter((alias) => alias !== undefined))];
}

function attachAlias(statement: string): string | undefined {
  const tokens = lex(statement).filter(({ kind }) => kind !== "comment");
  const words = tokens.map((token) => word(statement, token));
  if (words[0] !== "attach" || !isPostgres(words, statement, tokens)) {
    return undefined;
  }
  const alias = tokens[words.indexOf("as") + 1];
  return words.includes("as") && alias !== undefined
    ? identifier(statement, alias)
    : undefined;
}

/** `TYPE postgres` among the options, or a path that says so itself (`'postgres:…'`, `'postgresql://…'`). */
function isPostgres(
  words: readonly (string | undefined)[],
  statement: string,
  tokens: readonly Token[],
): boolean {
  const type = words[words.indexOf("type") + 1];
  const path = tokens.find(({ kind }) => kind === "string");
  return words.includes("type")
    ? type === "postgres" || type === "postgres_scanner"
    : path !== undefined &&
        /^'postgres(ql)?:/i.test(statement.slice(path.start, path.end));
}

function word(
  statement: string,
  { kind, start, end }: Token,
): string | undefined {
  return kind === "word"
    ? statement.slice(start, end).toLowerCase()
    : undefined;
}

function identifier(statement: string, token: Token): string | undefined {
  return token.kind === "word" || token.kind === "quotedIdentifier"
    ? tokenValue(statement, token)
    : undefined;
}
