import { isDigit, isSpace, isWordStart, lineEnd, wordEnd } from "./chars";
import type { Lookahead } from "./lookahead";
import { brokenEnd, isLineBound, isStuckAt, type Recovery } from "./recover";
import * as scan from "./scan";
import * as symbols from "./symbols";
import { templateEnd } from "./templateEnd";
import { isCopyFromStdin } from "./tokenContext";
import type { Token, TokenKind } from "./token";

/** Reads one segment of a text: what it gives depends on the text from `start` to `reach` alone. */
export class SegmentLexer {
  readonly tokens: Token[] = [];
  /** Where the segment ends. */
  end = -1;
  /** No character from here on was looked at. */
  reach: number;
  /** True when a string or quoted identifier goes over a line break. */
  quotesLines = false;
  private readonly text: string;
  private at: number;
  /** Codes of the brackets that are open, innermost last. */
  private readonly open: number[] = [];
  /** Index of the current statement's first token. */
  private statement = 0;

  constructor(
    private readonly lookahead: Lookahead,
    start: number,
    private readonly breaks: readonly number[],
    private readonly recovery: Recovery,
  ) {
    this.text = lookahead.text;
    this.at = start;
    this.reach = start;
    this.run();
  }

  private run(): void {
    const { text } = this;
    const { length } = text;
    while (this.at < length) {
      const code = text.charCodeAt(this.at);
      if (isSpace(code)) {
        this.at++;
      } else if (isWordStart(code)) {
        this.word(code);
      } else if (isDigit(code)) {
        this.push("number", scan.numberEnd(text, this.at));
      } else {
        this.symbol(code);
        if (this.end >= 0) {
          return;
        }
      }
    }
    this.end = length;
    this.reach = Infinity;
  }

  private push(kind: TokenKind, end: number, closed = true): void {
    const start = this.at;
    this.tokens.push(
      closed ? { kind, start, end } : { kind, start, end, closed: false },
    );
    this.at = end;
  }

  private pushQuoted(kind: TokenKind, end: number): void {
    this.push(kind, end < 0 ? this.text.length : end, end >= 0);
  }

  /** A string or quoted identifier; one that is plainly not closed where it seems to be ends on its own line. */
  private pushLineBound(kind: TokenKind, end: number): void {
    const { at, lookahead, text } = this;
    const isAll = this.recovery === "all";
    const isBroken =
      (this.breaks.length > 0 && this.breaks.includes(at)) ||
      (end >= 0 &&
        this.recovery !== "none" &&
        isStuckAt(text, end) &&
        lookahead.holdsStatements({ start: at, end }, isAll));
    if (isBroken) {
      this.lookedAt(end < 0 ? Infinity : end + 3);
      const line = lookahead.lineEnd(at);
      this.push(kind, isAll ? brokenEnd(text, at, line) : line, false);
    } else {
      this.pushQuoted(kind, end);
    }
    this.quotesLines ||= lookahead.lineBreak(at) < this.at;
  }

  private lookedAt(end: number): void {
    this.reach = Math.max(this.reach, end);
  }

  private read(read: symbols.Read): void {
    if (isLineBound(read)) {
      this.pushLineBound(read.kind, read.end);
    } else {
      this.pushQuoted(read.kind, read.end);
    }
  }

  private word(code: number): void {
    const next = this.text.charCodeAt(this.at + 1);
    const quoted =
      next === 0x27 || next === 0x26
        ? symbols.readPrefixed(this.text, this.at, code)
        : null;
    if (quoted === null) {
      this.push("word", wordEnd(this.text, this.at + 1));
    } else {
      this.read(quoted);
    }
  }

