import { lexTolerantly } from "../../sql/lexer";
import type { Statement } from "../../sql/statements";
import { tokenValue } from "../../sql/tokenText";
import type { Token } from "../../sql/token";
import { isWord } from "../../sql/tokenContext";
import type { OffsetRange } from "../finding";
import type { ConnectionType } from "./connectionParts";

/** What an ATTACH is of. */
interface Target {
  readonly type: ConnectionType;
  /** What is left of the source, which says the type where no option does. */
  readonly left: string;
  /** The options that make up for the rest of the source, but for the secret's name. */
  readonly option: string;
}

/** The parts of an ATTACH. */
export interface Attach {
  readonly target: Target;
  readonly source: Token;
  readonly alias: string | null;
  /** What is behind the name, token by token. */
  readonly rest: readonly string[];
  /** The edit that names a secret. */
  options(secret: string): {
    readonly range: OffsetRange;
    readonly newText: string;
  };
}

/** The parts of an ATTACH of a server's database, or of a DuckLake by one, whose source holds `range`. */
export function readAttach(
  text: string,
  statement: Statement,
  range: OffsetRange,
): Attach | null {
  const tokens = lexTolerantly(statement.text)
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
  const written = options.map(({ start, end }) => text.slice(start, end));
  const words = written.map((word) => word.toLowerCase());
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
    rest: written,
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
