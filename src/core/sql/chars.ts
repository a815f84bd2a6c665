/** Character classes of the SQL lexer, by UTF-16 code: comparisons only, because a regex per character is slow. */

/** White space, a byte order mark and a no-break space included. */
export function isSpace(code: number): boolean {
  return (
    code <= 32 ||
    (code >= 127 &&
      (code === 0xa0 ||
        code === 0xfeff ||
        code === 0x2028 ||
        code === 0x2029 ||
        code === 0x3000))
  );
}

/** `0` to `9`. */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** What an unquoted identifier may begin with. */
export function isWordStart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 128 && !isSpace(code))
  );
}

/** What an unquoted identifier may go on with; PostgreSQL allows `$` there, which the lexer adds itself. */
export function isWordPart(code: number): boolean {
  return isWordStart(code) || (code >= 48 && code <= 57);
}

/** What `\w` means in a pattern. */
export function isAsciiWordPart(code: number): boolean {
  return code < 128 && isWordPart(code);
}

/** Characters that may continue an operator without changing what follows it. */
export function isOperatorPart(code: number): boolean {
  switch (code) {
    case 0x21: // !
    case 0x23: // #
    case 0x26: // &
    case 0x3c: // <
    case 0x3d: // =
    case 0x3e: // >
    case 0x5e: // ^
    case 0x7c: // |
    case 0x7e: // ~
      return true;
    default:
      return false;
  }
}

/** The first offset from `from` on that does not continue an unquoted identifier. */
export function wordEnd(text: string, from: number): number {
  let at = from;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isWordPart(code)) {
      continue;
    }
    // `a$b` is one identifier in PostgreSQL; `a${x}` is an identifier and a template.
    if (code !== 0x24 || text.charCodeAt(at + 1) === 0x7b) {
      break;
    }
  }
  return at;
}

/** The offset of the line break that ends the line of `from`, or the end of the text. */
export function lineEnd(text: string, from: number): number {
  const at = text.indexOf("\n", from);
  if (at < 0) {
    return text.length;
  }
  return at > from && text.charCodeAt(at - 1) === 13 ? at - 1 : at;
}

/** True when only blanks lie between the line's beginning and `at`. */
export function isLineStart(text: string, at: number): boolean {
  for (let back = at - 1; back >= 0; back--) {
    const code = text.charCodeAt(back);
    if (code === 10 || code === 13) {
      return true;
    }
    if (!isSpace(code)) {
      return false;
    }
  }
  return true;
}
