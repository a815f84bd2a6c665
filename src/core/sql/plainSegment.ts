import { asciiBytes } from "./asciiBytes";
import { isSpace, isWordPart, lineEnd } from "./chars";
import type { Lookahead } from "./lookahead";
import { isStuckAt } from "./recover";
import * as scan from "./scan";
import { isListSemicolon, semicolonReach } from "./symbols";

/** Where a segment ends, found without its tokens. */
export interface PlainSegment {
  readonly end: number;
  /** The segment depends on no character from here on. */
  readonly reach: number;
  /** True when a string or quoted identifier of it goes over a line break. */
  readonly quotesLines: boolean;
}

/** Characters that can change where a segment ends; brackets only around what is left to the tokens. */
const telling = new Uint8Array(256);
for (const sign of "'\"`${;\\-/#<:") {
  telling[sign.charCodeAt(0)] = 1;
}

function tells(code: number): boolean {
  return code < 128 && telling[code] === 1;
}

/** How much of a text is made ready to be looked at. */
const windowSize = 16_384;

/** Up to where it does not pay. */
const shortText = 256;

const none = new Uint8Array(0);

/**
 * Finds the ends of a text's segments several times faster than reading their tokens does. Gives null where only the
 * tokens tell: templates, psql's lines, `COPY`, quotes that are not closed, and what else is rare.
 */
export class PlainReader {
  private readonly text: string;
  private at = 0;
  /** Where the statement begins, behind the comments that were read. */
  private first = 0;
  private quotesLines = false;
  private end = -1;
  private reach = -1;
  /** Characters of the text from an offset on, as bytes. */
  private bytes = none;
  private bytesFrom = 0;
  private bytesEnd = 0;

  constructor(private readonly lookahead: Lookahead) {
    this.text = lookahead.text;
  }

  /** The end of the segment that begins at `start`. */
  read(start: number): PlainSegment | null {
    this.at = start;
    this.quotesLines = false;
    this.end = -1;
    if (!this.isPlainFrom(start)) {
      return null;
    }
    const { text } = this;
    const { length } = text;
    while (this.end < 0) {
      this.at = this.nextTelling(this.at);
      if (this.at >= length) {
        const { quotesLines } = this;
        return { end: length, reach: Infinity, quotesLines };
      }
      if (!this.sign(text.charCodeAt(this.at))) {
        return null;
      }
    }
    const { end, quotesLines, reach } = this;
    return { end, reach, quotesLines };
  }

  /** The first character from an offset on that can change where the segment ends, or the end of the text. */
  private nextTelling(from: number): number {
    const { text } = this;
    if (text.length < shortText) {
      let at = from;
      while (at < text.length && !tells(text.charCodeAt(at))) {
        at++;
      }
      return at;
    }
    for (let at = from; at < text.length; at = this.bytesEnd) {
      if (at < this.bytesFrom || at >= this.bytesEnd) {
        this.makeReady(at);
      }
      const { bytes } = this;
      const end = this.bytesEnd - this.bytesFrom;
      let index = at - this.bytesFrom;
      while (index < end && telling[bytes[index] ?? 0] === 0) {
        index++;
      }
      if (index < end) {
        return index + this.bytesFrom;
      }
    }
    return text.length;
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

  private makeReady(from: number): void {
    const { text } = this;
    if (this.bytes.length === 0) {
      this.bytes = new Uint8Array(Math.min(windowSize, text.length));
    }
    const piece = text.slice(from, from + this.bytes.length);
    asciiBytes(piece, this.bytes);
    this.bytesFrom = from;
    this.bytesEnd = from + piece.length;
  }

  /** Reads on from a character that tells; false where its tokens have to be read. */
  private sign(code: number): boolean {
    const { at, text } = this;
    const next = text.charCodeAt(at + 1);
    switch (code) {
      case 0x27: // '
        return (
          this.isPlainQuote() && this.quote(this.lookahead.stringEnd(at + 1))
        );
      case 0x22: // "
        return (
          this.isPlainQuote() &&
          this.quote(scan.identifierEnd(text, at + 1, '"'))
        );
      case 0x24: // $
        return this.dollar();
      case 0x7b: // {
        return next !== 0x7b && next !== 0x25 && next !== 0x23 && this.pass(1);
      case 0x3b: // ;
        return this.semicolon();
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
    this.quotesLines ||= this.lookahead.lineBreak(at) < end;
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

  private semicolon(): boolean {
    const { at, text } = this;
    if (isListSemicolon(text, at)) {
      // Within parentheses it ends nothing.
      return false;
    }
    this.end = at + 1;
    this.reach = semicolonReach(text, at);
    return true;
  }
}
