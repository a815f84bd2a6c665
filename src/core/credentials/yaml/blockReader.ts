import { type Cursor, sign, Unsure } from "./cursor";
import { blockScalar } from "./blockScalar";
import { flowCollection } from "./flowReader";
import { KeyReader } from "./keyReader";
import type { YamlList, YamlMap, YamlNode } from "./node";
import { properties } from "./properties";
import { emptyScalar, plainLines, quotedScalar } from "./scalarReader";

/** Deeper nesting than this is no configuration that a person wrote. */
const maxDepth = 60;

/**
 * Reads a document by its indentation: maps and lists in blocks, and scalars and flow collections of any style in them.
 * That is what files consist of, and for it this is many times faster than a parser of all of YAML. Throws `Unsure`
 * for whatever else there is.
 */
export function readBlocks(cursor: Cursor): YamlNode {
  cursor.next();
  if (cursor.at >= cursor.end) {
    return null;
  }
  const node = new BlockReader(cursor).node(-1, 0);
  if (cursor.at < cursor.end) {
    throw new Unsure("something stands behind the document");
  }
  return node;
}

class BlockReader {
  private readonly keys: KeyReader;

  constructor(private readonly cursor: Cursor) {
    this.keys = new KeyReader(cursor);
  }

  /** The node at the cursor, which may be a map or a list in a block. */
  node(parentIndent: number, depth: number): YamlNode {
    const { cursor } = this;
    if (depth > maxDepth) {
      throw new Unsure("the blocks are too deep");
    }
    if (this.isMark(sign.dash)) {
      return this.list(cursor.column, depth);
    }
    const column = cursor.column;
    const key = this.keys.key();
    return key === null
      ? this.content(parentIndent, depth)
      : this.map(column, key, depth);
  }

  /** True at a dash or a question mark that stands alone. */
  private isMark(code: number): boolean {
    const { cursor } = this;
    return cursor.code() === code && cursor.isSpace(cursor.at + 1);
  }

  private list(column: number, depth: number): YamlList {
    const { cursor } = this;
    const items: YamlNode[] = [];
    do {
      const { at, lineStart } = cursor;
      cursor.at++;
      cursor.next();
      if (cursor.text.charCodeAt(cursor.at - 1) === sign.tab) {
        throw new Unsure("a tab stands behind a dash");
      }
      const isBelow = cursor.lineStart !== lineStart;
      items.push(
        cursor.at >= cursor.end || (isBelow && cursor.column <= column)
          ? emptyScalar(cursor, at + 1)
          : this.node(column, depth + 1),
      );
    } while (
      cursor.at < cursor.end &&
      cursor.column === column &&
      this.isMark(sign.dash)
    );
    this.needEnd(column);
    return { type: "list", items };
  }

  /** What comes below a block is indented as far as a block around it. */
  private needEnd(column: number): void {
    const { cursor } = this;
    if (cursor.at < cursor.end && cursor.column > column) {
      throw new Unsure("a line is indented further than the block");
    }
  }

  private map(column: number, first: string, depth: number): YamlMap {
    const { cursor } = this;
    const keys: string[] = [];
    const values: YamlNode[] = [];
    let name = first;
    for (;;) {
      keys.push(name);
      values.push(this.value(column, depth + 1));
      if (cursor.at >= cursor.end || cursor.column !== column) {
        this.needEnd(column);
        return { type: "map", keys, values };
      }
      const key = this.keys.key();
      if (key === null) {
        throw new Unsure("a line of a map is no key");
      }
      name = key;
    }
  }

  /** The value of the key that the cursor is behind. */
  private value(column: number, depth: number): YamlNode {
    const { cursor } = this;
    const { at, lineStart } = cursor;
    cursor.next();
    if (cursor.at >= cursor.end) {
      return emptyScalar(cursor, at);
    }
    if (cursor.lineStart === lineStart) {
      return this.content(column, depth);
    }
    if (cursor.column > column) {
      return this.node(column, depth);
    }
    // The items of a key's list may stand right below the key.
    return cursor.column === column && this.isMark(sign.dash)
      ? this.list(column, depth)
      : emptyScalar(cursor, at);
  }

  /** A scalar, a collection in flow or an alias, and the line's end behind it. */
  private content(parentIndent: number, depth: number): YamlNode {
    const { cursor } = this;
    const { lineStart } = cursor;
    const found = properties(cursor);
    const tag = found?.tag ?? null;
    if (found !== null) {
      cursor.next();
      if (cursor.at >= cursor.end || cursor.lineStart !== lineStart) {
        return this.belowProperties(parentIndent, depth, tag);
      }
    }
    const node = this.inline(parentIndent, depth, tag);
    if (node?.type === "scalar" && node.style === "block") {
      cursor.next();
    } else {
      cursor.afterValue();
    }
    return node;
  }

  private inline(
    parentIndent: number,
    depth: number,
    tag: string | null,
  ): YamlNode {
    const { cursor } = this;
    switch (cursor.code()) {
      case sign.bar:
      case sign.greater:
        return blockScalar(cursor, parentIndent, tag);
      case sign.double:
      case sign.single:
        return quotedScalar(cursor, parentIndent, tag);
      case sign.openList:
      case sign.openMap:
        return flowCollection(cursor, parentIndent, maxDepth - depth);
      case sign.asterisk:
        return this.alias();
      default:
        if (!cursor.isPlainStart()) {
          throw new Unsure("a value begins with a sign");
        }
        return plainLines(cursor, parentIndent, tag);
    }
  }

  private alias(): null {
    const { cursor } = this;
    while (!cursor.isSpace(cursor.at)) {
      cursor.at++;
    }
    return null;
  }

  /** The node whose anchor or tag is on a line above it. */
  private belowProperties(
    parentIndent: number,
    depth: number,
    tag: string | null,
  ): YamlNode {
    const { cursor } = this;
    if (cursor.at < cursor.end && cursor.column > parentIndent) {
      const node = this.node(parentIndent, depth + 1);
      if (tag === null || node?.type !== "scalar") {
        return node;
      }
    } else if (
      tag === null &&
      !(cursor.column === parentIndent && this.isMark(sign.dash))
    ) {
      return emptyScalar(cursor, cursor.at);
    }
    throw new Unsure("a tag or an anchor has its value elsewhere");
  }
}
