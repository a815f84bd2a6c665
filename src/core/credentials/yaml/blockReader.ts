import type { OffsetRange } from "../finding";
import { Cursor, sign, Unsure, unsure } from "./cursor";
import { inlineNode } from "./inlineReader";
import { KeyReader } from "./keyReader";
import type { YamlList, YamlMap, YamlNode } from "./node";
import { properties } from "./properties";
import { joinBroken, type ReadOther, skipPart, startOfPart } from "./recovery";
import { emptyScalar } from "./scalarReader";

/** Deeper nesting than this is no configuration that a person wrote. */
const maxDepth = 60;

/** So far down a part that is no plain block is left to others, and all around it is still read here. */
const maxRecovered = 3;

/** With more broken parts than this all that follows in a document is left to others as one: it is none. */
const maxBroken = 1000;

/**
 * Reads documents by their indentation: maps and lists in blocks, and scalars and flow collections of any style in them.
 * That is what files consist of, and for it this is many times faster than a parser of all of YAML. What else there is
 * goes to `readOther`, pair by pair; without it, and where pairs cannot be told, that is `Unsure`.
 */
export class BlockReader {
  private readonly cursor: Cursor;
  private readonly keys: KeyReader;
  private broken = 0;

  /** `written` is the text before what is no YAML was made harmless. */
  constructor(
    text: string,
    written = text,
    private readonly readOther: ReadOther | null = null,
  ) {
    this.cursor = new Cursor(text, written);
    this.keys = new KeyReader(this.cursor);
  }

  /** The document of a range. */
  read(range: OffsetRange): YamlNode {
    const { cursor } = this;
    this.broken = 0;
    cursor.nodes.cut(0);
    cursor.enter(range);
    cursor.next();
    if (cursor.at >= cursor.end) {
      return null;
    }
    const node = this.root();
    if (cursor.at < cursor.end) {
      // Something stands behind the document.
      throw unsure;
    }
    return node;
  }

  private root(): YamlNode {
    const { cursor } = this;
    const { at, column, lineStart } = cursor;
    try {
      return this.node(-1, 0);
    } catch (error) {
      if (!(error instanceof Unsure) || this.readOther === null) {
        throw error;
      }
      // There may be pairs behind what it begins with.
      cursor.nodes.cut(0);
      cursor.at = at;
      cursor.lineStart = lineStart;
      return this.map(column, null, at, 0);
    }
  }

  /** The node at the cursor, which may be a map or a list in a block. */
  private node(parentIndent: number, depth: number): YamlNode {
    const { cursor } = this;
    if (depth > maxDepth) {
      // The blocks are too deep.
      throw unsure;
    }
    if (cursor.isMark(sign.dash)) {
      return this.list(cursor.column, depth);
    }
    const { at, column } = cursor;
    const key = this.keys.key();
    return key === null
      ? this.content(parentIndent, depth)
      : this.map(column, key, at, depth);
  }

  private list(column: number, depth: number): YamlList {
    const { cursor } = this;
    const { nodes } = cursor;
    const begin = nodes.size;
    do {
      const { size } = nodes;
      const from = this.recoverable(cursor.at, depth);
      try {
        nodes.add(this.item(column, depth));
      } catch (error) {
        const node = this.recovered(error, from, column, true);
        nodes.cut(size);
        for (const item of node?.type === "list" ? node.items : [node]) {
          nodes.add(item);
        }
      }
    } while (
      cursor.at < cursor.end &&
      cursor.column === column &&
      cursor.isMark(sign.dash)
    );
    return nodes.takeList(begin);
  }

  private item(column: number, depth: number): YamlNode {
    const { cursor } = this;
    const { at, lineStart } = cursor;
    cursor.at++;
    cursor.next();
    if (cursor.text.charCodeAt(cursor.at - 1) === sign.tab) {
      // A tab stands behind a dash.
      throw unsure;
    }
    const isBelow = cursor.lineStart !== lineStart;
    const node =
      cursor.at >= cursor.end || (isBelow && cursor.column <= column)
        ? emptyScalar(cursor, at + 1)
        : this.node(column, depth + 1);
    this.needEnd(column);
    return node;
  }

  /** What comes below a block is indented as far as a block around it. */
  private needEnd(column: number): void {
    if (this.cursor.at < this.cursor.end && this.cursor.column > column) {
      // A line is indented further than the block.
      throw unsure;
    }
  }

  private map(
    column: number,
    first: string | null,
    firstAt: number,
    depth: number,
  ): YamlMap {
    const { cursor } = this;
    const { nodes } = cursor;
    const begin = nodes.size;
    let at = firstAt;
    let name = first;
    do {
      const { size } = nodes;
      const from = this.recoverable(at, depth);
      try {
        const key = name ?? this.key();
        const value = this.value(column, depth + 1);
        this.needEnd(column);
        nodes.add(value, key);
      } catch (error) {
        const node = this.recovered(error, from, column, false);
        nodes.cut(size);
        this.addRecovered(node, size > begin);
      }
      at = cursor.at;
      name = null;
    } while (cursor.at < cursor.end && cursor.column === column);
    return nodes.takeMap(begin);
  }

  /** Adds what others read of a part to the map that it stands in, which may have something already. */
  private addRecovered(node: YamlNode, isBehind: boolean): void {
    const { nodes } = this.cursor;
    const joined = isBehind ? joinBroken(nodes.last(), node) : null;
    if (joined !== null) {
      nodes.replaceLast(joined);
    } else if (node?.type === "map") {
      node.keys.forEach((key, index) => {
        nodes.add(node.values[index] ?? null, key);
      });
    } else {
      nodes.add(node);
    }
  }

  /** The key at the cursor, which has to have one. */
  private key(): string {
    const key = this.keys.key();
    if (key === null) {
      // A line of a map is no key.
      throw unsure;
    }
    return key;
  }

  /** Where a part begins that others can read when it turns out to be no plain block. */
  private recoverable(at: number, depth: number): number | null {
    return this.readOther !== null && depth < maxRecovered
      ? startOfPart(this.cursor, at)
      : null;
  }

  /** What others read of a part, behind which the cursor goes. */
  private recovered(
    error: unknown,
    from: number | null,
    column: number,
    isList: boolean,
  ): YamlNode {
    const { cursor, readOther } = this;
    if (!(error instanceof Unsure) || from === null || readOther === null) {
      throw error;
    }
    cursor.at = from;
    this.broken++;
    if (this.broken > maxBroken) {
      cursor.at = cursor.end;
    } else {
      skipPart(cursor, column, isList);
    }
    return readOther(
      from,
      cursor.at >= cursor.end ? cursor.end : cursor.lineStart,
    );
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
    return cursor.column === column && cursor.isMark(sign.dash)
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
    const node = inlineNode(cursor, parentIndent, maxDepth - depth, tag);
    if (node?.type === "scalar" && node.style === "block") {
      cursor.next();
    } else {
      cursor.afterValue();
    }
    return node;
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
      !(cursor.column === parentIndent && cursor.isMark(sign.dash))
    ) {
      return emptyScalar(cursor, cursor.at);
    }
    // A tag or an anchor has its value elsewhere.
    throw unsure;
  }
}
