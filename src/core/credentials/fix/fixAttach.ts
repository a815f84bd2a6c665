import { lex } from "../../sql/lexer";
import { identifierText } from "../../sql/identifierText";
import { quoteLiteral } from "../../sql/quote";
import { splitStatements, type Statement } from "../../sql/statements";
import { tokenValue } from "../../sql/tokenText";
import type { Token } from "../../sql/token";
import { isWord } from "../../sql/tokenContext";
import type { OffsetRange } from "../finding";
import { connectionParts, type ConnectionType } from "./connectionParts";
import { envName, lineBreak, type OffsetFixPlan } from "./fixPlan";
import { secretStatement } from "./secretFrom";

/** Title of a fix that ends in a secret with `getenv()`, which other clients than these two do not have. */
export const attachTitle =
  "Move to .env, attach with a secret (Viaduct, DuckDB CLI)";

/**
 * `ATTACH 'postgresql://user:pass@h/db' AS a (TYPE postgres)` becomes a secret and `ATTACH '' AS a (TYPE postgres,
 * SECRET a_connection)`; MySQL's likewise, and the catalog of a DuckLake by `META_SECRET`. Null when the credential at
 * `range` is in no such statement.
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
  const { type, left } = attach.target;
  const source = tokenValue(text, attach.source);
  const parts = connectionParts(source.replace(/^ducklake:/i, ""), type);
  const password = parts?.get("password");
  if (parts === null || password === undefined || /\$\{|\{\{/.test(source)) {
    return null;
  }
  const alias = attach.alias ?? parts.get("dbname") ?? "postgres";
  const variable = envName([alias, "password"], taken);
  const secret = secretStatement(text, { alias, parts, type, variable });
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
          quoteLiteral(left) +
          (attach.alias === null ? ` AS ${identifierText(alias)}` : ""),
      },
      attach.options(secret.name),
    ],
    env: [{ name: variable, value: password }],
  };
}

/** What an ATTACH is of. */
interface Target {
  readonly type: ConnectionType;
  /** What is left of the source, which says the type where no option does. */
  readonly left: string;
  /** The options that make up for the rest of the source, but for the secret's name. */
  readonly option: string;
}

interface Attach {
  readonly target: Target;
  readonly source: Token;
  readonly alias: string | null;
  options(secret: string): {
    readonly range: OffsetRange;
    readonly newText: string;
  };
}

/** The parts of an ATTACH of a server's database, or of a DuckLake by one, whose source holds `range`. */
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
  const target = targetOf(value, words);
  // What DuckDB calls another database that is given no name is not known.
  const isPlain = target?.type === "postgres" && target.left === "";
  if (target === null || (alias === null && !isPlain)) {
    return null;
  }
  return {
    target,
    source,
    alias,
    options: (secret) => addOption(options, target, secret, statement),
  };
}

/** Null for a database of another kind, and where a secret is named already. */
function targetOf(source: string, words: readonly string[]): Target | null {
  const at = words.indexOf("type");
  const word = (words[at + 1] ?? "").replaceAll("'", "");
  const type = at < 0 ? "" : word.replace(/_scanner$/, "");
  const prefixes = /^(ducklake:)?(?:(postgres|mysql):(?!\/\/))?/i.exec(source);
  const [, lake, prefix] = prefixes ?? [];
  const kind = (prefix ?? type).toLowerCase();
  if (
    words.includes("secret") ||
    words.includes("meta_secret") ||
    (kind !== "postgres" && kind !== "mysql")
  ) {
    return null;
  }
  if (type === "ducklake" || (lake !== undefined && type === "")) {
    const left = `${lake ?? ""}${kind}:`;
    return prefix === undefined
      ? null
      : { type: kind, left, option: "META_SECRET" };
  }
  if (lake !== undefined || (type !== "" && type !== kind)) {
    return null;
  }
  const named = type === "" ? `TYPE ${kind}, SECRET` : "SECRET";
  return { type: kind, left: "", option: named };
}

function addOption(
  options: readonly Token[],
  { option }: Target,
  secret: string,
  statement: Statement,
): { readonly range: OffsetRange; readonly newText: string } {
  const last = options.at(-1);
  if (last === undefined) {
    const end = { start: statement.end, end: statement.end };
    return { range: end, newText: ` (${option} ${secret})` };
  }
  const range = { start: last.start, end: last.start };
  return { range, newText: `, ${option} ${secret}` };
}
