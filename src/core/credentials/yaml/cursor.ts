import type { OffsetRange } from "../finding";
import { NodeStack } from "./nodeStack";

/** Thrown by the reader of blocks where a text is not plainly what it reads: somebody else has to. */
export class Unsure extends Error {}

/** The one that is thrown: broken files have thousands of them, and where each was made would take most of the time. */
export const unsure = new Unsure("this is not plainly YAML in blocks");

/** The end of the text, as a character. */
export const atEnd = -1;

/** Codes of the characters that YAML is written with. */
export const sign = {
  tab: 9,
  newline: 10,
  return: 13,
  blank: 32,
  exclamation: 33,
  double: 34,
  hash: 35,
  dollar: 36,
  percent: 37,
  ampersand: 38,
  single: 39,
  asterisk: 42,
  comma: 44,
  dash: 45,
  colon: 58,
  greater: 62,
  question: 63,
  at: 64,
  openList: 91,
  backslash: 92,
  closeList: 93,
  backtick: 96,
  openMap: 123,
  bar: 124,
  closeMap: 125,
} as const;

const signsOfNoText = new Set<number>([
  sign.comma,
  sign.openList,
  sign.closeList,
  sign.openMap,
  sign.closeMap,
  sign.hash,
  sign.ampersand,
  sign.asterisk,
  sign.exclamation,
  sign.bar,
  sign.greater,
  sign.percent,
  sign.at,
  sign.backtick,
]);

/** A place in a text, and the beginning of its line. `written` is the text before what is no YAML was made harmless. */
export class Cursor {
  at = 0;
  lineStart = 0;
  end = 0;
  readonly nodes = new NodeStack();

  constructor(
    readonly text: string,
    private readonly written = text,
  ) {}

  /** Goes to a part of the text, which is all that there is for it. */
  enter({ end, start }: OffsetRange): void {
    this.at = start;
    this.lineStart = start;
    this.end = end;
  }

  get column(): number {
    return this.at - this.lineStart;
  }

  /** The character at an offset; `atEnd` behind the last. */
  code(offset: number = this.at): number {
    return offset < this.end ? this.text.charCodeAt(offset) : atEnd;
  }

  /** True where a line ends. */
  isBreak(offset: number = this.at): boolean {
    const code = this.code(offset);
    return (
      code === sign.newline ||
      code === atEnd ||
      (code === sign.return && this.code(offset + 1) === sign.newline)
    );
  }

  /** True for what separates: a blank, a tab, the end of a line. */
  isSpace(offset: number): boolean {
    const code = this.code(offset);
    return code === sign.blank || code === sign.tab || this.isBreak(offset);
  }

  /** False at a sign with which no plain text begins. */
  isPlainStart(): boolean {
    const code = this.code();
    if (code === sign.dash || code === sign.question || code === sign.colon) {
      return !this.isSpace(this.at + 1);
    }
    return isLetter(code) || !signsOfNoText.has(code);
  }

  /** True at a sign that stands alone, as the dash of an item does. */
  isMark(code: number): boolean {
    return this.code() === code && this.isSpace(this.at + 1);
  }

  /** Goes over blanks of the line. */
  blanks(): void {
    let code = this.code();
    while (code === sign.blank || code === sign.tab) {
      this.at++;
      code = this.code();
    }
  }

  /** The first place from `from` on that is no blank. */
  afterBlanks(from: number): number {
    let at = from;
    while (at < this.end && this.text.charCodeAt(at) === sign.blank) {
      at++;
    }
    return at;
  }

  /** True when what is blank between two places was so from the beginning. */
  isWrittenBlank(from: number, to: number): boolean {
    return (
      this.written === this.text ||
      this.written.slice(from, to).trimStart() === ""
    );
  }

  /** Where the line of an offset ends, its break left out. */
  lineEnd(from: number): number {
    const next = this.text.indexOf("\n", from);
    const end = next < 0 || next > this.end ? this.end : next;
    return end > from && this.text.charCodeAt(end - 1) === sign.return
      ? end - 1
      : end;
  }

  /** True at a `#` that begins a comment. */
  isComment(offset: number = this.at): boolean {
    return (
      this.code(offset) === sign.hash &&
      (offset === this.lineStart || this.isSpace(offset - 1))
    );
  }

  /** Goes to what comes next, over blanks, comments and lines. */
  next(): void {
    for (;;) {
      this.blanks();
      if (this.isComment()) {
        this.at = this.lineEnd(this.at);
      }
      if (this.at >= this.end || !this.isBreak()) {
        return;
      }
      this.at += this.code() === sign.return ? 2 : 1;
      this.lineStart = this.at;
    }
  }

  /** The same behind a value, which has to be the last on its line. */
  afterValue(): void {
    this.blanks();
    if (!this.isBreak() && !this.isComment()) {
      // Something stands behind a value.
      throw unsure;
    }
    this.next();
  }

  /** Goes to `offset` further down. */
  moveTo(offset: number): void {
    if (offset > this.at) {
      const last = this.text.lastIndexOf("\n", offset - 1);
      this.lineStart = Math.max(this.lineStart, last + 1);
      this.at = offset;
    }
  }
}

function isLetter(code: number): boolean {
  return code >= 97 && code <= 122;
}
