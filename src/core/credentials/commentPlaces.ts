import { firstIndex } from "../collections/firstIndex";
import { lexTolerantly, type Token } from "../sql/lexer";
import { contentRange } from "../sql/tokenText";
import type { OffsetRange } from "./finding";
import type { LintLanguage } from "./language";
import { LineRanges } from "./lineRanges";
import { readEntries } from "./yaml/entries";

/** Where a text has comments, and which of its values run over several lines. */
export interface CommentPlaces {
  /** The comment that an offset is in, or null: the words of a string are no comment. */
  commentAt(offset: number): OffsetRange | null;
  /** The string or scalar around an offset when it has several lines, within which no comment can stand. */
  valueAt(offset: number): OffsetRange | null;
}

/** Longer texts are not parsed for this: their lines are looked at. */
const maxParsed = 250_000;

/** The comments of a text. Never throws. */
export function commentPlaces(
  text: string,
  language: LintLanguage,
): CommentPlaces {
  if (language === "sql") {
    return new SqlPlaces(text);
  }
  return new HashPlaces(text, language === "yaml" ? scalars(text) : []);
}

class SqlPlaces implements CommentPlaces {
  private readonly tokens: readonly Token[];
  /** The token that was asked for last: the next is it again, or one close behind it. */
  private last = 0;
  /** By where they begin: each has as many marks as it has. */
  private readonly bodies = new Map<number, SqlPlaces>();
  private readonly lines: LineRanges;

  constructor(private readonly text: string) {
    this.tokens = lexTolerantly(text);
    this.lines = new LineRanges(text);
  }

  commentAt(offset: number): OffsetRange | null {
    const token = this.tokenAt(offset);
    switch (token?.kind) {
      case "comment":
        return { start: token.start, end: token.end };
      case "dollarString": {
        // The body of a function is SQL of its own.
        const { start, end } = contentRange(this.text, token);
        const inner =
          this.bodies.get(start) ?? new SqlPlaces(this.text.slice(start, end));
        this.bodies.set(start, inner);
        const found = offset >= start ? inner.commentAt(offset - start) : null;
        return found === null
          ? null
          : { start: found.start + start, end: found.end + start };
      }
      default:
        return null;
    }
  }

  private tokenAt(offset: number): Token | undefined {
    const { last, tokens } = this;
    for (let index = last; index < last + 3; index++) {
      const token = tokens[index];
      if (token === undefined || offset < token.start) {
        break;
      }
      if (offset < token.end) {
        this.last = index;
        return token;
      }
    }
    const index = indexAt(tokens, offset);
    if (index < 0) {
      return undefined;
    }
    this.last = index;
    return tokens[index];
  }

  valueAt(offset: number): OffsetRange | null {
    const token = this.tokenAt(offset);
    const isString = token?.kind === "string" || token?.kind === "escapeString";
    return isString && this.lines.at(token.start).end < token.end
      ? { start: token.start, end: token.end }
      : null;
  }
}

function tokenAt<T extends OffsetRange>(
  tokens: readonly T[],
  offset: number,
): T | undefined {
  const index = indexAt(tokens, offset);
  return index < 0 ? undefined : tokens[index];
}

/** The index of the token that an offset is in, or -1. */
function indexAt(tokens: readonly OffsetRange[], offset: number): number {
  const behind = firstIndex(
    tokens.length,
    (each) => (tokens[each]?.start ?? 0) > offset,
  );
  return offset < (tokens[behind - 1]?.end ?? 0) ? behind - 1 : -1;
}

interface ScalarPlace extends OffsetRange {
  readonly isBlock: boolean;
}

/** No line of a person's has more of them; each costs the line up to it. */
const maxMarksInLine = 100;

/** Comments that begin with `#`: YAML and env files. */
class HashPlaces implements CommentPlaces {
  private readonly scalars: readonly ScalarPlace[];
  /** Where the comment of a line begins, by where the line does; null where there is none. */
  private readonly comments = new Map<number, number | null>();
  private readonly lines: LineRanges;
  /** Those in which scalars begin: each of both is asked for again and again. */
  private readonly begins: LineRanges;

  constructor(
    private readonly text: string,
    scalars: readonly ScalarPlace[],
  ) {
    this.lines = new LineRanges(text);
    this.begins = new LineRanges(text);
    this.scalars = [...scalars].sort((a, b) => a.start - b.start);
  }

  commentAt(offset: number): OffsetRange | null {
    const { comments, text } = this;
    const { start: lineStart, end } = this.lines.at(offset);
    let start = comments.get(lineStart);
    if (start === undefined) {
      start = this.commentIn(lineStart, text.slice(lineStart, end));
      comments.set(lineStart, start);
    }
    return start !== null && start < offset ? { start, end } : null;
  }

  private commentIn(lineStart: number, line: string): number | null {
    let marks = 0;
    for (const match of line.matchAll(/(?<!\S)(?:#|--|\/\*|\/\/)/g)) {
      if (++marks > maxMarksInLine) {
        break;
      }
      const start = lineStart + match.index;
      const around = tokenAt(this.scalars, start);
      const isHash = match[0] === "#";
      // Within a block scalar there can be a script or SQL, with comments of its own.
      const isComment =
        around === undefined
          ? isHash && !isQuoted(line.slice(0, match.index))
          : around.isBlock;
      if (isComment) {
        return start;
      }
    }
    return null;
  }

  valueAt(offset: number): OffsetRange | null {
    const around = tokenAt(this.scalars, offset);
    return around !== undefined && this.begins.at(around.start).end < around.end
      ? { start: around.start, end: around.end }
      : null;
  }
}

/** True when a quote that begins a value is still open at the end of a piece of line. */
function isQuoted(piece: string): boolean {
  const rest = piece.replaceAll(
    /(?<=^|[\s:=,[{-])(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')/g,
    "",
  );
  return /(?<=^|[\s:=,[{-])["']/.test(rest);
}

function scalars(text: string): ScalarPlace[] {
  if (text.length > maxParsed) {
    return [];
  }
  try {
    return readEntries(text).map(({ whole, range, style }) => ({
      start: whole.start,
      end: Math.max(range.end, style === "block" ? range.end : whole.end),
      isBlock: style === "block",
    }));
  } catch {
    // Too broken to parse: its lines are looked at.
    return [];
  }
}
