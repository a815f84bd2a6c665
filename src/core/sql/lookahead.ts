import { holdsStatementInLine, StatementLines } from "./recover";
import { nestedCommentEnd, stringEnd, type CommentMark } from "./scan";
import type { Token } from "./token";

/**
 * What is looked for beyond a token in one text, each search that failed remembered: looking again from further on
 * would be quadratic. What it answers depends on the text and the offset alone, never on what was asked before.
 * Most texts are short, and have nothing to be remembered: what that takes is made when it is needed.
 */
export class Lookahead {
  /** For each closing, an offset from which on it does not occur. */
  private absent: Map<string, number> | undefined;
  /** Where block comments open that do not add up. */
  private unclosed: Set<number> | undefined;

  /** From an offset on the first line break is at another. */
  private lineFrom = 0;
  private lineAt = -1;

  /** Where strings that could begin behind a `\'` end: where the one that it is in does. */
  private escapedEnds: Map<number, number> | undefined;
  /** Those that were met in the string at hand. */
  private readonly escaped: number[] = [];

  private suspectLines: StatementLines | undefined;
  private statementLines: StatementLines | undefined;

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

  /** Where the line of `from` ends, its break left out. */
  lineEnd(from: number): number {
    const at = this.lineBreak(from);
    if (at === Infinity) {
      return this.text.length;
    }
    return at > from && this.text.charCodeAt(at - 1) === 13 ? at - 1 : at;
  }

  /**
   * True when what is quoted is plainly other statements, line by line. What `isSuspect` may also hold one in its own
   * line: a word sticks to its end, or it has none.
   */
  holdsStatements(
    { start, end }: Pick<Token, "start" | "end">,
    isSuspect: boolean,
  ): boolean {
    const { text } = this;
    const line = Math.min(end, this.lineEnd(start));
    if (isSuspect && holdsStatementInLine(text, start, line)) {
      return true;
    }
    if (this.lineBreak(start) >= end) {
      return false;
    }
    const lines = isSuspect
      ? (this.suspectLines ??= new StatementLines(text, true))
      : (this.statementLines ??= new StatementLines(text, false));
    return lines.below(start) < end;
  }

  /** The first `closing` from `from` on, or -1. */
  indexOf(closing: string, from: number): number {
    if (from >= (this.absent?.get(closing) ?? Infinity)) {
      return -1;
    }
    const found = this.text.indexOf(closing, from);
    if (found < 0) {
      this.absent ??= new Map();
      this.absent.set(closing, from);
    }
    return found;
  }

  /** Offset after the `'` that closes a standard string whose content begins at `from`; -1 when none does. */
  stringEnd(from: number): number {
    const known = this.escapedEnds?.get(from);
    if (known !== undefined) {
      return known;
    }
    const { escaped } = this;
    const end = stringEnd(this.text, from, escaped);
    if (escaped.length > 0) {
      this.escapedEnds ??= new Map();
      for (const each of escaped) {
        this.escapedEnds.set(each, end);
      }
      escaped.length = 0;
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
    if (this.unclosed?.has(at) === true) {
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
    const unclosed = (this.unclosed ??= new Set());
    unclosed.add(at);
    let lowest = marks.at(-1)?.depthAfter ?? 0;
    for (let index = marks.length - 1; index >= 0; index--) {
      const mark = marks[index];
      if (mark !== undefined) {
        lowest = Math.min(lowest, mark.depthAfter);
        if (mark.opens && lowest >= mark.depthAfter) {
          unclosed.add(mark.at);
        }
      }
    }
  }
}
