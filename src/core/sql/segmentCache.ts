import { Lookahead } from "./lookahead";
import {
  lexSegment,
  readSegment,
  readSegments,
  type Segment,
} from "./segments";
import type { Token } from "./token";

/** A change to a text: what was between two offsets is `text` now. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text after a change. */
export function changed(text: string, change: TextChange): string {
  return text.slice(0, change.start) + change.text + text.slice(change.end);
}

/** Something that was found out about a segment, and where the segment was then. */
interface Kept<T> extends Segment {
  readonly found: T | undefined;
  readonly foundAt: number;
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
    const kept = [...this.plain.values()];
    this.plain = new Map();
    for (const each of kept) {
      const after = moved(each, change);
      if (after !== null) {
        this.plain.set(after.start, after);
      }
    }
    this.broken = this.broken.flatMap((each) => moved(each, change) ?? []);
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
    const plain = new Map<number, Kept<T>>();
    const broken: Kept<T>[] = [];
    const tokensOf = (segment: Segment): readonly Token[] =>
      lexSegment(lookahead, segment.start, segment.breaks).tokens;
    const chain = readSegments<Kept<T>>(text, {
      segment: (start, breaks) => {
        let segment =
          breaks.length === 0
            ? this.plain.get(start)
            : this.broken.find(
                (each) =>
                  each.start === start && each.breaks.join() === breaks.join(),
              );
        segment ??= unknown<T>(readSegment(lookahead, start, breaks));
        if (breaks.length === 0) {
          plain.set(start, segment);
        } else {
          broken.push(segment);
        }
        return segment;
      },
      tokens: tokensOf,
    });
    const current = chain.map((segment) => {
      if (segment.found !== undefined) {
        return segment;
      }
      const found = this.read(text, segment, () => tokensOf(segment));
      const known = { ...segment, found, foundAt: segment.start };
      if (segment.breaks.length === 0) {
        plain.set(segment.start, known);
      } else {
        broken[broken.indexOf(segment)] = known;
      }
      return known;
    });
    this.plain = plain;
    this.broken = broken;
    return current;
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

/** The segment after a change, or null when it depends on what was changed. */
function moved<T>(
  segment: Kept<T>,
  { start, end, text }: TextChange,
): Kept<T> | null {
  if (segment.reach <= start) {
    return segment;
  }
  const by = start + text.length - end;
  // What begins a text is read otherwise than what follows a semicolon.
  if (segment.start < end || segment.start === 0 || segment.start + by <= 0) {
    return null;
  }
  return by === 0
    ? segment
    : {
        ...segment,
        start: segment.start + by,
        end: segment.end + by,
        reach: segment.reach + by,
        breaks: segment.breaks.map((at) => at + by),
      };
}
