import { Lookahead } from "./lookahead";
import {
  lexSegment,
  readSegments,
  SegmentReader,
  type Segment,
} from "./segments";
import type { Token } from "./token";

/** A change to a text: what was between two offsets is `text` now. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A segment, something that was found out about it, and where it was then. It moves in place: an edit moves many. */
interface Kept<T> extends Segment {
  start: number;
  end: number;
  reach: number;
  breaks: readonly number[];
  found: T | undefined;
  foundAt: number;
}

/** What is known of one segment of the text as it is now. */
export interface SegmentFinding<T> {
  readonly found: T;
  /** How far the segment has moved since. */
  readonly moved: number;
}

/**
 * The segments of a text that is being edited, each with what was found out about it. An edit costs the segments that
 * depend on what it changed; the others move.
 */
export class SegmentCache<T> {
  /** Those that do not depend on what follows, by where they begin, and those that do. */
  private plain = new Map<number, Kept<T>>();
  private broken: Kept<T>[] = [];
  private current: Kept<T>[] | undefined;

  /** `read` finds out what is to be known of a segment, from its own text and, when asked for, tokens alone. */
  constructor(
    private text: string,
    private readonly read: (
      text: string,
      segment: Segment,
      tokens: () => readonly Token[],
    ) => T,
  ) {}

  /** Takes a change, and the text after it; what depends on it is read when it is asked for. */
  change(change: TextChange, text: string): void {
    this.text = text;
    const plain = new Map<number, Kept<T>>();
    for (const each of this.plain.values()) {
      if (staysAfter(each, change)) {
        plain.set(each.start, each);
      }
    }
    this.plain = plain;
    this.broken = this.broken.filter((each) => staysAfter(each, change));
    this.current = undefined;
  }

  /** What is known of each segment of the text, in order. */
  segments(): SegmentFinding<T>[] {
    this.current ??= this.readAll();
    return this.current.map(({ found, foundAt, start }) => ({
      found: found as T,
      moved: start - foundAt,
    }));
  }

  private readAll(): Kept<T>[] {
    const { text } = this;
    const lookahead = new Lookahead(text);
    const reader = new SegmentReader(lookahead);
    const plain = new Map<number, Kept<T>>();
    const broken: Kept<T>[] = [];
    const tokensOf = (segment: Segment): readonly Token[] =>
      lexSegment(lookahead, segment.start, segment.breaks).tokens;
    const chain = readSegments<Kept<T>>(lookahead, {
      segment: (start, breaks) => {
        let segment =
          breaks.length === 0
            ? this.plain.get(start)
            : this.broken.find(
                (each) =>
                  each.start === start && each.breaks.join() === breaks.join(),
              );
        segment ??= unknown<T>(reader.read(start, breaks));
        if (breaks.length === 0) {
          plain.set(start, segment);
        } else {
          broken.push(segment);
        }
        return segment;
      },
      tokens: tokensOf,
    });
    for (const segment of chain) {
      if (segment.found === undefined) {
        segment.found = this.read(text, segment, () => tokensOf(segment));
        segment.foundAt = segment.start;
      }
    }
    this.plain = plain;
    this.broken = broken;
    return chain;
  }
}

function unknown<T>({
  breaks,
  end,
  isOpen,
  quotesLines,
  reach,
  start,
}: Segment): Kept<T> {
  const found = undefined;
  return {
    start,
    end,
    reach,
    breaks,
    isOpen,
    quotesLines,
    found,
    foundAt: start,
  };
}

/** Moves a segment with a change; false when it depends on what was changed. */
function staysAfter<T>(
  segment: Kept<T>,
  { start, end, text }: TextChange,
): boolean {
  if (segment.reach <= start) {
    return true;
  }
  const by = start + text.length - end;
  // What begins a text is read otherwise than what follows a semicolon.
  if (segment.start < end || segment.start === 0 || segment.start + by <= 0) {
    return false;
  }
  segment.start += by;
  segment.end += by;
  segment.reach += by;
  if (segment.breaks.length > 0) {
    segment.breaks = segment.breaks.map((at) => at + by);
  }
  return true;
}
