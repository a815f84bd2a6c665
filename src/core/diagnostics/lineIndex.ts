import { firstIndex } from "../collections/firstIndex";
/** A place in a text: line and UTF-16 column, both from 0. */
export interface LinePosition {
  readonly line: number;
  readonly column: number;
}

/** Where the lines of a text begin, to turn offsets into places. A line ends with LF, CR LF or CR, as editors have it. */
export class LineIndex {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) {
        this.starts.push(at + 1);
      }
    }
  }

  /** The place of an offset; offsets beyond the text are its end. */
  position(offset: number): LinePosition {
    const at = Math.max(0, Math.min(offset, this.text.length));
    const { starts } = this;
    const line =
      firstIndex(starts.length, (each) => (starts[each] ?? 0) > at) - 1;
    return { line, column: at - (starts[line] ?? 0) };
  }
}
