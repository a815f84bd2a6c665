import {
  lexSegments,
  type LexedSegment,
  type Segment,
} from "../../sql/segments";
import { Hints, mayHoldCredential } from "../gate";

/** The segments of a text that can hold a credential, with their tokens: the rest, most of a file, is not looked at. */
export function* suspectSegments(text: string): Generator<LexedSegment> {
  const hints = new Hints(text);
  let hint = hints.first(0);
  if (hint === null) {
    return;
  }
  for (const segment of lexSegments(text)) {
    if (hint.start >= segment.end) {
      continue;
    }
    // What goes on behind the segment's end is told by the segment alone, as when it is read again after an edit.
    if (hint.end <= segment.end || mayHoldSegment(text, segment)) {
      yield segment;
    }
    hint = hints.first(segment.end);
    if (hint === null) {
      return;
    }
  }
}

/** True when the segment can hold a credential. It depends on the segment's own text alone. */
function mayHoldSegment(text: string, segment: Segment): boolean {
  return mayHoldCredential(text.slice(segment.start, segment.end));
}