  private symbol(code: number): void {
    const { text, at } = this;
    const next = text.charCodeAt(at + 1);
    switch (code) {
      case 0x27: // '
        this.pushLineBound("string", this.lookahead.stringEnd(at + 1));
        return;
      case 0x22: // "
        this.pushLineBound(
          "quotedIdentifier",
          scan.identifierEnd(text, at + 1, '"'),
        );
        return;
      case 0x60: // `
        this.backtick(this.lookahead.lineEnd(at));
        return;
      case 0x24: // $
        if (next === 0x7b) {
          this.template("}");
        } else {
          this.read(symbols.readDollar(text, at));
        }
        return;
      case 0x3a: // :
        this.read(symbols.readColon(text, this.tokens, this.open.at(-1), at));
        return;
      case 0x7b: // {
        this.template(symbols.templateClosings.get(next));
        return;
      case 0x28: // (
      case 0x5b: // [
        this.open.push(code);
        this.push("punctuation", at + 1);
        return;
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        this.open.pop();
        this.push("punctuation", at + 1);
        return;
      case 0x3b: // ;
        this.semicolon();
        return;
      case 0x2c: // ,
        this.push("punctuation", at + 1);
        return;
      case 0x2e: // .
        this.dot();
        return;
      case 0x5c: // \
        this.backslash();
        return;
      default:
        this.operator(code, next);
    }
  }

  private backtick(line: number): void {
    this.lookedAt(line + 2);
    this.read(symbols.readBacktick(this.text, this.at, line));
  }

  /** A template that ends with `close`, or a brace alone. */
  private template(close: string | undefined): void {
    const { at, text } = this;
    if (close !== undefined) {
      const first = this.lookahead.indexOf(close, at + 2);
      if (first >= 0) {
        const { end, reach } = templateEnd(text, at, first, close);
        this.push("template", end);
        this.lookedAt(reach);
        return;
      }
      this.reach = Infinity;
    }
    if (text.charCodeAt(at) === 0x7b) {
      this.open.push(0x7b);
    }
    this.push("punctuation", at + 1);
  }

  private backslash(): void {
    const read = symbols.readBackslash(this.text, this.open.at(-1), this.at);
    this.read(read);
    if (read.kind === "psqlMeta") {
      this.statement = this.tokens.length;
    }
  }

  private dot(): void {
    const { statement, text, tokens } = this;
    const isFirst = tokens.length === statement;
    this.read(symbols.readDot(text, tokens, isFirst, this.at));
    if (tokens.at(-1)?.kind === "psqlMeta") {
      this.statement = tokens.length;
    }
  }

  private semicolon(): void {
    const { at, text, tokens } = this;
    this.push("punctuation", at + 1);
    this.lookedAt(symbols.semicolonReach(text, at));
    if (this.open.at(-1) === 0x28 && symbols.isListSemicolon(text, at)) {
      return;
    }
    const isData = isCopyFromStdin(text, tokens, this.statement);
    if (isData) {
      const end = this.lookahead.indexOf("\n\\.", this.at);
      if (end >= 0) {
        // The rows of a `COPY … FROM stdin` are no SQL: a lone apostrophe in them would turn the rest inside out.
        this.push("psqlMeta", lineEnd(text, end + 1));
      }
      this.lookedAt(end < 0 ? Infinity : this.at + 2);
    }
    this.end = this.at;
    this.lookedAt(this.at);
  }

  private operator(code: number, next: number): void {
    const { text, at } = this;
    if (symbols.isLineComment(text, at, code, next)) {
      this.comment(lineEnd(text, at));
    } else if (code === 0x2f && next === 0x2a) {
      this.blockComment();
    } else if (code === 0x3c && symbols.isServerTag(text, at)) {
      this.template("%>");
    } else {
      this.read(symbols.readOperator(text, this.tokens, at));
    }
  }

  private comment(end: number): void {
    const isFirst = this.tokens.length === this.statement;
    this.push("comment", end);
    if (isFirst) {
      this.statement = this.tokens.length;
    }
  }

  private blockComment(): void {
    const { end, nests } = this.lookahead.blockComment(this.at);
    if (!nests) {
      this.reach = Infinity;
    }
    if (end < 0) {
      this.pushQuoted("comment", -1);
    } else {
      this.comment(end);
    }
  }
}
