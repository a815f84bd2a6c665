import type { Finding } from "../core/credentials/finding";
import type { DocumentRange } from "../protocol/server";

/** A finding with its place as the protocol has it. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: DocumentRange;
}

/** True when two ranges share a place, ends included. */
export function touches(a: DocumentRange, b: DocumentRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

/** True when two ranges are the same. */
export function sameRange(a: DocumentRange, b: DocumentRange): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

type Position = DocumentRange["start"];

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
