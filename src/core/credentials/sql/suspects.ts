import { Lookahead } from "../../sql/lookahead";
import {
  isLexed,
  lexSegment,
  outlineSegments,
  type LexedSegment,
} from "../../sql/segments";
import { Hints } from "../gate";

/** Gives the segments of a text that can hold a credential, with their tokens: the rest, most of a file, is not looked at. */
export function suspectSegments(
  text: string,
  take: (segment: LexedSegment) => void,
): void {
  const hints = new Hints(text);
  if (hints.isDone()) {
    return;
  }
  const lookahead = new Lookahead(text);
  outlineSegments(
    lookahead,
    (start) => isSuspectFrom(text, start, hints),
    (segment) => {
      if (hints.isIn(segment)) {
        const { breaks, start } = segment;
        const lexed = isLexed(segment)
          ? segment
          : lexSegment(lookahead, start, breaks);
        take(lexed);
      }
      return !hints.isDone();
    },
  );
}

/** True where a segment begins of which no semicolon is before what may be a credential: its tokens will be needed. */
function isSuspectFrom(text: string, start: number, hints: Hints): boolean {
  const end = text.indexOf(";", start);
  return hints.isBetween(start, end < 0 ? text.length : end);
}
