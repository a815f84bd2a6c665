import { isDigit, isSpace, isWordStart, lineEnd, wordEnd } from "./chars";
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
const allStarts = new Set([
  ...strongStarts,
  ...(
    "select with set update delete comment do begin call use detach " +
    "install load values from explain truncate commit merge execute exec " +
    "perform declare unload open change start stop backup restore export " +
    "import administer reset show if"
  ).split(" "),
]);

/**
 * What is taken for a string that is not closed, and ends before its end. `none`: nothing. `lines`: what holds further
 * lines that are plainly statements. `all`: also what holds a statement in its own line, and less plain ones: nothing is
 * lost to a lint, but a string that is right may be cut, of which nothing may be run.
 */
export type Recovery = "none" | "lines" | "all";

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

/** Where a string that begins at `at` and is not closed ends: before a semicolon on its line with nothing but a statement behind it, or at the line's end. */
export function brokenEnd(text: string, at: number): number {
  const end = lineEnd(text, at);
  // No further than the line: the text may have thousands of lines, and no semicolon.
  const line = text.slice(0, end);
  for (let next = at; ; next++) {
    next = line.indexOf(";", next);
    if (next < 0) {
      return end;
    }
    const behind = blanksEnd(text, next + 1, end);
    if (behind === end || isStart(text, behind)) {
      return next;
    }
  }
}

/** True when what is quoted is plainly other statements: on its own line behind a semicolon. */
export function holdsStatementInLine(
  text: string,
  { start, end }: Pick<Token, "start" | "end">,
): boolean {
  // No further than the token: a line may have thousands of them.
  const token = text.slice(start, end);
  const line = lineEnd(token, 0);
  const broken = brokenEnd(token, 0);
  return broken < line && blanksEnd(token, broken + 1, line) < line;
}

function blanksEnd(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) {
    at++;
  }
  return at;
}

/** True for a word that a statement begins with. */
function isStart(text: string, at: number): boolean {
  return isWordStart(text.charCodeAt(at)) && startsWith(text, at, allStarts);
}

function startsWith(
  text: string,
  at: number,
  starts: ReadonlySet<string>,
): boolean {
  const end = Math.min(wordEnd(text, at), at + 12);
  return starts.has(text.slice(at, end).toLowerCase());
}

/**
 * True when what is quoted is plainly other statements, line by line. Less will do for what `isSuspect`: a word sticks
 * to its end, or it has none.
 */
export function holdsStatements(
  text: string,
  token: Pick<Token, "start" | "end">,
  isSuspect: boolean,
): boolean {
  // No further than the token: there may be thousands of them before the next line break.
  const upToEnd = text.slice(0, token.end);
  let line = upToEnd.indexOf("\n", token.start);
  let isAfterEnd = line >= 0 && endsStatement(text, token.start, line);
  while (line >= 0) {
    let at = line + 1;
    while (
      at < token.end &&
      isSpace(text.charCodeAt(at)) &&
      text.charCodeAt(at) !== 10
    ) {
      at++;
    }
    const next = upToEnd.indexOf("\n", at);
    const code = text.charCodeAt(at);
    if (
      at < token.end &&
      startsStatement(text, at, line + 1 === at, isAfterEnd || isSuspect)
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
  isFlush: boolean,
  isLikely: boolean,
): boolean {
  if (!isWordStart(text.charCodeAt(at))) {
    return isFlush && isLikely && startsOther(text, at);
  }
  return isLikely
    ? startsWith(text, at, allStarts)
    : isFlush && startsWith(text, at, strongStarts);
}

/** True where a command of psql, a comment or a template begins. */
function startsOther(text: string, at: number): boolean {
  const next = text.charCodeAt(at + 1);
  switch (text.charCodeAt(at)) {
    case 0x5c: // \
      return next === 0x21 || isWordStart(next);
    case 0x2d: // -
      return next === 0x2d;
    case 0x2f: // /
      return next === 0x2a;
    case 0x7b: // {
      return next === 0x7b || next === 0x25;
    default:
      return false;
  }
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
