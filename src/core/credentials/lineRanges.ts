import type { OffsetRange } from "./finding";

/**
 * The lines of a text, their breaks left out, by any offset. The last one is kept: to look for the ends of one long
 * line again and again would take time by its square.
 */
export class LineRanges {
  private last: OffsetRange = { start: 0, end: -1 };

  constructor(private readonly text: string) {}

  /** The line that an offset is in; a break belongs to the line that it ends. */
  at(offset: number): OffsetRange {
    const { start, end } = this.last;
    if (offset < start || offset > end) {
      const breakAt = this.text.indexOf("\n", offset);
      this.last = {
        start: this.text.lastIndexOf("\n", offset - 1) + 1,
        end: breakAt < 0 ? this.text.length : breakAt,
      };
    }
    return this.last;
  }
}
