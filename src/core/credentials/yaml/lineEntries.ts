import type { OffsetRange } from "../finding";
import { sign } from "./cursor";
import type { Entry } from "./entry";
import { guessedKind, mapKind, type FileKind } from "./kind";
import { Siblings } from "./siblings";
import {
  flowValues,
  isFlow,
  scalarValue,
  tabsOf,
  trimmed,
  type Value,
} from "./lineValues";

/** A map as its lines are read: what is indented further belongs to its last key. */
interface Frame {
  readonly indent: number;
  readonly path: readonly string[];
  readonly siblings: Siblings;
  readonly names: Map<string, null>;
  readonly parent: Frame | null;
  lastKey: string;
}

/** A value with the map that it is in. */
interface Placed {
  readonly frame: Frame;
  readonly key: string;
  readonly isListItem: boolean;
  readonly before: string;
  readonly value: Value;
}

const keyMark =
  /^(["']?)([^\s"'#{}[\],&*!|>%@`:](?:[^:#"'{}[\]]|:(?=\S)|(?<=:):(?!\S)){0,79}?)\1[ \t]*:(?=[ \t]|$)[ \t]*/;

const blockHeader = /^(?:[!&]\S+[ \t]+)*[|>][-+\d]*[ \t]*(?:#.*)?$/;

const noText = /^(?:true|false|yes|no|on|off|null|~)$/i;

/**
 * The values of a YAML text line by line, by indentation alone: for what the parser could not place (a truncated or
 * unfinished file, a conflict, another language in between) and for files that are too long to parse.
 */
export function readLineEntries(
  text: string,
  within: OffsetRange,
  kind: FileKind = guessedKind(text),
  path: readonly string[] = [],
): Entry[] {
  const reader = new LineReader(text, path);
  let start = within.start;
  while (start < within.end) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? within.end : Math.min(next, within.end);
    start = reader.line({ start, end }, within.end) + 1;
  }
  const kinds = new Map<Frame, FileKind>();
  return reader.placed.map(({ frame, key, isListItem, before, value }) => ({
    // Each name by itself: what `...value` makes is many times slower.
    range: value.range,
    whole: value.whole,
    text: value.text,
    style: value.style,
    tag: value.tag,
    // A flow list's items have their list's own path, one for all: they can be words of one command.
    path: key === "" ? frame.path : [...frame.path, key],
    kind: kindOf(frame, kind, kinds),
    value: value.text,
    isText: value.style !== "plain" || !noText.test(value.text),
    isNumber: value.style === "plain" && /^[\d.]+$/.test(value.text),
    isListItem,
    before,
    isThrowAway: false,
    siblings: frame.siblings,
    subject: "",
  }));
}

function kindOf(
  frame: Frame,
  root: FileKind,
  kinds: Map<Frame, FileKind>,
): FileKind {
  const known = kinds.get(frame);
  if (known !== undefined) {
    return known;
  }
  const around =
    frame.parent === null ? root : kindOf(frame.parent, root, kinds);
  // A path keeps the root from being read as one without nested maps, which lines do not have.
  const kind = mapKind(frame.names, frame.siblings, {
    path: ["", ...frame.path],
    kind: around,
  });
  kinds.set(frame, kind);
  return kind;
}

class LineReader {
  readonly placed: Placed[] = [];
  private top: Frame;

  constructor(
    private readonly text: string,
    path: readonly string[],
  ) {
    this.top = newFrame(0, path, null);
  }

