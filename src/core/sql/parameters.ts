import { isSecretName } from "../connections/secretWords";
import { isCredentialName } from "../credentials/keys";
import { isDigit, isWordStart, wordEnd } from "./chars";
import { lex } from "./lexer";
import { ParameterContext } from "./parameterContext";
import type { Token } from "./token";

/** Whose SQL a statement is: what `?` means differs. */
export type SqlDialect = "duckdb" | "postgres";

/** A place in a statement where a value is missing; UTF-16 offsets, `end` exclusive. */
export interface ParameterUse {
  readonly start: number;
  readonly end: number;
  /** `$name` and `:name`, `$1`, or `?`. */
  readonly form: "named" | "numbered" | "positional";
  /** What tells it from others: the name in lower case, the number, or `?1` for the first `?`. */
  readonly key: string;
  /** The name as it is written first. */
  readonly label: string;
  /** True when its value is worth hiding, by its name or by that of the column that it is compared with. */
  readonly isSecret: boolean;
}

/** A parameter of a statement, however often it is used. */
export type Parameter = Pick<ParameterUse, "key" | "label" | "isSecret">;

/**
 * Where a statement has parameters, in order. Only what can be nothing else: a statement that is whole without values
 * (slices, prefix aliases, PostgreSQL's `?` operators, the text of a prepared statement or a function) has none.
 */
export function findParameters(
  sql: string,
  dialect: SqlDialect,
): ParameterUse[] {
  if (!/[$:?]/.test(sql)) {
    return [];
  }
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const context = new ParameterContext(sql, tokens);
  if (hasOwnParameters(context)) {
    return [];
  }
  const uses: ParameterUse[] = [];
  let questions = 0;
  tokens.forEach((token, index) => {
    const found = readUse(context, index, dialect);
    if (found === null) {
      return;
    }
    context.found.add(index);
    if (found.name === "") {
      questions++;
    }
    uses.push(makeUse(token, found, questions, context.comparedName(index)));
  });
  return uses;
}

/** The parameters of uses, each once, in the order of their first use. */
export function parametersOf(uses: readonly ParameterUse[]): Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const { key, label, isSecret } of uses) {
    const known = parameters.get(key);
    parameters.set(key, {
      key,
      label: known?.label ?? label,
      isSecret: isSecret || known?.isSecret === true,
    });
  }
  return [...parameters.values()];
}

/** Names are the same in any case, of ASCII letters only: as DuckDB has it. */
export function parameterKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

interface Found {
  /** Without its sign; empty for `?`. */
  readonly name: string;
  readonly end: number;
}

function readUse(
  context: ParameterContext,
  index: number,
  dialect: SqlDialect,
): Found | null {
  const token = context.tokens[index];
  if (token === undefined) {
    return null;
  }
  const { text } = context;
  switch (text.charCodeAt(token.start)) {
    case 0x24: // $
      return token.kind === "parameter" ? readDollarName(text, token) : null;
    case 0x3a: // :
      return readColonName(context, index, token);
    case 0x3f: // ?
      return readQuestion(context, index, token, dialect);
    default:
      return null;
  }
}

/** `$name`, or `$1`: what sticks to a number is no part of it. */
function readDollarName(text: string, { start, end }: Token): Found {
  const [digits] = /^\d+/.exec(text.slice(start + 1, end)) ?? [];
  return digits === undefined
    ? { name: text.slice(start + 1, end), end }
    : { name: digits, end: start + 1 + digits.length };
}

function readColonName(
  context: ParameterContext,
  index: number,
  { kind, start, end }: Token,
): Found | null {
  const { text } = context;
  if (
    (kind !== "parameter" && kind !== "punctuation") ||
    !isWordStart(text.charCodeAt(start + 1)) ||
    !context.isOperand(index)
  ) {
    return null;
  }
  // The lexer takes the colon of `SELECT [:a]` for a slice's: then the name is a token of its own.
  const until = kind === "parameter" ? end : wordEnd(text, start + 1);
  return { name: text.slice(start + 1, until), end: until };
}

function readQuestion(
  context: ParameterContext,
  index: number,
  { start, end, kind }: Token,
  dialect: SqlDialect,
): Found | null {
  const { text, tokens } = context;
  if ((kind !== "parameter" && kind !== "operator") || end !== start + 1) {
    return null;
  }
  if (dialect === "duckdb") {
    const next = tokens[index + 1];
    const isNumbered =
      next?.kind === "number" &&
      next.start === end &&
      /^\d+$/.test(text.slice(next.start, next.end));
    return isNumbered
      ? { name: text.slice(next.start, next.end), end: next.end }
      : { name: "", end };
  }
  return isPostgresParameter(context, index, start, end)
    ? { name: "", end }
    : null;
}

/** `?` is an operator of jsonb, and a part of others (`@?`, `?|`, `?-`): a parameter only where it cannot be one. */
function isPostgresParameter(
  context: ParameterContext,
  index: number,
  start: number,
  end: number,
): boolean {
  const { text, tokens } = context;
  if (
    !context.isOperand(index) ||
    /[-+*/<>=~!@#%^&|`?]/.test(text[end] ?? "")
  ) {
    return false;
  }
  const before = tokens[index - 1];
  const isGlued = before?.kind === "operator" && before.end === start;
  const isBeforeQuestion = context.sign(index + 1) === "?";
  return !context.beginsValue(index + 1) || (isBeforeQuestion && !isGlued);
}

function makeUse(
  { start }: Token,
  { name, end }: Found,
  questions: number,
  comparedName: string,
): ParameterUse {
  const isNumber = name !== "" && isDigit(name.charCodeAt(0));
  const key =
    name === ""
      ? `?${questions}`
      : isNumber
        ? name.replace(/^0+(?=\d)/, "")
        : parameterKey(name);
  return {
    start,
    end,
    form: name === "" ? "positional" : isNumber ? "numbered" : "named",
    key,
    label: name === "" ? key : isNumber ? `$${key}` : name,
    isSecret:
      isCredentialName(comparedName) || (name !== "" && isSecretName(name)),
  };
}

/** `PREPARE p AS SELECT $1`, `CREATE FUNCTION … RETURN $1`: what is in them are parameters of their own. */
function hasOwnParameters(context: ParameterContext): boolean {
  const first = context.word(0);
  if (first === "prepare") {
    return true;
  }
  if (first !== "create") {
    return false;
  }
  for (let index = 1; index < 6; index++) {
    const word = context.word(index);
    if (/^(?:function|procedure|macro)$/.test(word)) {
      return true;
    }
    if (!/^(?:or|replace|temp|temporary|if)$/.test(word)) {
      return false;
    }
  }
  return false;
}
