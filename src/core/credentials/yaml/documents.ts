import type { OffsetRange } from "../finding";
import { matchesOf } from "../matches";

const mark = /^(?:---|\.\.\.)(?=[ \t\r\n]|$)/gm;

/** Where the documents of a text are; a mark belongs to none of them when nothing but a comment stands behind it. */
export function documentRanges(text: string): OffsetRange[] {
  const ranges: OffsetRange[] = [];
  let start = text.startsWith("\uFEFF") ? 1 : 0;
  const add = (end: number): void => {
    if (end > start) {
      ranges.push({ start, end });
    }
  };
  for (const match of matchesOf(text, mark)) {
    add(match.index);
    start = match.index + 3;
  }
  add(text.length);
  return ranges;
}