  /** Reads a line; returns where it, or the block scalar that begins in it, ends. */
  line({ start, end }: OffsetRange, limit: number): number {
    const raw = this.text.slice(start, Math.min(end, start + 5000));
    const line = raw.trimEnd();
    let column = line.length - line.trimStart().length;
    // As wide as the mark of an item, a tab aligns the keys behind the mark with those of the lines below.
    const tabs = tabsOf(line);
    if (column === line.length || line.charAt(column) === "#") {
      return end;
    }
    if (column === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(line)) {
      this.top = newFrame(0, [], null);
      return end;
    }
    const dash = column + tabs;
    let isItem = false;
    while (
      line.charCodeAt(column) === sign.dash &&
      /^-[ \t]+\S/.test(line.slice(column, column + 40))
    ) {
      isItem = true;
      column += /^-[ \t]+/.exec(line.slice(column))?.[0].length ?? 1;
    }
    const key = keyMark.exec(line.slice(column, column + 120));
    if (key === null) {
      if (isItem) {
        this.pop(dash);
        const from = start + column;
        if (blockHeader.test(line.slice(column))) {
          return this.block(this.top.lastKey, true, from, end, limit, dash);
        }
        this.add(this.top.lastKey, true, from, start + line.length);
      } else if (isFlow(line, column)) {
        this.pop(column);
        const { indent, lastKey, path } = this.top;
        const isBelow = column > indent && lastKey !== "";
        this.flow(
          line.slice(column),
          start + column,
          isBelow ? [...path, lastKey] : path,
        );
      }
      return end;
    }
    this.enter(column + tabs, isItem);
    const name = key[2] ?? "";
    this.top.lastKey = name;
    this.top.names.set(name, null);
    const from = start + column + key[0].length;
    if (blockHeader.test(line.slice(from - start))) {
      return this.block(name, false, from, end, limit, dash);
    }
    if (from < start + line.length) {
      this.add(name, false, from, start + line.length);
    }
    return end;
  }

  /** Leaves the maps that are indented further; what is indented less than one but more than its parent is in it. */
  private pop(indent: number): void {
    while (
      this.top.parent !== null &&
      this.top.indent > indent &&
      this.top.parent.indent >= indent
    ) {
      this.top = this.top.parent;
    }
  }

  private enter(column: number, isItem: boolean): void {
    this.pop(column);
    const { top } = this;
    // What has a scalar for its value has no map below it: the line is a neighbour that is not quite in its place.
    if (top.indent < column && !(top.siblings.has(top.lastKey) && !isItem)) {
      const isBelow = top.parent !== null || top.lastKey !== "";
      const path = isBelow ? [...top.path, top.lastKey] : top.path;
      this.top = newFrame(column, path, top);
    } else if (isItem && top.parent !== null) {
      this.top = newFrame(column, top.path, top.parent);
    }
  }

  private block(
    key: string,
    isListItem: boolean,
    from: number,
    headEnd: number,
    limit: number,
    indent: number,
  ): number {
    let end = headEnd;
    while (end < limit) {
      const next = this.text.indexOf("\n", end + 1);
      const lineEnd = next < 0 ? limit : Math.min(next, limit);
      const line = this.text.slice(end + 1, lineEnd);
      const blanks = line.length - line.trimStart().length + tabsOf(line);
      const isDeeper = blanks > indent;
      if (line.trim() !== "" && !isDeeper) {
        break;
      }
      end = lineEnd;
    }
    const range = trimmed(this.text, headEnd, end);
    if (range.end > range.start) {
      this.put(key, isListItem, {
        range,
        whole: { start: from, end },
        text: this.text.slice(range.start, range.end),
        style: "block",
        tag: "",
      });
    }
    return end;
  }

  private add(key: string, isItem: boolean, from: number, to: number): void {
    const props = /[&!]/.test(this.text.charAt(from))
      ? /^(?:[&!]\S*[ \t]+)+/.exec(this.text.slice(from, to))?.[0]
      : undefined;
    const start = from + (props?.length ?? 0);
    const tag = /(?:^|\s)(!\S+)/.exec(props ?? "")?.[1] ?? "";
    const raw = this.text.slice(start, to);
    if (isFlow(raw, 0)) {
      const { lastKey, path } = this.top;
      this.flow(raw, start, [...path, lastKey]);
      return;
    }
    const value = scalarValue(raw, start, tag);
    if (value !== null) {
      this.put(key, isItem, value);
    }
  }

  private flow(raw: string, start: number, path: readonly string[]): void {
    const frame = newFrame(this.top.indent + 1, path, this.top);
    let before = "";
    for (const { key, value } of flowValues(raw, start)) {
      if (key !== "") {
        frame.siblings.set(key, value.text);
      }
      const isListItem = key === "";
      this.placed.push({ frame, key, isListItem, value, before });
      before = isListItem ? value.text : "";
    }
  }

  private put(key: string, isListItem: boolean, value: Value): void {
    if (!isListItem) {
      this.top.siblings.set(key, value.text);
    }
    this.placed.push({ frame: this.top, key, isListItem, value, before: "" });
  }
}

function newFrame(
  indent: number,
  path: readonly string[],
  parent: Frame | null,
): Frame {
  return {
    indent,
    path,
    siblings: new Siblings(),
    names: new Map(),
    parent,
    lastKey: "",
  };
}
