import { Lookahead } from "../../sql/lookahead";
import {
  isLexed,
  lexSegment,
  outlineSegments,
  type LexedSegment,
} from "../../sql/segments";
import { Hints } from "../gate";

/** The segments of a text that can hold a credential, with their tokens: the rest, most of a file, is not looked at. */
export function* suspectSegments(text: string): Generator<LexedSegment> {
  const hints = new Hints(text);
  if (hints.isDone()) {
    return;
  }
  const lookahead = new Lookahead(text);
  for (const segment of outlineSegments(lookahead, (start) =>
    isSuspectFrom(text, start, hints),
  )) {
    if (hints.isIn(segment)) {
      yield isLexed(segment)
        ? segment
        : lexSegment(lookahead, segment.start, segment.breaks);
    }
    if (hints.isDone()) {
      return;
    }
  }
}

/** True where a segment begins of which no semicolon is before what may be a credential: its tokens will be needed. */
function isSuspectFrom(text: string, start: number, hints: Hints): boolean {
  const end = text.indexOf(";", start);
  return hints.isBetween(start, end < 0 ? text.length : end);
}
