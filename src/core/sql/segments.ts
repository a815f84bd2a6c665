import { Lookahead } from "./lookahead";
import { PlainReader } from "./plainSegment";
import { holdsStatementInLine, holdsStatements, isLineBound } from "./recover";
import { SegmentLexer } from "./segmentLexer";
import type { Token } from "./token";

/**
 * A part of a text that is read on its own: from where a statement may begin to behind its semicolon (and the data of
 * a `COPY … FROM stdin`), or to the end of the text.
 */
export interface Segment {
  readonly start: number;
  readonly end: number;
  /** The segment depends on no character from here on. */
  readonly reach: number;
  /** Offsets of quotes that have no closing, which were found out from what follows: each ends at its line's end. */
  readonly breaks: readonly number[];
  /** True when its last token is a string or quoted identifier without a closing. */
  readonly isOpen: boolean;
  /** True when a string or quoted identifier in it goes over a line break. */
  readonly quotesLines: boolean;
}

/** A segment that has just been read. */
export interface LexedSegment extends Segment {
  readonly tokens: readonly Token[];
}

/** True for a segment that had to be read with its tokens. */
export function isLexed(
  segment: Segment | LexedSegment,
): segment is LexedSegment {
  return "tokens" in segment;
}

/** How often a text may be read again from an unclosed string on: bounds the work to a multiple of its length. */
const maxRecoveries = 4;

/** Reads the segment of a text that begins at `start`. */
export function lexSegment(
  lookahead: Lookahead,
  start: number,
  breaks: readonly number[] = [],
): LexedSegment {
  const lexer = new SegmentLexer(lookahead, start, breaks);
  const last = lexer.tokens.at(-1);
  return {
    start,
    end: lexer.end,
    reach: lexer.reach,
    breaks,
    isOpen: last?.closed === false && isLineBound(last),
    quotesLines: lexer.tokens.some(
      (token) =>
        isLineBound(token) && lookahead.lineBreak(token.start) < token.end,
    ),
    tokens: lexer.tokens,
  };
}

/** Reads segments; without their tokens where their ends are told without them. */
export class SegmentReader {
  private readonly plain: PlainReader;

  constructor(private readonly lookahead: Lookahead) {
    this.plain = new PlainReader(lookahead);
  }

  read(start: number, breaks: readonly number[]): Segment | LexedSegment {
    const plain = breaks.length === 0 ? this.plain.read(start) : null;
    if (plain === null) {
      return lexSegment(this.lookahead, start, breaks);
    }
    const { end, quotesLines, reach } = plain;
    return { start, end, reach, breaks, isOpen: false, quotesLines };
  }
}

/** Where segments come from: read, or remembered from before an edit. */
export interface SegmentSource<S extends Segment> {
  segment(start: number, breaks: readonly number[]): S;
  /** Its tokens, read again when they are not kept. */
  tokens(segment: S): readonly Token[];
}

/** All segments of a text of a length, in order. */
export function readSegments<S extends Segment>(
  text: string,
  source: SegmentSource<S>,
): S[] {
  const segments: S[] = [];
  const readOn = (from: number): void => {
    for (let at = from; at < text.length;) {
      const segment = source.segment(at, []);
      segments.push(segment);
      at = segment.end;
    }
  };
  readOn(0);
  let first = 0;
  for (let attempt = 0; attempt < maxRecoveries; attempt++) {
    const found = findBreak(text, segments, first, source);
    const broken = segments[found?.index ?? -1];
    if (found === null || broken === undefined) {
      break;
    }
    segments.length = found.index;
    first = found.index;
    const again = source.segment(broken.start, [...broken.breaks, found.at]);
    segments.push(again);
    readOn(again.end);
  }
  return segments;
}

/** The first string that holds what is plainly other statements, when the text ends within a string. */
function findBreak<S extends Segment>(
  text: string,
  segments: readonly S[],
  first: number,
  source: SegmentSource<S>,
): { readonly index: number; readonly at: number } | null {
  if (segments.at(-1)?.isOpen !== true) {
    return null;
  }
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index];
    const suspect =
      segment === undefined || !(segment.quotesLines || segment.isOpen)
        ? undefined
        : source.tokens(segment).find((token) => isSuspect(text, token));
    if (suspect !== undefined) {
      return { index, at: suspect.start };
    }
  }
  return null;
}

function isSuspect(text: string, token: Token): boolean {
  return (
    isLineBound(token) &&
    (holdsStatements(text, token, token.closed === false) ||
      (token.closed === false && holdsStatementInLine(text, token)))
  );
}

/** The segments of a text with their tokens. */
export function lexSegments(text: string): LexedSegment[] {
  const lookahead = new Lookahead(text);
  return readSegments<LexedSegment>(text, {
    segment: (start, breaks) => lexSegment(lookahead, start, breaks),
    tokens: ({ tokens }) => tokens,
  });
}

/** The segments of a text, few of them with their tokens: what is asked for again is read again. */
export function outlineSegments(
  lookahead: Lookahead,
): (Segment | LexedSegment)[] {
  const reader = new SegmentReader(lookahead);
  return readSegments<Segment | LexedSegment>(lookahead.text, {
    segment: (start, breaks) => reader.read(start, breaks),
    tokens: ({ breaks, start }) => lexSegment(lookahead, start, breaks).tokens,
  });
}
