import { lex } from "../../sql/lexer";
import { identifierText } from "../../sql/identifierText";
import { splitStatements, type Statement } from "../../sql/statements";
import { tokenValue } from "../../sql/tokenText";
import type { Token } from "../../sql/token";
import { isWord } from "../../sql/tokenContext";
import type { OffsetRange } from "../finding";
import { connectionParts } from "./connectionParts";
import { envName, lineBreak, type OffsetFixPlan } from "./fixPlan";
import { secretStatement } from "./secretFrom";

/** Title of a fix that ends in a secret with `getenv()`, which other clients than these two do not have. */
export const attachTitle =
  "Move to .env, attach with a secret (Viaduct, DuckDB CLI)";

/**
 * `ATTACH 'postgresql://user:pass@h/db' AS a (TYPE postgres)` becomes a secret and `ATTACH '' AS a (TYPE postgres,
 * SECRET a_connection)`; null when the credential at `range` is in no such statement.
 */
export function fixAttach(
  text: string,
  range: OffsetRange,
  taken: ReadonlySet<string>,
): OffsetFixPlan | null {
  const statement = splitStatements(text).find(
    (each) => each.start <= range.start && range.end <= each.end,
  );
  const attach =
    statement === undefined ? null : readAttach(text, statement, range);
  if (statement === undefined || attach === null) {
    return null;
  }
  const source = tokenValue(text, attach.source);
  const parts = connectionParts(source);
  const password = parts?.get("password");
  if (parts === null || password === undefined || /\$\{|\{\{/.test(source)) {
    return null;
  }
  const alias = attach.alias ?? parts.get("dbname") ?? "postgres";
  const variable = envName([alias, "password"], taken);
  const secret = secretStatement(text, { alias, parts, variable });
  return {
    title: attachTitle,
    edits: [
      {
        range: { start: statement.start, end: statement.start },
        newText: secret.sql + lineBreak(text),
      },
      {
        range: attach.source,
        // Without a name in the source there is none to take the catalog's from.
        newText:
          attach.alias === null ? `'' AS ${identifierText(alias)}` : "''",
      },
      attach.options(secret.name),
    ],
    env: [{ name: variable, value: password }],
  };
}

interface Attach {
  readonly source: Token;
  readonly alias: string | null;
  options(secret: string): {
    readonly range: OffsetRange;
    readonly newText: string;
  };
}

/** The parts of an ATTACH of a PostgreSQL database whose source holds `range`. */
function readAttach(
  text: string,
  statement: Statement,
  range: OffsetRange,
): Attach | null {
  const tokens = lex(statement.text)
    .filter((token) => token.kind !== "comment")
    .map((token) => ({
      ...token,
      start: token.start + statement.start,
      end: token.end + statement.start,
    }));
  if (!isWord(text, tokens[0], "attach")) {
    return null;
  }
  const at = tokens.findIndex((token) => token.kind === "string");
  const source = tokens[at];
  if (
    source === undefined ||
    source.start > range.start ||
    source.end < range.end ||
    source.closed === false
  ) {
    return null;
  }
  const rest = tokens.slice(at + 1);
  const isNamed = isWord(text, rest[0], "as");
  const name = rest[1];
  const alias = isNamed && name !== undefined ? tokenValue(text, name) : null;
  const options = rest.slice(isNamed ? 2 : 0);
  const words = options.map((token) =>
    text.slice(token.start, token.end).toLowerCase(),
  );
  const value = tokenValue(text, source);
  const hasType = words.some(
    (word, index) =>
      word === "type" &&
      /^'?postgres(?:_scanner)?'?$/.test(words[index + 1] ?? ""),
  );
  const isPrefixed = /^postgres:(?!\/\/)/i.test(value);
  if (
    words.includes("secret") ||
    !(hasType || (isPrefixed && !words.includes("type")))
  ) {
    return null;
  }
  return {
    source,
    alias,
    options: (secret) => addOption(options, secret, hasType, statement),
  };
}

function addOption(
  options: readonly Token[],
  secret: string,
  hasType: boolean,
  statement: Statement,
): { readonly range: OffsetRange; readonly newText: string } {
  const last = options.at(-1);
  if (last === undefined) {
    const end = { start: statement.end, end: statement.end };
    return { range: end, newText: ` (TYPE postgres, SECRET ${secret})` };
  }
  const range = { start: last.start, end: last.start };
  return {
    range,
    newText: `${hasType ? "" : ", TYPE postgres"}, SECRET ${secret}`,
  };
}
