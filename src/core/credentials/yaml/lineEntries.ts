import type { OffsetRange } from "../finding";
import { anchorBefore } from "./anchor";
import { sign } from "./cursor";
import type { Entry } from "./entry";
import { guessedKind, type FileKind } from "./kind";
import { Frame, LineEntry } from "./lineEntry";
import {
  flowValues,
  isFlow,
  scalarValue,
  tabsOf,
  trimmed,
  type Value,
} from "./lineValues";

const keyMark =
  /^(["']?)([^\s"'#{}[\],&*!|>%@`:](?:[^:#"'{}[\]]|:(?=\S)|(?<=:):(?!\S)){0,79}?)\1[ \t]*:(?=[ \t]|$)[ \t]*/;

const blockHeader = /^(?:[!&]\S+[ \t]+)*[|>][-+\d]*[ \t]*(?:#.*)?$/;

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
  const reader = new LineReader(text, path, kind);
  let start = within.start;
  while (start < within.end) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? within.end : Math.min(next, within.end);
    start = reader.line({ start, end }, within.end) + 1;
  }
  return reader.entries;
}

class LineReader {
  readonly entries: Entry[] = [];
  private top: Frame;

  constructor(
    private readonly text: string,
    path: readonly string[],
    private readonly kind: FileKind,
  ) {
    this.top = new Frame(0, path, null, kind);
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
    const isMark =
      column === 0 && (line.startsWith("---") || line.startsWith("..."));
    if (isMark && /^(?:---|\.\.\.)(?:\s|$)/.test(line)) {
      this.top = new Frame(0, [], null, this.kind);
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
    const key = line.includes(":", column)
      ? keyMark.exec(line.slice(column, column + 120))
      : null;
    if (key === null) {
      if (isItem) {
        this.pop(dash);
        const from = start + column;
        if (isBlockHeader(line, column)) {
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
    if (isBlockHeader(line, from - start)) {
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
      this.top = new Frame(column, path, top, this.kind);
    } else if (isItem && top.parent !== null) {
      this.top = new Frame(column, top.path, top.parent, this.kind);
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
        anchor: "",
      });
    }
    return end;
  }

  private add(key: string, isItem: boolean, from: number, to: number): void {
    const code = this.text.charCodeAt(from);
    const hasProps = code === sign.ampersand || code === sign.exclamation;
    const props = hasProps
      ? (/^(?:[&!]\S*[ \t]+)+/.exec(this.text.slice(from, to))?.[0] ?? "")
      : "";
    const start = from + props.length;
    const tag = props === "" ? "" : (/(?:^|\s)(!\S+)/.exec(props)?.[1] ?? "");
    const raw = this.text.slice(start, to);
    if (isFlow(raw, 0)) {
      const { lastKey, path } = this.top;
      this.flow(raw, start, [...path, lastKey]);
      return;
    }
    const anchor = anchorBefore(props, props.length);
    const value = scalarValue(raw, start, tag, anchor);
    if (value !== null) {
      this.put(key, isItem, value);
    }
  }

  private flow(raw: string, start: number, path: readonly string[]): void {
    const frame = new Frame(this.top.indent + 1, path, this.top, this.kind);
    let before = "";
    for (const { key, value } of flowValues(raw, start)) {
      if (key !== "") {
        frame.siblings.set(key, value.text);
      }
      const isListItem = key === "";
      this.entries.push(new LineEntry(frame, key, isListItem, value, before));
      before = isListItem ? value.text : "";
    }
  }

  private put(key: string, isListItem: boolean, value: Value): void {
    if (!isListItem) {
      this.top.siblings.set(key, value.text);
    }
    this.entries.push(new LineEntry(this.top, key, isListItem, value, ""));
  }
}

/** True for what begins a block scalar: at one of these signs, or at none. */
function isBlockHeader(line: string, from: number): boolean {
  switch (line.charCodeAt(from)) {
    case sign.exclamation:
    case sign.ampersand:
    case sign.bar:
    case sign.greater:
      return blockHeader.test(line.slice(from));
    default:
      return false;
  }
}
