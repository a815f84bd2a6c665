import type { Report } from "../finding";
import { isWeakName } from "../keys";
import type { SqlView } from "./view";

/** `('smtp_password', 'x')` as it is stored among settings, or given as an option. */
export function readPair(view: SqlView, index: number, report: Report): void {
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
    /^(?=\S*\d)(?=\S*\D)\S{6,}$/.test(literal.value) &&
    [",", ")"].includes(view.sign(literal.next))
  ) {
    const { range, value } = literal;
    report({ rule: "CS110", range, value, key, place: "sqlLiteral" });
  }
}
