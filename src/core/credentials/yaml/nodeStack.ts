import type { YamlList, YamlMap, YamlNode } from "./node";

/**
 * What the collections that are being read have so far, those within others behind them. A collection is made when its
 * end is met, with room for what it has: arrays that grow would be most of what a text is read into.
 */
export class NodeStack {
  private readonly keys: string[] = [];
  private readonly values: YamlNode[] = [];
  private count = 0;

  get size(): number {
    return this.count;
  }

  /** Adds an item, or with its key a pair. */
  add(value: YamlNode, key = ""): void {
    this.keys[this.count] = key;
    this.values[this.count] = value;
    this.count++;
  }

  /** The value that was added last. */
  last(): YamlNode {
    return this.values[this.count - 1] ?? null;
  }

  /** Puts another in its place. */
  replaceLast(value: YamlNode): void {
    this.values[this.count - 1] = value;
  }

  /** Leaves what was added from a size on, of which nothing comes. */
  cut(size: number): void {
    this.count = size;
  }

  /** The list of what was added from a size on. */
  takeList(from: number): YamlList {
    const items = this.values.slice(from, this.count);
    this.count = from;
    return { type: "list", items };
  }

  /** The same of a map. */
  takeMap(from: number): YamlMap {
    const keys = this.keys.slice(from, this.count);
    const values = this.values.slice(from, this.count);
    this.count = from;
    return { type: "map", keys, values };
  }
}
