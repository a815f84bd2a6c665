import { atEnd, type Cursor, sign, unsure } from "./cursor";
import { ReadScalar, type YamlList, type YamlMap, type YamlNode } from "./node";
import { properties } from "./properties";
import { emptyScalar, quotedScalar } from "./scalarReader";

/** Reads a flow collection; its lines are indented more than `parentIndent`. */
export function flowCollection(
  cursor: Cursor,
  parentIndent: number,
  depth: number,
): YamlMap | YamlList {
  if (depth < 0) {
    // The collections are too deep.
    throw unsure;
  }
  const isMap = cursor.code() === sign.openMap;
  const close = isMap ? sign.closeMap : sign.closeList;
  const { nodes } = cursor;
  const { size } = nodes;
  cursor.at++;
  for (;;) {
    skip(cursor, parentIndent);
    if (cursor.code() === close) {
      cursor.at++;
      return isMap ? nodes.takeMap(size) : nodes.takeList(size);
    }
    const first = flowNode(cursor, parentIndent, depth);
    skip(cursor, parentIndent);
    const isKey = cursor.code() === sign.colon;
    if (isKey) {
      if (first?.type !== "scalar") {
        // A key is no scalar.
        throw unsure;
      }
      const value = flowValue(cursor, parentIndent, depth);
      if (isMap) {
        nodes.add(value, first.value);
      } else {
        nodes.add({ type: "map", keys: [first.value], values: [value] });
      }
    } else if (isMap) {
      // A key has no value.
      throw unsure;
    } else {
      nodes.add(first);
    }
    skip(cursor, parentIndent);
    if (cursor.code() === sign.comma) {
      cursor.at++;
    } else if (cursor.code() !== close) {
      // A collection is not closed.
      throw unsure;
    }
  }
}

/** The value behind the colon that the cursor is at. */
function flowValue(
  cursor: Cursor,
  parentIndent: number,
  depth: number,
): YamlNode {
  cursor.at++;
  skip(cursor, parentIndent);
  const code = cursor.code();
  return code === sign.comma ||
    code === sign.closeMap ||
    code === sign.closeList
    ? emptyScalar(cursor, cursor.at)
    : flowNode(cursor, parentIndent, depth);
}

function flowNode(
  cursor: Cursor,
  parentIndent: number,
  depth: number,
): YamlNode {
  const tag = properties(cursor)?.tag ?? null;
  switch (cursor.code()) {
    case sign.openMap:
    case sign.openList:
      return flowCollection(cursor, parentIndent, depth - 1);
    case sign.double:
    case sign.single:
      return quotedScalar(cursor, parentIndent, tag);
    case sign.asterisk: {
      // An alias: up to what separates.
      const end = flowPlainEnd(cursor);
      if (cursor.text.slice(cursor.at, end).includes(" ")) {
        // Something stands behind an alias.
        throw unsure;
      }
      cursor.at = end;
      return null;
    }
    default:
      return flowPlain(cursor, tag);
  }
}

const noStart = /^[-?:](?:[\s,[\]{}]|$)|^[,[\]{}#&!|>%@`]/;

function flowPlain(cursor: Cursor, tag: string | null): YamlNode {
  const { at: start, text } = cursor;
  const end = flowPlainEnd(cursor);
  if (end === start || noStart.test(text.slice(start, start + 2))) {
    // No value is where one has to be.
    throw unsure;
  }
  cursor.at = end;
  return new ReadScalar(text, start, end, "plain", tag, null);
}

/** Where a plain text in a collection ends, on the line of the cursor. */
function flowPlainEnd(cursor: Cursor): number {
  const { at: start, text } = cursor;
  let at = start;
  for (; ; at++) {
    const code = cursor.code(at);
    if (
      code === atEnd ||
      code === sign.newline ||
      code === sign.comma ||
      code === sign.openList ||
      code === sign.closeList ||
      code === sign.openMap ||
      code === sign.closeMap ||
      (code === sign.colon && isAfterKey(cursor, at + 1)) ||
      (code === sign.hash && cursor.isSpace(at - 1))
    ) {
      break;
    }
  }
  while (at > start && cursor.isSpace(at - 1)) {
    at--;
  }
  return text.charCodeAt(at - 1) === sign.return ? at - 1 : at;
}

function isAfterKey(cursor: Cursor, offset: number): boolean {
  const code = cursor.code(offset);
  return (
    cursor.isSpace(offset) ||
    code === sign.return ||
    code === sign.comma ||
    code === sign.openList ||
    code === sign.closeList ||
    code === sign.openMap ||
    code === sign.closeMap
  );
}

/** Goes to the next sign, which on a line below has to be indented. */
function skip(cursor: Cursor, parentIndent: number): void {
  const { lineStart } = cursor;
  cursor.next();
  if (cursor.at >= cursor.end) {
    // A collection is not closed.
    throw unsure;
  }
  // The sign that closes a collection may stand where the line began that opened it.
  const least = isClose(cursor.code()) ? parentIndent : parentIndent + 1;
  if (cursor.lineStart !== lineStart && cursor.column < least) {
    // A line of a collection is not indented.
    throw unsure;
  }
}

function isClose(code: number): boolean {
  return code === sign.closeMap || code === sign.closeList;
}
