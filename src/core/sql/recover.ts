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

/** Where a string that begins at `at` and is not closed ends: before a semicolon with nothing but a statement behind it, or at the end of its line. */
export function brokenEnd(text: string, at: number, end: number): number {
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

/** True when what is quoted is plainly other statements behind a semicolon; `end` is its own, or that of its line. */
export function holdsStatementInLine(
  text: string,
  start: number,
  end: number,
): boolean {
  const broken = brokenEnd(text, start, end);
  return broken < end && blanksEnd(text, broken + 1, end) < end;
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
 * The lines with which statements plainly begin in a text. Less will do for what `isSuspect`: a word sticks to its end,
 * or it has none. Each line is looked at once, however many strings are asked for.
 */
export class StatementLines {
  /** From an offset up to a line break, the first of them begins at another offset. */
  private from = 0;
  private lineBreak = -1;
  private begin = -1;

  constructor(
    private readonly text: string,
    private readonly isSuspect: boolean,
  ) {}

  /** Where the first one begins below the line of `from`, which is where a token begins; Infinity for none. */
  below(from: number): number {
    if (from < this.from || from > this.lineBreak) {
      this.from = from;
      this.find(from);
    }
    return this.begin;
  }

  private find(from: number): void {
    const { isSuspect, text } = this;
    let line = text.indexOf("\n", from);
    let isAfterEnd = line >= 0 && endsStatement(text, from, line);
    while (line >= 0) {
      let at = line + 1;
      while (isSpace(text.charCodeAt(at)) && text.charCodeAt(at) !== 10) {
        at++;
      }
      const isFlush = at === line + 1;
      if (startsStatement(text, at, isFlush, isAfterEnd || isSuspect)) {
        this.lineBreak = line;
        this.begin = at;
        return;
      }
      const next = text.indexOf("\n", at);
      // An empty line is neither the end of a statement nor anything else.
      if (next > at) {
        isAfterEnd = endsStatement(text, line + 1, next);
      }
      line = next;
    }
    this.lineBreak = Infinity;
    this.begin = Infinity;
  }
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
