import type { OffsetRange } from "../../../src/core/credentials/finding";

/** A text without its `«…»` marks, and the ranges that they marked. */
export interface Marked {
  readonly text: string;
  readonly ranges: readonly OffsetRange[];
}

/** Takes the marks out of a text. */
export function unmark(marked: string): Marked {
  const ranges: OffsetRange[] = [];
  let text = "";
  let start = 0;
  for (const character of marked) {
    if (character === "«") {
      start = text.length;
    } else if (character === "»") {
      ranges.push({ start, end: text.length });
    } else {
      text += character;
    }
  }
  return { text, ranges };
}
