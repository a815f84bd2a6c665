import type { OffsetRange } from "../finding";
import type { Entry } from "./entries";
import { mapKind, type FileKind } from "./kind";
import { flowValues, scalarValue, trimmed, type Value } from "./lineValues";

/** A map as its lines are read: what is indented further belongs to its last key. */
interface Frame {
  readonly indent: number;
  readonly path: readonly string[];
  readonly siblings: Map<string, string>;
  readonly names: Map<string, unknown>;
  readonly parent: Frame | null;
  lastKey: string;
}

/** A value with the map that it is in. */
interface Placed {
  readonly frame: Frame;
  readonly key: string;
  readonly isListItem: boolean;
  readonly value: Value;
}

const keyMark =
  /^(["']?)([^\s"'#{}[\],&*!|>%@`:][^:#"'{}[\]]{0,79}?)\1[ \t]*:(?=[ \t]|$)[ \t]*/;

const noText = /^(?:true|false|yes|no|on|off|null|~)$/i;

/**
 * The values of a YAML text line by line, by indentation alone: for what the parser could not place (a truncated or
 * unfinished file, a conflict, another language in between) and for files that are too long to parse.
 */
export function readLineEntries(
  text: string,
  within: OffsetRange,
  kind: FileKind,
): Entry[] {
  const reader = new LineReader(text);
  let start = within.start;
  while (start < within.end) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? within.end : Math.min(next, within.end);
    start = reader.line({ start, end }, within.end) + 1;
  }
  const kinds = new Map<Frame, FileKind>();
  return reader.placed.map(({ frame, key, isListItem, value }) => ({
    ...value,
    path: [...frame.path, key],
    kind: kindOf(frame, kind, kinds),
    value: value.text,
    isText: value.style !== "plain" || !noText.test(value.text),
    isNumber: value.style === "plain" && /^[\d.]+$/.test(value.text),
    isListItem,
    before: "",
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
  private top: Frame = newFrame(0, [], null);

  constructor(private readonly text: string) {}

  /** Reads a line; returns where it, or the block scalar that begins in it, ends. */
  line({ start, end }: OffsetRange, limit: number): number {
    const raw = this.text.slice(start, Math.min(end, start + 5000));
    const line = raw.trimEnd();
    let column = line.length - line.trimStart().length;
    if (column === line.length || line.charAt(column) === "#") {
      return end;
    }
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(line)) {
      this.top = newFrame(0, [], null);
      return end;
    }
    const dash = column;
    let isItem = false;
    while (/^-[ \t]+\S/.test(line.slice(column, column + 40))) {
      isItem = true;
      column += /^-[ \t]+/.exec(line.slice(column))?.[0].length ?? 1;
    }
    const key = keyMark.exec(line.slice(column, column + 120));
    if (key === null) {
      if (isItem) {
        this.pop(dash);
        this.add(this.top.lastKey, true, start + column, start + line.length);
      }
      return end;
    }
    this.enter(column, isItem);
    const name = key[2] ?? "";
    this.top.lastKey = name;
    this.top.names.set(name, true);
    const from = start + column + key[0].length;
    if (/^[|>][-+\d]*[ \t]*(?:#.*)?$/.test(line.slice(from - start))) {
      return this.block(name, from, end, limit, dash);
    }
    if (from < start + line.length) {
      this.add(name, false, from, start + line.length);
    }
    return end;
  }

  private pop(indent: number): void {
    while (this.top.parent !== null && this.top.indent > indent) {
      this.top = this.top.parent;
    }
  }

  private enter(column: number, isItem: boolean): void {
    this.pop(column);
    const { top } = this;
    if (top.indent < column) {
      this.top = newFrame(column, [...top.path, top.lastKey], top);
    } else if (isItem && top.parent !== null) {
      this.top = newFrame(column, top.path, top.parent);
    }
  }

  private block(
    key: string,
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
      const isDeeper = line.length - line.trimStart().length > indent;
      if (line.trim() !== "" && !isDeeper) {
        break;
      }
      end = lineEnd;
    }
    const range = trimmed(this.text, headEnd, end);
    if (range.end > range.start) {
      this.put(key, false, {
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
    const props = /^(?:[&!]\S*[ \t]+)+/.exec(this.text.slice(from, to))?.[0];
    const start = from + (props?.length ?? 0);
    const tag = /(?:^|\s)(!\S+)/.exec(props ?? "")?.[1] ?? "";
    const raw = this.text.slice(start, to);
    const first = raw.charAt(0);
    if (first === "{" || first === "[") {
      this.flow(raw, start);
      return;
    }
    const value = scalarValue(raw, start, tag);
    if (value !== null) {
      this.put(key, isItem, value);
    }
  }

  private flow(raw: string, start: number): void {
    const { indent, lastKey, path } = this.top;
    const frame = newFrame(indent + 1, [...path, lastKey], this.top);
    for (const { key, value } of flowValues(raw, start)) {
      frame.siblings.set(key, value.text);
      this.placed.push({ frame, key, isListItem: false, value });
    }
  }

  private put(key: string, isListItem: boolean, value: Value): void {
    if (!isListItem) {
      this.top.siblings.set(key, value.text);
    }
    this.placed.push({ frame: this.top, key, isListItem, value });
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
    siblings: new Map(),
    names: new Map(),
    parent,
    lastKey: "",
  };
}
