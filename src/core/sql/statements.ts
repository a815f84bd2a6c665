import { isSpace, lineEnd } from "./chars";
import { lex } from "./lexer";
import type { Token } from "./token";
import { isWord } from "./tokenContext";

/** One statement of a text: from its first token to its last, comments before it and its semicolon left out. */
export interface Statement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** From here on a cursor means this statement: the comments right above it and its line's indentation. */
  readonly ownsFrom: number;
  /** Up to here, inclusive: its semicolon and the rest of that line, when nothing else is on it. */
  readonly ownsTo: number;
}

/**
 * The statements of a text, in order. psql's lines, comments and empty statements are none. `tokens` are those of a
 * reading other than the one that statements are run by.
 */
export function splitStatements(
  text: string,
  tokens: readonly Token[] = lex(text),
): Statement[] {
  const splitter = new Splitter(text);
  for (const token of tokens) {
    splitter.add(token);
  }
  splitter.finish(text.length);
  return splitter.statements;
}

/** The statement that a cursor at `offset` means, or undefined between statements. */
export function statementAt(
  statements: readonly Statement[],
  offset: number,
): Statement | undefined {
  // At a boundary that two share (`a;|b`) the one that begins there is meant, unless the cursor ends the first.
  return (
    statements.find((each) => each.start <= offset && offset <= each.end) ??
    statements.find((each) => each.ownsFrom <= offset && offset < each.start) ??
    statements.find((each) => each.end <= offset && offset <= each.ownsTo)
  );
}

class Splitter {
  readonly statements: Statement[] = [];
  private tokens: Token[] = [];
  private depth = 0;
  /** Open BEGIN and CASE of a `BEGIN ATOMIC` body. */
  private atomicDepth = 0;
  /** Where what belongs to nobody begins. */
  private free = 0;
  private commentsFrom = -1;

  constructor(private readonly text: string) {}

  add(token: Token): void {
    if (token.kind === "comment") {
      this.comment(token);
      return;
    }
    if (token.kind === "psqlMeta") {
      this.finish(token.start);
      this.free = token.end;
      return;
    }
    const code =
      token.kind === "punctuation" ? this.text.charCodeAt(token.start) : 0;
    if (
      code === 0x3b &&
      this.atomicDepth === 0 &&
      (this.depth === 0 || !this.isRule())
    ) {
      this.finish(token.end);
      return;
    }
    if (code === 0x28) {
      this.depth++;
    } else if (code === 0x29 && this.depth > 0) {
      this.depth--;
    }
    this.tokens.push(token);
    if (token.kind === "word") {
      this.block(token);
    }
  }

  /** Ends the current statement; `at` is where its reach begins to be looked for. */
  finish(at: number): void {
    const first = this.tokens[0];
    const last = this.tokens.at(-1);
    if (first !== undefined && last !== undefined) {
      this.statements.push({
        start: first.start,
        end: last.end,
        text: this.text.slice(first.start, last.end),
        ownsFrom: this.reachBack(first.start),
        ownsTo: reachOn(this.text, Math.max(at, last.end), last.end),
      });
    }
    this.tokens = [];
    this.depth = 0;
    this.atomicDepth = 0;
    this.free = at;
    this.commentsFrom = -1;
  }

  /** Remembers where a block of comments begins that touches the next statement: no blank line in between. */
  private comment(token: Token): void {
    if (this.tokens.length > 0) {
      return;
    }
    const isOwnLine =
      this.statements.length === 0 ||
      this.text.slice(this.free, token.start).includes("\n");
    if (!isOwnLine) {
      this.free = token.end;
      return;
    }
    const before = this.text.slice(this.free, token.start);
    if (this.commentsFrom < 0 || isBlankLine(before)) {
      this.commentsFrom = token.start;
    }
    this.free = token.end;
  }

  private reachBack(start: number): number {
    const gap = this.text.slice(this.free, start);
    if (this.commentsFrom >= 0 && !isBlankLine(gap)) {
      return this.commentsFrom;
    }
    const line = this.text.lastIndexOf("\n", start - 1) + 1;
    return start === 0 ? 0 : Math.max(line, Math.min(this.free, start));
  }

  private isRule(): boolean {
    const [first, second, third, fourth] = this.tokens;
    return (
      isWord(this.text, first, "create") &&
      (isWord(this.text, second, "rule") ||
        (isWord(this.text, third, "replace") &&
          isWord(this.text, fourth, "rule")))
    );
  }

  private block(token: Token): void {
    if (this.atomicDepth > 0) {
      if (
        isWord(this.text, token, "begin") ||
        isWord(this.text, token, "case")
      ) {
        this.atomicDepth++;
      } else if (isWord(this.text, token, "end")) {
        this.atomicDepth--;
      }
      return;
    }
    if (isWord(this.text, token, "atomic")) {
      const isBody = isWord(this.text, this.tokens.at(-2), "begin");
      this.atomicDepth =
        isBody && isWord(this.text, this.tokens[0], "create") ? 1 : 0;
    }
  }
}

function isBlankLine(gap: string): boolean {
  return /\n[^\S\n]*\r?\n/.test(gap);
}

/** The end of the line from `at` on when only blanks follow there, else `at`. */
function reachOn(text: string, at: number, statementEnd: number): number {
  if (
    at > statementEnd &&
    text.slice(statementEnd, at).includes("\n") &&
    text.charCodeAt(at - 1) !== 0x3b
  ) {
    return statementEnd;
  }
  const end = lineEnd(text, at);
  for (let next = at; next < end; next++) {
    if (!isSpace(text.charCodeAt(next))) {
      return text.startsWith("--", next) ? end : at;
    }
  }
  return end;
}
