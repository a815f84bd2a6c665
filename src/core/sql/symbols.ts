import {
  isDigit,
  isLineStart,
  isSpace,
  isWordStart,
  lineEnd,
  wordEnd,
} from "./chars";
import * as scan from "./scan";
import type { Token, TokenKind } from "./token";
import { isAdjacentValue, isSeparatorColon, operatorEnd } from "./tokenContext";

/** What was read: `end` is -1 when the closing is missing. */
export interface Read {
  readonly kind: TokenKind;
  readonly end: number;
}

/** True for a letter that belongs to the quote behind it: `E'x'`, `U&"x"`. */
export function isQuotePrefix(text: string, at: number, code: number): boolean {
  const next = text.charCodeAt(at + 1);
  if (next === 0x27) {
    return "enbxrENBXR".includes(String.fromCharCode(code));
  }
  const quote = text.charCodeAt(at + 2);
  return (
    (code | 32) === 0x75 && next === 0x26 && (quote === 0x27 || quote === 0x22)
  );
}

/** `E'x'`, `N'x'`, `B'x'`, `X'x'`, `R'x'`, `U&'x'`, `U&"x"`; null when the letter begins a word. */
export function readPrefixed(
  text: string,
  at: number,
  code: number,
): Read | null {
  const letter = code | 32;
  if (text.charCodeAt(at + 1) === 0x27) {
    if (letter === 0x65) {
      return { kind: "escapeString", end: scan.escapeStringEnd(text, at + 2) };
    }
    const isPrefix =
      letter === 0x6e || letter === 0x62 || letter === 0x78 || letter === 0x72;
    return isPrefix
      ? { kind: "string", end: scan.stringEnd(text, at + 2) }
      : null;
  }
  if (letter !== 0x75) {
    return null;
  }
  const quote = text.charCodeAt(at + 2);
  if (quote === 0x27) {
    return { kind: "string", end: scan.stringEnd(text, at + 3) };
  }
  return quote === 0x22
    ? { kind: "quotedIdentifier", end: scan.identifierEnd(text, at + 3, '"') }
    : null;
}

/** A backtick: it means something only in other dialects, and always within a line (which ends at `line`), else one stray mark eats a file. */
export function readBacktick(text: string, at: number, line: number): Read {
  const end = scan.identifierEnd(text.slice(0, line), at + 1, "`");
  return end < 0
    ? { kind: "operator", end: at + 1 }
    : { kind: "quotedIdentifier", end };
}

/** A dollar-quoted string, `$1`, `$name`, or a lone `$`. */
export function readDollar(text: string, at: number): Read {
  const tag = scan.dollarTag(text, at);
  if (tag !== null) {
    const end = text.indexOf(tag, at + tag.length);
    return { kind: "dollarString", end: end < 0 ? -1 : end + tag.length };
  }
  const end = wordEnd(text, at + 1);
  return { kind: end > at + 1 ? "parameter" : "operator", end };
}

/** `::`, `:=`, a parameter, or the colon of a struct, a slice or a field. */
export function readColon(
  text: string,
  tokens: readonly Token[],
  inner: number | undefined,
  at: number,
): Read {
  const next = text.charCodeAt(at + 1);
  if (next === 0x3a || next === 0x3d) {
    return { kind: "operator", end: at + 2 };
  }
  let end = -1;
  if (!isSeparatorColon(text, tokens, inner, at)) {
    if (next === 0x27 || next === 0x22) {
      end = scan.variableEnd(text, at + 2, next);
    } else if (isWordStart(next) || isDigit(next)) {
      end = wordEnd(text, at + 1);
    }
  }
  return end < 0
    ? { kind: "punctuation", end: at + 1 }
    : { kind: "parameter", end };
}

/** A psql command: outside a string a backslash is no SQL, so `\gset` after a statement is one as well. */
export function readBackslash(
  text: string,
  inner: number | undefined,
  at: number,
): Read {
  const next = text.charCodeAt(at + 1);
  const isMeta = isWordStart(next) || next === 0x21 || next === 0x3f;
  // `[domain\user]` is a name of SQL Server.
  return isMeta && (inner !== 0x5b || text.charCodeAt(at - 1) === 10)
    ? { kind: "psqlMeta", end: lineEnd(text, at) }
    : { kind: "operator", end: at + 1 };
}

