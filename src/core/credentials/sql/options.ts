import type { Report } from "../finding";
import { isCredentialHeader, isCredentialName } from "../keys";
import type { RuleId } from "../ruleIds";
import type { Anchor } from "./anchor";
import type { Literal, SqlView } from "./view";

/** Parenthesis that is open: what its words mean. */
export type Paren = "options" | "tableFunction" | "other";

/** Where in the statement a credential's name was met. */
export interface OptionPlace {
  readonly anchor: Anchor;
  readonly paren: Paren | undefined;
  /** True behind a SELECT or WHERE, where `password = 'x'` compares. */
  readonly isQuery: boolean;
}

const encryptionNames =
  /^(?:encryption_?key|master_?key|master_symmetric_key|key_?material)$/i;

/** `PASSWORD 'x'`, `password = 'x'`, `token => 'x'` at `index`: reports the literal when the place says credential. */
export function readOption(
  view: SqlView,
  index: number,
  place: OptionPlace,
  report: Report,
): void {
  const name = optionName(view, index);
  if (!isCredentialName(name)) {
    return;
  }
  // `password text := 'x'` declares a variable with its type in between.
  const isTyped = view.word(index + 1) !== "" && view.sign(index + 2) === ":=";
  const signAt = index + (isTyped ? 2 : 1);
  const sign = view.sign(signAt);
  const isNamedArgument = sign === "=>" || sign === ":=";
  const rule = optionRule(view, index, name, place, sign);
  if (rule === null) {
    return;
  }
  const valueAt = afterSign(view, signAt);
  const literal = view.literal(
    valueAt,
    sign === "=" || place.anchor.kind === "role",
  );
  if (literal === null || isExpression(view, literal)) {
    return;
  }
  const { subject } = place.anchor;
  report({
    rule: isNamedArgument && place.anchor.kind !== "secret" ? "CS110" : rule,
    range: literal.range,
    value: literal.value,
    key: name,
    place: "sqlLiteral",
    ...(subject === "" ? {} : { subject }),
    ...(place.anchor.kind === "role"
      ? { user: subject }
      : userBeside(view, index)),
  });
}

/** A name of one token; `SESSION TOKEN` and the like are one name of two. */
function optionName(view: SqlView, index: number): string {
  const token = view.tokens[index];
  if (token?.kind === "parameter") {
    return view.raw(index).startsWith("@") ? view.raw(index).slice(1) : "";
  }
  const name = view.name(index);
  return name.toLowerCase() === "key" ? `${view.word(index - 1)}_key` : name;
}

function afterSign(view: SqlView, index: number): number {
  let at = index;
  while (
    ["=", "=>", ":=", ":"].includes(view.sign(at)) ||
    ["hashed", "as", "to"].includes(view.word(at))
  ) {
    at++;
  }
  return at;
}

function optionRule(
  view: SqlView,
  index: number,
  name: string,
  place: OptionPlace,
  sign: string,
): RuleId | null {
  const isParameter = view.tokens[index]?.kind === "parameter";
  if (isParameter) {
    return place.anchor.kind === "call" && sign === "=" ? "CS110" : null;
  }
  if (place.paren === "options") {
    return "CS103";
  }
  if (sign === "=>" || sign === ":=") {
    return "CS110";
  }
  if (place.isQuery) {
    const isArgument = place.paren === "tableFunction" && sign === "=";
    return isArgument && ["(", ","].includes(view.sign(index - 1))
      ? "CS110"
      : null;
  }
  // A function of that name, as in `VALUES (PASSWORD('x'))`, or a string that happens to be called so.
  if (view.tokens[index]?.kind === "string" && sign !== "=") {
    return null;
  }
  const { rule } = place.anchor;
  if (rule === null || place.anchor.kind === "grant") {
    return null;
  }
  return encryptionNames.test(name) || view.word(index - 1) === "by"
    ? "CS108"
    : rule;
}

/** A literal that is only a part of what is given: `'a' || x`. */
function isExpression(view: SqlView, literal: Literal): boolean {
  return view.sign(literal.next) === "||" || view.sign(literal.next) === ".";
}

/** The user that stands next to the password among the options. */
function userBeside(view: SqlView, index: number): { user?: string } {
  for (let at = Math.max(0, index - 12); at < index + 8; at++) {
    const word = view.word(at) || view.name(at).toLowerCase();
    if (word === "user" || word === "username" || word === "uid") {
      const literal = view.literal(afterSign(view, at + 1));
      if (literal !== null) {
        return { user: literal.value };
      }
    }
  }
  return {};
}

/** `EXTRA_HTTP_HEADERS MAP {'Authorization': 'Bearer x'}` in a DuckDB secret: every credential header at `index`. */
export function readHeaders(
  view: SqlView,
  index: number,
  anchor: Anchor,
  report: Report,
): void {
  if (
    view.sign(index + 1) !== ":" ||
    !view.isString(index) ||
    !isCredentialHeader(view.name(index))
  ) {
    return;
  }
  const literal = view.literal(index + 2);
  if (literal !== null) {
    const scheme =
      /^(?:Bearer|Basic|Token)\s+/i.exec(literal.value)?.[0].length ?? 0;
    report({
      rule: "CS106",
      range: { start: literal.range.start + scheme, end: literal.range.end },
      value: literal.value.slice(scheme),
      key: view.name(index),
      place: "sqlText",
      subject: anchor.subject,
    });
  }
}
