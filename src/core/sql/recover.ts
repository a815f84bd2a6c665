import { isDigit, isSpace, isWordStart, wordEnd } from "./chars";
import { isQuotePrefix } from "./symbols";
import type { Token } from "./token";

/**
 * Words that begin a line as good as only when they begin a statement. Words that also begin a clause or a text's
 * sentence (`select`, `with`, `from`, `set`, `values`) count only after a line that ends a statement.
 */
const strongStarts = new Set([
  "create",
  "alter",
  "attach",
  "grant",
  "revoke",
  "insert",
  "drop",
  "copy",
  "pragma",
]);
const weakStarts = new Set(
  (
    "select with set update delete comment do begin call use detach " +
    "install load values from explain truncate commit merge"
  ).split(" "),
);

/** `'…PASSWORD E'k7`: a word right behind a closing quote shows that the quote was an opening one. */
export function isStuckAt(text: string, end: number): boolean {
  const code = text.charCodeAt(end);
  return (
    isDigit(code) || (isWordStart(code) && !isQuotePrefix(text, end, code))
  );
}

/** True for what a line break ends when its closing is missing. */
export function isLineBound(token: Pick<Token, "kind">): boolean {
  return (
    token.kind === "string" ||
    token.kind === "escapeString" ||
    token.kind === "quotedIdentifier"
  );
}

/** True when what is quoted is plainly other statements, line by line. */
export function holdsStatements(
  text: string,
  token: Pick<Token, "start" | "end">,
): boolean {
  let line = text.indexOf("\n", token.start);
  let isAfterEnd = line >= 0 && endsStatement(text, token.start, line);
  while (line >= 0 && line < token.end) {
    let at = line + 1;
    while (
      at < token.end &&
      isSpace(text.charCodeAt(at)) &&
      text.charCodeAt(at) !== 10
    ) {
      at++;
    }
    const next = text.indexOf("\n", at);
    const code = text.charCodeAt(at);
    if (
      at < token.end &&
      startsStatement(text, at, code, line + 1 === at, isAfterEnd)
    ) {
      return true;
    }
    if (next >= 0 && (code !== 10 || isAfterEnd)) {
      isAfterEnd =
        endsStatement(text, line + 1, next) || (isAfterEnd && at === next);
    }
    line = next;
  }
  return false;
}

function startsStatement(
  text: string,
  at: number,
  code: number,
  isFlush: boolean,
  isAfterEnd: boolean,
): boolean {
  if (code === 0x5c || (code === 0x2d && text.charCodeAt(at + 1) === 0x2d)) {
    return isFlush && isAfterEnd;
  }
  if (!isWordStart(code)) {
    return false;
  }
  const word = text
    .slice(at, Math.min(wordEnd(text, at), at + 12))
    .toLowerCase();
  return (
    (isFlush && strongStarts.has(word)) ||
    (isAfterEnd && (strongStarts.has(word) || weakStarts.has(word)))
  );
}

/** True when the line's last character that is no blank is a semicolon. */
function endsStatement(text: string, from: number, to: number): boolean {
  for (let at = to - 1; at >= from; at--) {
    const code = text.charCodeAt(at);
    if (!isSpace(code)) {
      return code === 0x3b;
    }
  }
  return false;
}
