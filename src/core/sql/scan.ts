import { isWordPart, isWordStart, isSpace, wordEnd } from "./chars";

// Scanners for what is quoted: each gets the offset of its content and gives the end, -1 without a closing.

/**
 * Offset after the `'` that closes a standard string whose content begins at `from`; -1 when none does. Gives the
 * offsets behind the quotes with a backslash to `escaped`: from each of them on another scan would have the same end.
 */
export function stringEnd(
  text: string,
  from: number,
  escaped?: number[],
): number {
  let at = text.indexOf("'", from);
  while (at >= 0) {
    const next = text.charCodeAt(at + 1);
    if (next === 0x27) {
      at = text.indexOf("'", at + 2);
      continue;
    }
    // MySQL's `'it\'s'`: a standard string never ends right before a letter, so the backslash was an escape.
    if (text.charCodeAt(at - 1) === 0x5c && at > from && isWordPart(next)) {
      escaped?.push(at + 1);
      at = text.indexOf("'", at + 1);
      continue;
    }
    return at + 1;
  }
  return -1;
}

/** Offset after the `'` that closes an `E'…'` string whose content begins at `from`; -1 when none does. */
export function escapeStringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) {
      at++;
    } else if (code === 0x27) {
      if (text.charCodeAt(at + 1) !== 0x27) {
        return at + 1;
      }
      at++;
    }
  }
  return -1;
}

/** Offset after the `quote` that closes a quoted identifier whose content begins at `from`; -1 when none does. */
export function identifierEnd(
  text: string,
  from: number,
  quote: string,
): number {
  let at = text.indexOf(quote, from);
  while (at >= 0 && text.charCodeAt(at + 1) === quote.charCodeAt(0)) {
    at = text.indexOf(quote, at + 2);
  }
  return at < 0 ? -1 : at + 1;
}

/** The `$tag$` that opens at `at`, or null when `$` means something else there. */
export function dollarTag(text: string, at: number): string | null {
  const next = text.charCodeAt(at + 1);
  if (next === 0x24) {
    return "$$";
  }
  if (!isWordStart(next)) {
    return null;
  }
  let end = at + 2;
  while (end < text.length && isWordPart(text.charCodeAt(end))) {
    end++;
  }
  return text.charCodeAt(end) === 0x24 ? text.slice(at, end + 1) : null;
}

/** A `/*` or `*` `/` within a block comment. */
export interface CommentMark {
  readonly at: number;
  readonly opens: boolean;
  /** How many comments are open behind it, the outermost included. */
  readonly depthAfter: number;
}

/**
 * Offset after the block comment that opens at `at`, comments within it nested; -1 when it is not closed.
 * Gives the marks that it met to `marks`.
 */
export function nestedCommentEnd(
  text: string,
  at: number,
  marks: CommentMark[],
): number {
  let depth = 1;
  let from = at + 2;
  let open = text.indexOf("/*", from);
  let close = text.indexOf("*/", from);
  while (close >= 0) {
    if (open >= 0 && open < close) {
      depth++;
      marks.push({ at: open, opens: true, depthAfter: depth });
      from = open + 2;
      open = text.indexOf("/*", from);
      if (close < from) {
        close = text.indexOf("*/", from);
      }
      continue;
    }
    depth--;
    marks.push({ at: close, opens: false, depthAfter: depth });
    from = close + 2;
    if (depth === 0) {
      return from;
    }
    close = text.indexOf("*/", from);
    if (open >= 0 && open < from) {
      open = text.indexOf("/*", from);
    }
  }
  return -1;
}

/** End of the number at `at`: digits, one point, an exponent, and letters that stick to it (`0x1F`, `10n`). */
export function numberEnd(text: string, at: number): number {
  let end = at;
  let point = false;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (isWordPart(code)) {
      continue;
    }
    if (code === 0x2e && !point && text.charCodeAt(end + 1) !== 0x2e) {
      point = true;
      continue;
    }
    const before = text.charCodeAt(end - 1) | 32;
    const isExponent =
      (code === 0x2b || code === 0x2d) && before === 0x65 && end > at;
    if (
      !isExponent ||
      text.charCodeAt(at + 1) === 0x78 ||
      !isDigitAt(text, end + 1)
    ) {
      break;
    }
  }
  return end;
}

function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** End of the `%s`, `%L` or `%(name)s` at `at`, or -1 when `%` is the modulo operator. */
export function percentParameterEnd(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === 0x28) {
    const end = wordEnd(text, at + 2);
    const isName = end > at + 2 && text.charCodeAt(end) === 0x29;
    return isName && text.charCodeAt(end + 1) === 0x73 ? end + 2 : -1;
  }
  const isLetter = next === 0x73 || next === 0x4c || next === 0x49;
  return isLetter && !isWordPart(text.charCodeAt(at + 2)) ? at + 2 : -1;
}

/** The first character from `from` on that is no white space, or NaN at the end. */
export function nextCode(text: string, from: number): number {
  let at = from;
  while (at < text.length && isSpace(text.charCodeAt(at))) {
    at++;
  }
  return text.charCodeAt(at);
}

/** End of psql's `:'name'` whose name begins at `from`, or -1 when it is no variable. */
export function variableEnd(text: string, from: number, quote: number): number {
  const end = wordEnd(text, from);
  return end > from && text.charCodeAt(end) === quote ? end + 1 : -1;
}
