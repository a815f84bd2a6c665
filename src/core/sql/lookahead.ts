import { nestedCommentEnd, stringEnd, type CommentMark } from "./scan";

/**
 * What is looked for beyond a token in one text, each search that failed remembered: looking again from further on
 * would be quadratic. What it answers depends on the text and the offset alone, never on what was asked before.
 */
export class Lookahead {
  /** For each closing, an offset from which on it does not occur. */
  private readonly absent = new Map<string, number>();
  /** Where block comments open that do not add up. */
  private readonly unclosed = new Set<number>();

  /** From an offset on the first line break is at another. */
  private lineFrom = 0;
  private lineAt = -1;

  /** Where a string could begin that ends where the last one with a `\'` ends. */
  private escaped: ReadonlySet<number> = new Set();
  private escapedEnd = -1;

  constructor(readonly text: string) {}

  /** The first line break from `from` on; Infinity for none. */
  lineBreak(from: number): number {
    if (from < this.lineFrom || from > this.lineAt) {
      const at = this.text.indexOf("\n", from);
      this.lineFrom = from;
      this.lineAt = at < 0 ? Infinity : at;
    }
    return this.lineAt;
  }

  /** The first `closing` from `from` on, or -1. */
  indexOf(closing: string, from: number): number {
    if (from >= (this.absent.get(closing) ?? Infinity)) {
      return -1;
    }
    const found = this.text.indexOf(closing, from);
    if (found < 0) {
      this.absent.set(closing, from);
    }
    return found;
  }

  /** Offset after the `'` that closes a standard string whose content begins at `from`; -1 when none does. */
  stringEnd(from: number): number {
    if (this.escaped.has(from)) {
      return this.escapedEnd;
    }
    const escaped: number[] = [];
    const end = stringEnd(this.text, from, escaped);
    if (escaped.length > 0) {
      this.escaped = new Set(escaped);
      this.escapedEnd = end;
    }
    return end;
  }

  /** Offset after the block comment at `at`, or -1; `nests` is false where the comments within it do not add up. */
  blockComment(at: number): { readonly end: number; readonly nests: boolean } {
    const nested = this.nestedCommentEnd(at);
    if (nested >= 0) {
      return { end: nested, nests: true };
    }
    // MySQL and others do not nest: `/* a /* b */` ends at the first closing.
    const close = this.indexOf("*/", at + 2);
    return { end: close < 0 ? -1 : close + 2, nests: false };
  }

  private nestedCommentEnd(at: number): number {
    if (this.unclosed.has(at)) {
      return -1;
    }
    const marks: CommentMark[] = [];
    const end = nestedCommentEnd(this.text, at, marks);
    if (end < 0) {
      this.remember(at, marks);
    }
    return end;
  }

  /** Which of the comments that opened within one that is not closed are not closed either. */
  private remember(at: number, marks: readonly CommentMark[]): void {
    this.unclosed.add(at);
    let lowest = marks.at(-1)?.depthAfter ?? 0;
    for (let index = marks.length - 1; index >= 0; index--) {
      const mark = marks[index];
      if (mark !== undefined) {
        lowest = Math.min(lowest, mark.depthAfter);
        if (mark.opens && lowest >= mark.depthAfter) {
          this.unclosed.add(mark.at);
        }
      }
    }
  }
}
