import type { Report } from "../finding";
import { isWeakName } from "../keys";
import { isMixed } from "./mixed";
import { statementStart } from "./statementStart";
import type { OpenParens } from "./parens";
import type { SqlView } from "./view";

/** A name and its value in two strings, at `index`: settings in a table, options, and members of an object. */
export function readPair(
  view: SqlView,
  index: number,
  isIntoSettings: boolean,
  parens: OpenParens,
  report: Report,
): void {
  if (isIntoSettings || parens.isInOptions) {
    readNameAndValue(view, index, report);
  } else if (parens.isAtMember) {
    readMember(view, index, report);
  }
}

/** `('smtp_password', 'x')` as it is stored among settings, or given as an option. */
function readNameAndValue(view: SqlView, index: number, report: Report): void {
  const key = view.name(index);
  const isPair =
    view.isString(index) &&
    ["(", ","].includes(view.sign(index - 1)) &&
    view.sign(index + 1) === "," &&
    view.namesCredential(key) &&
    !isWeakName(key);
  const literal = isPair ? view.literal(index + 2) : null;
  // What is no word of a language: a label of the setting may stand beside its name, too.
  if (
    literal !== null &&
    isMixed(literal.value) &&
    [",", ")", "::"].includes(view.sign(literal.next))
  ) {
    const { range, value } = literal;
    report({ rule: "CS110", range, value, key, place: "sqlLiteral" });
  }
}

/** `jsonb_build_object('password', 'x')`, unless it is part of a row: that is data. */
function readMember(view: SqlView, index: number, report: Report): void {
  if (!view.namesCredential(view.name(index))) {
    return;
  }
  const start = statementStart(view, index);
  const isRow =
    start === null ||
    /^(?:insert|update|merge|replace|with)$/.test(view.word(start));
  if (!isRow) {
    readNameAndValue(view, index, report);
  }
}

/** What an argument is called that takes settings. */
const settings =
  /(?:^|_)(?:config(?:uration)?|conf|settings|options|opts|params|parameters|credentials?|auth|headers|secrets?)$/i;

/** True for a string that is given by the name of an argument which takes settings: `config => '{"password": "x"}'`. */
export function isGivenSettings(view: SqlView, index: number): boolean {
  return (
    ["=>", ":="].includes(view.sign(index - 1)) &&
    settings.test(view.name(index - 2))
  );
}
