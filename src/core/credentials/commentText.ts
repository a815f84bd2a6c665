import type { OffsetRange } from "./finding";
import { joinRegions, subRegion, type Region } from "./region";
import { LineRanges } from "./lineRanges";
import { mayHoldMark, readMarks } from "./suppressionMarks";

/**
 * A comment as it is without the marks in it, and then what stands behind each of them: neither the words of a mark nor
 * its reason may decide on what is beside it, and no mark hides what it does not name.
 */
export function withoutMarks(comment: Region): readonly Region[] {
  const { text } = comment;
  const marks = mayHoldMark(text, true) ? readMarks(text) : [];
  if (marks.length === 0) {
    return [comment];
  }
  const kept: OffsetRange[] = [];
  const reasons: OffsetRange[] = [];
  const lines = new LineRanges(text);
  let from = 0;
  marks.forEach(({ range }, index) => {
    if (range.start >= from) {
      const end = beforeMark(text, from, range.start);
      kept.push({ start: from, end });
      from = behindMark(text, end, range.end, lines);
    }
    const next = marks[index + 1]?.range.start ?? text.length;
    const end = next < from ? beforeMark(text, range.end, next) : from;
    reasons.push({ start: range.end, end });
  });
  kept.push({ start: from, end: text.length });
  return [
    joinRegions(comment, kept),
    ...reasons
      .filter(({ start, end }) => end > start)
      .map((range) => subRegion(comment, range)),
  ];
}

/** A piece of a comment's line up to the first mark in it. */
export function upToMark(piece: string): string {
  const [first] = mayHoldMark(piece, true) ? readMarks(piece) : [];
  return first === undefined
    ? piece
    : piece.slice(0, beforeMark(piece, 0, first.range.start));
}

/** What begins a comment in a comment, or what a mark is put in. */
const opener = /(?:(?:<!)?--+|\/\*+|(?<!\S)(?:#+|\/\/|[([{–—-]))$/;

/** What that ends with. */
const closers = "-*#/([{–—";

/** The end of what is before a mark, the blanks and the openings of its own comment left out. */
function beforeMark(text: string, from: number, mark: number): number {
  let end = blanksBefore(text, from, mark);
  for (;;) {
    if (end === from || !closers.includes(text.charAt(end - 1))) {
      return end;
    }
    const found = opener.exec(text.slice(Math.max(from, end - 5), end));
    if (found === null) {
      return end;
    }
    end = blanksBefore(text, from, end - found[0].length);
  }
}

function blanksBefore(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isBlank(text.charCodeAt(at - 1))) {
    at--;
  }
  return Math.max(from, at);
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}

/** How much of a line is the mark's at most. */
const maxReason = 1000;

/** Where the next line begins, or the end of a comment in the comment; what follows it when its opening is left out, too. */
function behindMark(
  text: string,
  start: number,
  from: number,
  lines: LineRanges,
): number {
  const { end } = lines.at(from);
  const close = text.slice(from, Math.min(end, from + maxReason)).indexOf("*/");
  if (close < 0) {
    return Math.min(end + 1, text.length);
  }
  return from + close + (text.slice(start, from).includes("/*") ? 2 : 0);
}
