import type { Report } from "../finding";
import { isWeakName } from "../keys";
import type { Anchor } from "./anchor";
import type { Paren } from "./parens";
import { isNoLabel } from "./mixed";
import { statementStart } from "./statementStart";
import { placeOf, type SqlView } from "./view";

/** How many tokens a type may have between a variable's name and its value: `CONSTANT varchar(20) NOT NULL`. */
const longestType = 10;

/**
 * `v_password CONSTANT varchar(20) := 'x'` at `index`, and with `DEFAULT` or `=` in a `DECLARE`: a variable that is
 * given a credential. A column of a table looks alike, so the caller says that this is none.
 */
export function readDeclaration(
  view: SqlView,
  index: number,
  isDeclared: boolean,
  report: Report,
): void {
  const isParameter = view.tokens[index]?.kind === "parameter";
  const name = isParameter
    ? view.raw(index).replace(/^@+/, "")
    : view.name(index);
  if (!view.namesCredential(name) || view.sign(index - 1) === ".") {
    return;
  }
  const at = valueAt(view, index + 1, isDeclared);
  const literal = at < 0 ? null : view.value(at, isParameter);
  if (literal !== null && view.sign(literal.next) !== "||") {
    const { range, value } = literal;
    const place = placeOf(literal);
    report({ rule: "CS110", range, value, key: name, place });
  }
}

/** A variable that is declared at `index`, or a column of the table that its statement is about. */
export function readDeclared(
  view: SqlView,
  index: number,
  {
    anchor,
    paren,
  }: { readonly anchor: Anchor; readonly paren: Paren | undefined },
  isDeclared: boolean,
  report: Report,
): void {
  if (anchor.kind === "table") {
    readColumnDefault(view, index, report);
  } else if (paren === undefined) {
    readDeclaration(view, index, isDeclared, report);
  }
}

/**
 * `db_password text DEFAULT 'x1'` at `index`: a column whose rows have a credential that is not given to them. A
 * default may also be a kind or a state, in a word.
 */
function readColumnDefault(view: SqlView, index: number, report: Report): void {
  const name = view.name(index);
  if (!view.namesCredential(name) || isWeakName(name)) {
    return;
  }
  const at = valueAt(view, index + 1, true);
  const literal = view.word(at - 1) === "default" ? view.literal(at) : null;
  if (literal !== null && isNoLabel(literal.value)) {
    const { range, value } = literal;
    report({ rule: "CS110", range, value, key: name, place: "sqlLiteral" });
  }
}

/** Index of the value behind `:=`, `=` or DEFAULT; -1 when what follows is no type and value. */
function valueAt(view: SqlView, from: number, isDeclared: boolean): number {
  for (let at = from; at < from + longestType; at++) {
    const sign = view.sign(at);
    if (sign === ":=" || (isDeclared && sign === "=")) {
      return at + 1;
    }
    if (isDeclared && view.word(at) === "default") {
      return at + 1;
    }
    const isType =
      view.word(at) !== "" ||
      view.tokens[at]?.kind === "number" ||
      ["(", ")", ".", "%"].includes(sign);
    if (!isType) {
      return -1;
    }
  }
  return -1;
}

/** `api_key text DEFAULT 'x'` and `api_key text = 'x'` among the parameters of a function; of a table they are columns. */
export function isParameterDefault(view: SqlView, index: number): boolean {
  const isDefault =
    view.word(index + 2) === "default" || view.sign(index + 2) === "=";
  if (!isDefault || view.word(index + 1) === "") {
    return false;
  }
  const start = statementStart(view, index);
  if (start === null || view.word(start) !== "create") {
    return false;
  }
  const made = view.word(start + (view.word(start + 1) === "or" ? 3 : 1));
  return made === "function" || made === "procedure";
}
