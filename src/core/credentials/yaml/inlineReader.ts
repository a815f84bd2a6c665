import { blockScalar } from "./blockScalar";
import { type Cursor, sign, unsure } from "./cursor";
import { flowCollection } from "./flowReader";
import type { YamlNode } from "./node";
import { plainLines, quotedScalar } from "./scalarReader";

/** Reads a scalar, a collection in flow of at most `depth` levels, or an alias. */
export function inlineNode(
  cursor: Cursor,
  parentIndent: number,
  depth: number,
  tag: string | null,
): YamlNode {
  switch (cursor.code()) {
    case sign.bar:
    case sign.greater:
      return blockScalar(cursor, parentIndent, tag);
    case sign.double:
    case sign.single:
      return quotedScalar(cursor, parentIndent, tag);
    case sign.openList:
    case sign.openMap:
      return flowCollection(cursor, parentIndent, depth);
    case sign.asterisk:
      return alias(cursor);
    default:
      if (!cursor.isPlainStart()) {
        // A value begins with a sign.
        throw unsure;
      }
      return plainLines(cursor, parentIndent, tag);
  }
}

function alias(cursor: Cursor): null {
  while (!cursor.isSpace(cursor.at)) {
    cursor.at++;
  }
  return null;
}
