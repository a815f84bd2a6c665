import { isAsciiWordPart } from "../../sql/chars";
import type { Report } from "../finding";
import { isCredentialName } from "../keys";
import type { SqlView } from "./view";

const specifier = /%(?:(\d+)\$)?-?\d*([sil%])/gi;

/** What may stand between a name and a specifier that gives it a value. */
const between = /^\s*(?:(?:=>|:=|=|:)\s*)?["']{0,2}$/;

/** How much before a specifier is looked at: names are shorter. */
const maxBefore = 200;

/** An argument of `format` that is a credential where it ends. */
interface CredentialArgument {
  /** Its number behind the pattern, from 1. */
  readonly argument: number;
  readonly key: string;
  /** Where in the pattern its specifier begins. */
  readonly index: number;
}

/** The arguments that the pattern `PASSWORD %L` puts where a credential belongs. */
export function credentialArguments(pattern: string): CredentialArgument[] {
  const found: CredentialArgument[] = [];
  let argument = 0;
  for (const match of pattern.matchAll(specifier)) {
    const [, number, kind] = match;
    if (kind === "%") {
      continue;
    }
    argument = number === undefined ? argument + 1 : Number(number);
    const before = pattern.slice(
      Math.max(0, match.index - maxBefore),
      match.index,
    );
    const key = keyBefore(before);
    const isIdentified =
      /^by$/i.test(key) && /identified\s+by\s*["']{0,2}$/i.test(before);
    // There is no argument 0: the pattern is there.
    if (argument > 0 && (isCredentialName(key) || isIdentified)) {
      found.push({ argument, key, index: match.index });
    }
  }
  return found;
}

/** The name that a specifier is put behind: `PASSWORD %L`, `password=%s`, `IDENTIFIED BY '%s'`; empty for none. */
function keyBefore(before: string): string {
  let end = before.length;
  while (end > 0 && !isNamePart(before.charCodeAt(end - 1))) {
    end--;
  }
  let start = end;
  while (start > 0 && isNamePart(before.charCodeAt(start - 1))) {
    start--;
  }
  return between.test(before.slice(end)) ? before.slice(start, end) : "";
}

function isNamePart(code: number): boolean {
  return code === 0x2e || isAsciiWordPart(code);
}

/** `format('… PASSWORD %L', 'x')`: the arguments that end where a credential belongs; `index` is that of `format`. */
export function readFormat(view: SqlView, index: number, report: Report): void {
  if (view.word(index) !== "format" || view.sign(index + 1) !== "(") {
    return;
  }
  const pattern = view.literal(index + 2)?.value ?? "";
  const starts = view.argumentStarts(index + 1);
  for (const { argument, key } of credentialArguments(pattern)) {
    const literal = view.literal(starts[argument] ?? -1);
    if (literal !== null) {
      const { range, value } = literal;
      report({ rule: "CS110", range, value, key, place: "sqlLiteral" });
    }
  }
}
