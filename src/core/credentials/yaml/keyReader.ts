import { atEnd, type Cursor, sign, unsure } from "./cursor";
import { plainValue } from "./node";
import { closingQuote } from "./scalarReader";

/** Longer keys are not read as such, nor does the parser. */
const maxKey = 1000;

/** Reads the keys of maps in blocks. */
export class KeyReader {
  /** What a key's text reads as: most are there many times. */
  private readonly names = new Map<string, string>();

  constructor(private readonly cursor: Cursor) {}

  /** The text of the key at the cursor, which goes behind its colon; null when the line has none. */
  key(): string | null {
    const { cursor } = this;
    const { at: start, text } = cursor;
    const code = cursor.code();
    if (code === sign.double || code === sign.single) {
      const end = this.quotedKeyEnd(start, code === sign.double);
      if (end === null) {
        return null;
      }
      const name = text.slice(start + 1, end);
      if (name.includes("\\") || name.includes("''")) {
        // A key has escapes.
        throw unsure;
      }
      return name;
    }
    if (!cursor.isPlainStart()) {
      return null;
    }
    const end = this.colon(start);
    return end === null ? null : this.nameOf(text.slice(start, end).trimEnd());
  }

  private nameOf(written: string): string {
    let name = this.names.get(written);
    if (name === undefined) {
      name = plainValue(written);
      this.names.set(written, name);
    }
    return name;
  }

  /** Where a quoted key ends; the cursor goes behind its colon. */
  private quotedKeyEnd(start: number, isDouble: boolean): number | null {
    const { cursor } = this;
    const end = closingQuote(cursor, start, isDouble);
    let at = end + 1;
    while (cursor.code(at) === sign.blank) {
      at++;
    }
    if (
      cursor.code(at) !== sign.colon ||
      !cursor.isSpace(at + 1) ||
      cursor.lineEnd(start) < at
    ) {
      return null;
    }
    cursor.at = at + 1;
    return end;
  }

  /** The colon behind a plain key; the cursor goes behind it. */
  private colon(start: number): number | null {
    const { cursor } = this;
    for (let at = start; ; at++) {
      const code = cursor.code(at);
      if (code === sign.colon) {
        if (cursor.isSpace(at + 1)) {
          if (at - start > maxKey) {
            // A key is too long.
            throw unsure;
          }
          cursor.at = at + 1;
          return at;
        }
      } else if (
        code === sign.newline ||
        code === atEnd ||
        (code === sign.hash && at > start && cursor.isSpace(at - 1))
      ) {
        return null;
      }
    }
  }
}
