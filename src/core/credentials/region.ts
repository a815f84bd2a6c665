import { firstIndex } from "../collections/firstIndex";
import { contentRange } from "../sql/tokenText";
import type { Token } from "../sql/token";
import type { OffsetRange } from "./finding";

/** A piece of text that is read on its own, and where each of its characters lies in the document. */
export interface Region {
  readonly text: string;
  /** Document offset of the character at `offset`. */
  at(offset: number): number;
}

/** A whole document. */
export function documentRegion(text: string): Region {
  return { text, at: (offset) => offset };
}

/** The document range of a range of the region. */
export function regionRange(region: Region, range: OffsetRange): OffsetRange {
  const start = region.at(range.start);
  return {
    start,
    end: range.end > range.start ? region.at(range.end - 1) + 1 : start,
  };
}

/** A part of a region, character by character the same. */
export function subRegion(region: Region, range: OffsetRange): Region {
  return {
    text: region.text.slice(range.start, range.end),
    at: (offset) => region.at(range.start + offset),
  };
}

/** The content of a string token as it is read: `''` and `\'` are one character of it. */
export function stringRegion(region: Region, token: Token): Region {
  const range = contentRange(region.text, token);
  const raw = region.text.slice(range.start, range.end);
  if (!mayEscape(raw, token)) {
    return { text: raw, at: (offset) => region.at(range.start + offset) };
  }
  const { pairs, text } = unescaped(raw, token);
  return {
    text,
    at: (offset) => {
      const isBehind = (each: number): boolean =>
        (pairs[each] ?? Infinity) >= offset;
      const before = firstIndex(pairs.length, isBehind);
      return region.at(range.start + offset + before);
    },
  };
}

/** The same without where its characters lie. */
export function stringText(text: string, token: Token): string {
  const { start, end } = contentRange(text, token);
  const raw = text.slice(start, end);
  return mayEscape(raw, token) ? unescaped(raw, token).text : raw;
}

/** False for a content that reads as it is written. */
function mayEscape(raw: string, { kind }: Token): boolean {
  return (
    kind !== "dollarString" &&
    (raw.includes("''") || (kind === "escapeString" && raw.includes("\\")))
  );
}

/** The text that a content with escapes reads as, and the offsets of those of its characters that are written as two. */
function unescaped(
  raw: string,
  { kind }: Token,
): { readonly text: string; readonly pairs: readonly number[] } {
  const isEscape = kind === "escapeString";
  const pairs: number[] = [];
  let text = "";
  let from = 0;
  for (let index = 0; index < raw.length; index++) {
    const code = raw.charCodeAt(index);
    const isEscaped = code === 0x5c && isEscape;
    if (isEscaped || (code === 0x27 && raw.charCodeAt(index + 1) === 0x27)) {
      text += raw.slice(from, index);
      pairs.push(text.length);
      index++;
      text += isEscaped ? escapedBy(raw.charAt(index)) : "'";
      from = index + 1;
    }
  }
  return { text: text + raw.slice(from), pairs };
}

function escapedBy(letter: string): string {
  switch (letter) {
    case "n":
      return "\n";
    case "t":
      return "\t";
    default:
      return letter;
  }
}

/** Pieces of a region read as one text, a line break between them: comment lines that belong together. */
export function joinRegions(
  region: Region,
  pieces: readonly OffsetRange[],
): Region {
  const begins: number[] = [];
  let length = 0;
  const texts = pieces.map((piece) => {
    begins.push(length);
    length += piece.end - piece.start + 1;
    return region.text.slice(piece.start, piece.end);
  });
  return {
    text: texts.join("\n"),
    at: (offset) => {
      const behind = firstIndex(
        begins.length,
        (each) => (begins[each] ?? 0) > offset,
      );
      const index = Math.max(0, behind - 1);
      const piece = pieces[index];
      return region.at(
        Math.min(
          (piece?.start ?? 0) + offset - (begins[index] ?? 0),
          piece?.end ?? 0,
        ),
      );
    },
  };
}

/** The same region with each match of `pattern` blanked, so that offsets stay. */
export function blanked(region: Region, pattern: RegExp): Region {
  const text = region.text.replace(pattern, (match) =>
    " ".repeat(match.length),
  );
  return { text, at: (offset) => region.at(offset) };
}
