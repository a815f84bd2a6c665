import { isSpace, isWordPart, lineEnd } from "./chars";
import type { Lookahead } from "./lookahead";
import { isStuckAt } from "./recover";
import * as scan from "./scan";
import { isListSemicolon } from "./symbols";

/** Where a segment ends, found without its tokens. */
export interface PlainSegment {
  readonly end: number;
  /** The segment depends on no character from here on. */
  readonly reach: number;
  /** True when a string or quoted identifier of it goes over a line break. */
  readonly quotesLines: boolean;
}

/** Characters that can change where a segment ends. */
const telling = new Uint8Array(128);
for (const sign of "'\"`$()[]{};\\-/#<:") {
  telling[sign.charCodeAt(0)] = 1;
}

/**
 * The end of the segment that begins at `start`, several times faster than reading its tokens; null where only its
 * tokens tell: templates, psql's lines, `COPY`, quotes that are not closed, and what else is rare.
 */
export function plainSegment(
  lookahead: Lookahead,
  start: number,
): PlainSegment | null {
  const reader = new PlainReader(lookahead, start);
  return reader.isPlainFrom(start) ? reader.read() : null;
}

class PlainReader {
  private readonly text: string;
  private at: number;
  /** Where the statement begins, behind the comments that were read. */
  private first: number;
  /** The first line break behind the quotes that were read. */
  private line = -1;
  private quotesLines = false;
  private end = -1;
  private reach = -1;
  /** Codes of the brackets that are open, innermost last. */
  private readonly open: number[] = [];

  constructor(
    private readonly lookahead: Lookahead,
    start: number,
  ) {
    this.text = lookahead.text;
    this.at = start;
    this.first = start;
  }

  /** False where what the statement begins with reads as a client's line, or as rows of data follow. */
  isPlainFrom(start: number): boolean {
    const { text } = this;
    let at = start;
    while (at < text.length && isSpace(text.charCodeAt(at))) {
      at++;
    }
    this.first = at;
    const code = text.charCodeAt(at);
    const isCopy =
      (code | 32) === 0x63 && text.slice(at, at + 4).toLowerCase() === "copy";
    return code !== 0x2e && !isCopy;
  }

  read(): PlainSegment | null {
    const { text } = this;
    const { length } = text;
    while (this.at < length && this.end < 0) {
      const code = text.charCodeAt(this.at);
      if (code >= 128 || telling[code] === 0) {
        this.at++;
      } else if (!this.sign(code)) {
        return null;
      }
    }
    const { quotesLines } = this;
    return this.end < 0
      ? { end: length, reach: Infinity, quotesLines }
      : { end: this.end, reach: this.reach, quotesLines };
  }

  /** Reads on from a character that tells; false where its tokens have to be read. */
  private sign(code: number): boolean {
    const { at, text } = this;
    const next = text.charCodeAt(at + 1);
    switch (code) {
      case 0x27: // '
        return this.isPlainQuote() && this.quote(scan.stringEnd(text, at + 1));
      case 0x22: // "
        return (
          this.isPlainQuote() &&
          this.quote(scan.identifierEnd(text, at + 1, '"'))
        );
      case 0x24: // $
        return this.dollar();
      case 0x28: // (
      case 0x5b: // [
        return this.opening(code);
      case 0x7b: // {
        return (
          next !== 0x7b && next !== 0x25 && next !== 0x23 && this.opening(code)
        );
      case 0x29: // )
      case 0x5d: // ]
      case 0x7d: // }
        this.open.pop();
        this.at++;
        return true;
      case 0x3b: // ;
        this.semicolon();
        return true;
      case 0x2d: // -
        return next === 0x2d ? this.comment(lineEnd(text, at)) : this.pass(1);
      case 0x2f: // /
        return this.slash(next);
      case 0x23: // #
        return !(isSpace(next) || next === 0x23) && this.pass(1);
      case 0x3c: // <
        return next !== 0x25 && this.pass(1);
      case 0x3a: // :
        return next === 0x3a
          ? this.pass(2)
          : next !== 0x27 && next !== 0x22 && this.pass(1);
      default: // ` \
        return false;
    }
  }

  private pass(count: number): true {
    this.at += count;
    return true;
  }

  private opening(code: number): true {
    this.open.push(code);
    return this.pass(1);
  }

  /** What is before the quote is no part of it: `E'`, `U&'`. */
  private isPlainQuote(): boolean {
    if (this.at === 0) {
      return true;
    }
    const before = this.text.charCodeAt(this.at - 1);
    return !isWordPart(before) && before !== 0x26 && before !== 0x24;
  }

  private quote(end: number): boolean {
    const { at, text } = this;
    if (end < 0 || isStuckAt(text, end)) {
      return false;
    }
    if (this.line < at) {
      const line = text.indexOf("\n", at);
      this.line = line < 0 ? Infinity : line;
    }
    this.quotesLines ||= this.line < end;
    this.at = end;
    return true;
  }

  private dollar(): boolean {
    const { at, text } = this;
    const before = at === 0 ? 0 : text.charCodeAt(at - 1);
    const tag = scan.dollarTag(text, at);
    if (isWordPart(before) || before === 0x24 || tag === null) {
      return false;
    }
    const end = text.indexOf(tag, at + tag.length);
    this.at = end < 0 ? -1 : end + tag.length;
    return end >= 0;
  }

  private slash(next: number): boolean {
    const { at } = this;
    if (next !== 0x2a) {
      return next !== 0x2f && this.pass(1);
    }
    const { end, nests } = this.lookahead.blockComment(at);
    return nests && this.comment(end);
  }

  /** Before the statement it may have what only tokens tell behind it. */
  private comment(end: number): boolean {
    const isBefore = this.at === this.first;
    this.at = end;
    return !isBefore || this.isPlainFrom(end);
  }

  private semicolon(): void {
    const { at, text } = this;
    this.reach = at + 1;
    const isInList = this.open.at(-1) === 0x28;
    if (isInList && isListSemicolon(text, at)) {
      this.at++;
    } else {
      this.end = at + 1;
      this.reach = isInList ? at + 2 : at + 1;
    }
  }
}
