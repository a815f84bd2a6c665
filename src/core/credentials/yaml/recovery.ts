import { type Cursor, sign } from "./cursor";
import type { YamlBroken, YamlNode } from "./node";

/** Reads a part of a document that is not plainly blocks: the parser of all of YAML, or its lines alone. */
export type ReadOther = (start: number, end: number) => YamlNode;

/** Where a pair or an item begins, with the blanks before it; null when there is more before it on its line. */
export function startOfPart(
  { lineStart, text }: Cursor,
  at: number,
): number | null {
  for (let index = lineStart; index < at; index++) {
    if (text.charCodeAt(index) !== sign.blank) {
      return null;
    }
  }
  return lineStart;
}

/** Two parts, one behind the other, of which lines alone are read: together they tell more. Null for others. */
export function joinBroken(last: YamlNode, node: YamlNode): YamlBroken | null {
  return last?.type === "broken" &&
    node?.type === "broken" &&
    last.node === null &&
    node.node === null &&
    last.end === node.start
    ? { type: "broken", start: last.start, end: node.end, node: null }
    : null;
}

/**
 * Goes to the next pair of a map, or item of a list, whose signs are in `column`, or to what is indented less. Where the
 * lines up to there belong to is for others to tell.
 */
export function skipPart(
  cursor: Cursor,
  column: number,
  isList: boolean,
): void {
  const { end, text } = cursor;
  for (;;) {
    const next = text.indexOf("\n", cursor.at);
    if (next < 0 || next >= end) {
      cursor.at = end;
      return;
    }
    cursor.lineStart = next + 1;
    cursor.at = cursor.afterBlanks(next + 1);
    if (
      !cursor.isBreak() &&
      cursor.column <= column &&
      isStart(cursor, column, isList)
    ) {
      return;
    }
  }
}

function isStart(cursor: Cursor, column: number, isList: boolean): boolean {
  switch (cursor.code()) {
    case sign.hash:
    case sign.closeMap:
    case sign.closeList:
      return false;
    case sign.dash:
      return (
        cursor.isSpace(cursor.at + 1) && (isList || cursor.column < column)
      );
    default:
      return hasKey(cursor);
  }
}

/** True for a line with a plain or quoted text and a colon behind it. */
function hasKey(cursor: Cursor): boolean {
  const { at, text } = cursor;
  const line = text.slice(at, Math.min(cursor.lineEnd(at), at + 200));
  return /^(?:"[^"]*"|'[^']*'|[^\s"'#{}[\],&*!|>%@`:?][^#{}[\]"']*?)\s*:(?:\s|$)/.test(
    line,
  );
}

/** True for flow collections within one another, as nobody writes them: the parser takes time by the square of that. */
export function isDeep(text: string, most: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length && depth <= most; at++) {
    const code = text.charCodeAt(at);
    if (code === sign.openMap || code === sign.openList) {
      depth++;
    } else if (code === sign.closeMap || code === sign.closeList) {
      depth = Math.max(0, depth - 1);
    }
  }
  return depth > most;
}
