import type { Report } from "../finding";
import { isWeakName } from "../keys";
import { isNoLabel } from "./mixed";
import { isSettingsTable } from "./statementUse";
import type { Literal, SqlView } from "./view";

/** How many tokens of an UPDATE are looked at: what is longer sets more than one setting. */
const farthest = 60;

/** `UPDATE settings SET value = 'x' WHERE name = 'smtp_password'`, at the index of its UPDATE. */
export function readUpdatedSetting(
  view: SqlView,
  index: number,
  report: Report,
): void {
  if (!isSettingsTable(view, index + 1)) {
    return;
  }
  let stored: Literal | null = null;
  let isCondition = false;
  for (let at = index + 2; at < index + farthest; at++) {
    if (view.sign(at) === ";") {
      return;
    }
    isCondition ||= view.word(at) === "where";
    if (view.sign(at) !== "=") {
      continue;
    }
    if (!isCondition) {
      stored ??= /^(?:\w+_)?val(?:ue)?$/i.test(view.name(at - 1))
        ? storedText(view, at + 1)
        : null;
      continue;
    }
    const key = view.isString(at + 1) ? view.name(at + 1) : "";
    if (view.namesCredential(key) && !isWeakName(key)) {
      if (stored !== null) {
        const { range, value } = stored;
        report({ rule: "CS110", range, value, key, place: "sqlText" });
      }
      return;
    }
  }
}

/** `jsonb_set(config, '{smtp,password}', '"x1"')`: a setting, and a value that is no word. */
export function readMemberAt(
  view: SqlView,
  [, path = -1, value = -1]: readonly number[],
  report: Report,
): void {
  const key = /[\w-]+(?=["\]}]*$)/.exec(view.name(path).slice(-100))?.[0] ?? "";
  if (!view.namesCredential(key) || isWeakName(key)) {
    return;
  }
  const stored = storedText(view, value);
  if (stored !== null) {
    const { range, value: text } = stored;
    report({ rule: "CS110", range, value: text, key, place: "sqlText" });
  }
}

/** The text at `index`, which JSON has in quotes of its own, or `to_jsonb('x'::text)`; null for what may be a label. */
function storedText(view: SqlView, index: number): Literal | null {
  const isCall = /^to_jsonb?$/.test(view.word(index)) && view.opens(index + 1);
  const literal = view.literal(isCall ? index + 2 : index);
  if (literal === null || view.sign(literal.next) === "||") {
    return null;
  }
  const { range } = literal;
  const [, inner] = /^"(.+)"$/.exec(literal.value) ?? [];
  const value = inner ?? literal.value;
  const quote = inner === undefined ? 0 : 1;
  return isNoLabel(value)
    ? {
        ...literal,
        range: { start: range.start + quote, end: range.end - quote },
        value,
      }
    : null;
}