/** What closes a template, by the character behind its brace. */
export const templateClosings: ReadonlyMap<number, string> = new Map([
  [0x7b, "}}"],
  [0x25, "%}"],
  [0x23, "#}"],
]);

/** How many blanks may stand on either side of a semicolon between strings. */
const maxBlanks = 20;

/** True for the semicolons of SQL Server's `OPENROWSET('provider', 'server'; 'user'; N'password', …)`. */
export function isListSemicolon(text: string, at: number): boolean {
  if (!isBehindString(text, at)) {
    return false;
  }
  const next = nextVisible(text, at);
  return (
    text.charCodeAt(next) === 0x27 ||
    ((text.charCodeAt(next) | 32) === 0x6e &&
      text.charCodeAt(next + 1) === 0x27)
  );
}

/** Up to where what a semicolon is depends on what is behind it. */
export function semicolonReach(text: string, at: number): number {
  return isBehindString(text, at) ? nextVisible(text, at) + 2 : at + 1;
}

function isBehindString(text: string, at: number): boolean {
  let before = at - 1;
  while (before >= at - maxBlanks && isSpace(text.charCodeAt(before))) {
    before--;
  }
  return text.charCodeAt(before) === 0x27;
}

function nextVisible(text: string, at: number): number {
  let next = at + 1;
  while (next <= at + maxBlanks && isSpace(text.charCodeAt(next))) {
    next++;
  }
  return next;
}

/** True for `<%= x %>` and for a tag that begins a line: elsewhere `a <% b` is an operator of pg_trgm. */
export function isServerTag(text: string, at: number): boolean {
  const third = text.charCodeAt(at + 2);
  return (
    text.charCodeAt(at + 1) === 0x25 &&
    (third === 0x3d ||
      third === 0x2d ||
      third === 0x23 ||
      isLineStart(text, at))
  );
}

/** `--`, and MySQL's `#` that begins a line: PostgreSQL's `#` operator does not. */
export function isLineComment(
  text: string,
  at: number,
  code: number,
  next: number,
): boolean {
  return code === 0x23
    ? (isSpace(next) || next === 0x23) && isLineStart(text, at)
    : code === 0x2d && next === 0x2d;
}

/** `.mode csv`, a command of the DuckDB shell, where a statement begins; a number; or the point of a name. */
export function readDot(
  text: string,
  tokens: readonly Token[],
  isFirst: boolean,
  at: number,
): Read {
  const next = text.charCodeAt(at + 1);
  if (isFirst && isWordStart(next) && isLineStart(text, at)) {
    return { kind: "psqlMeta", end: lineEnd(text, at) };
  }
  return isDigit(next) && !isAdjacentValue(text, tokens, at)
    ? { kind: "number", end: scan.numberEnd(text, at) }
    : { kind: "punctuation", end: at + 1 };
}

/** An operator, or one of the parameters that begin like one: `?`, `@name`, `%s`, `%(name)s`. */
export function readOperator(
  text: string,
  tokens: readonly Token[],
  at: number,
): Read {
  const code = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  if (code === 0x3f) {
    // `a ? 'key'`, `?|` and `?&` are jsonb operators.
    const isOperator =
      next === 0x7c || next === 0x26 || scan.nextCode(text, at + 1) === 0x27;
    return { kind: isOperator ? "operator" : "parameter", end: at + 1 };
  }
  if (code === 0x40 && (isWordStart(next) || next === 0x40)) {
    const nameStart = next === 0x40 ? at + 2 : at + 1;
    const end = wordEnd(text, nameStart);
    return { kind: end > nameStart ? "parameter" : "operator", end };
  }
  if (code === 0x25 && !isAdjacentValue(text, tokens, at)) {
    const end = scan.percentParameterEnd(text, at);
    return end < 0
      ? { kind: "operator", end: at + 1 }
      : { kind: "parameter", end };
  }
  return { kind: "operator", end: operatorEnd(text, at) };
}
