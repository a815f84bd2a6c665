import { Lookahead } from "./lookahead";
import { PlainReader } from "./plainSegment";
import { isLineBound, type Recovery } from "./recover";
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
  /** Offsets of quotes that have no closing, which were found out from what follows: each ends on its own line. */
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

const noBreaks: readonly number[] = [];

/** How often a text may be read again from an unclosed string on: bounds the work to a multiple of its length. */
const maxRecoveries = 4;

/** Reads the segment of a text that begins at `start`. */
export function lexSegment(
  lookahead: Lookahead,
  start: number,
  breaks: readonly number[] = noBreaks,
  recovery: Recovery = "all",
): LexedSegment {
  const lexer = new SegmentLexer(lookahead, start, breaks, recovery);
  const { end, quotesLines, reach, tokens } = lexer;
  const last = tokens.at(-1);
  const isOpen = last?.closed === false && isLineBound(last);
  return { start, end, reach, breaks, isOpen, quotesLines, tokens };
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

/** All segments of a text from where one begins, in order. */
export function readSegments<S extends Segment>(
  lookahead: Lookahead,
  source: SegmentSource<S>,
  start = 0,
  recovery: Recovery = "all",
): S[] {
  const { text } = lookahead;
  const segments: S[] = [];
  const readOn = (from: number): void => {
    for (let at = from; at < text.length;) {
      const segment = source.segment(at, noBreaks);
      segments.push(segment);
      at = segment.end;
    }
  };
  readOn(start);
  if (recovery === "none") {
    return segments;
  }
  let first = 0;
  for (let attempt = 0; attempt < maxRecoveries; attempt++) {
    const found = findBreak(lookahead, segments, first, source, recovery);
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
  lookahead: Lookahead,
  segments: readonly S[],
  first: number,
  source: SegmentSource<S>,
  recovery: Recovery,
): { readonly index: number; readonly at: number } | null {
  if (segments.at(-1)?.isOpen !== true) {
    return null;
  }
  for (let index = first; index < segments.length; index++) {
    const segment = segments[index];
    const suspect =
      segment === undefined || !(segment.quotesLines || segment.isOpen)
        ? undefined
        : source
            .tokens(segment)
            .find((token) => isSuspect(lookahead, token, recovery));
    if (suspect !== undefined) {
      return { index, at: suspect.start };
    }
  }
  return null;
}

/** True when the code behind a string goes on as it does behind a right one. */
function goesOn(text: string, { end }: Token): boolean {
  return /^\s{0,100}(?:[),;\]]|::)/.test(text.slice(end, end + 102));
}

function isSuspect(
  lookahead: Lookahead,
  token: Token,
  recovery: Recovery,
): boolean {
  const isLikely = recovery === "all" && token.closed === false;
  if (
    recovery === "lines" &&
    token.closed !== false &&
    goesOn(lookahead.text, token)
  ) {
    return false;
  }
  return isLineBound(token) && lookahead.holdsStatements(token, isLikely);
}

/** The segments of a text with their tokens. */
export function lexSegments(
  text: string,
  recovery: Recovery = "all",
): LexedSegment[] {
  const lookahead = new Lookahead(text);
  return readSegments<LexedSegment>(
    lookahead,
    {
      segment: (start, breaks) =>
        lexSegment(lookahead, start, breaks, recovery),
      tokens: ({ tokens }) => tokens,
    },
    0,
    recovery,
  );
}

/**
 * Gives the segments of a text in order, each as soon as it is known, until `take` says that it has seen enough: the
 * rest is not read. With their tokens where `wantsTokens` says so of a beginning, and where nothing else tells their ends.
 */
export function outlineSegments(
  lookahead: Lookahead,
  wantsTokens: (start: number) => boolean,
  take: (segment: Segment | LexedSegment) => boolean,
): void {
  const { text } = lookahead;
  const reader = new SegmentReader(lookahead);
  for (let at = 0; at < text.length;) {
    const segment = wantsTokens(at)
      ? lexSegment(lookahead, at)
      : reader.read(at, noBreaks);
    if (segment.quotesLines || segment.isOpen) {
      // What comes at the end of the text may tell that a string of it is not closed where it seems to be.
      const rest = readSegments<Segment | LexedSegment>(
        lookahead,
        {
          segment: (start, breaks) =>
            start === at && breaks.length === 0
              ? segment
              : reader.read(start, breaks),
          tokens: (each) =>
            isLexed(each)
              ? each.tokens
              : lexSegment(lookahead, each.start, each.breaks).tokens,
        },
        at,
      );
      rest.every(take);
      return;
    }
    if (!take(segment)) {
      return;
    }
    at = segment.end;
  }
}
