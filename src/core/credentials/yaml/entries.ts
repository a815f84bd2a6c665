import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Node,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { OffsetRange } from "../finding";
import { mapKind, type FileKind } from "./kind";
import { prepareYaml } from "./prepare";

/** One scalar of a YAML file that is a value. */
export interface Entry {
  /** Names from the document's root to the value's own key; list items have their list's name. */
  readonly path: readonly string[];
  readonly kind: FileKind;
  /** The value's content, quotes and block headers left out. */
  readonly range: OffsetRange;
  /** The whole scalar, quotes included. */
  readonly whole: OffsetRange;
  readonly text: string;
  readonly style: "plain" | "single" | "double" | "block";
  /** False for booleans and null; numbers count as text. */
  readonly isText: boolean;
  readonly isNumber: boolean;
  /** A tag of an application (`!vault`, `!Ref`), or the empty string. */
  readonly tag: string;
  readonly isListItem: boolean;
  /** Scalars beside it in its map, by name. */
  readonly siblings: ReadonlyMap<string, string>;
  /** Name of the enclosing resource (`metadata.name`) or the like, for messages. */
  readonly subject: string;
}

const options = {
  uniqueKeys: false,
  strict: false,
  logLevel: "silent",
  prettyErrors: false,
} as const;

/** Deeper nesting than this is no configuration that a person wrote. */
const maxDepth = 60;

/** Every scalar value of a YAML text, with what is around it. Throws what the parser throws. */
export function readEntries(text: string): Entry[] {
  const entries: Entry[] = [];
  const walker = new Walker(text, entries);
  for (const document of parseAllDocuments(prepareYaml(text), options)) {
    if ("contents" in document && document.contents !== null) {
      walker.node(
        document.contents,
        {
          path: [],
          kind: "generic",
          subject: "",
          siblings: new Map(),
          depth: 0,
        },
        false,
      );
    }
  }
  return entries;
}

interface Around {
  readonly path: readonly string[];
  readonly kind: FileKind;
  readonly subject: string;
  readonly siblings: ReadonlyMap<string, string>;
  readonly depth: number;
}

class Walker {
  constructor(
    private readonly text: string,
    private readonly entries: Entry[],
  ) {}

  node(node: unknown, around: Around, isListItem: boolean): void {
    if (around.depth > maxDepth || isAlias(node)) {
      return;
    }
    if (isMap(node)) {
      this.map(node, around);
    } else if (isSeq(node)) {
      for (const item of node.items) {
        this.node(item, { ...around, depth: around.depth + 1 }, true);
      }
    } else if (isScalar(node)) {
      this.scalar(node, around, isListItem);
    }
  }

  private map(node: YAMLMap, around: Around): void {
    const siblings = new Map<string, string>();
    const names = new Map<string, unknown>();
    for (const pair of node.items) {
      const name = keyText(pair.key);
      names.set(name, pair.value);
      if (isScalar(pair.value)) {
        siblings.set(name, String(pair.value.value));
      }
    }
    const kind = mapKind(names, siblings, around);
    const metadata = names.get("metadata");
    const own = isMap(metadata) ? metadata.get("name") : undefined;
    const subject = typeof own === "string" ? own : around.subject;
    for (const pair of node.items) {
      const path = [...around.path, keyText(pair.key)];
      this.node(
        pair.value,
        { path, kind, subject, siblings, depth: around.depth + 1 },
        false,
      );
    }
  }

  private scalar(node: Scalar, around: Around, isListItem: boolean): void {
    const { range } = node;
    if (range === null || range === undefined || range[1] <= range[0]) {
      return;
    }
    const whole = { start: range[0], end: range[1] };
    const style = styleOf(node);
    const content = contentOf(this.text, whole, style);
    const { kind, path, siblings, subject } = around;
    this.entries.push({
      path,
      kind,
      range: content,
      whole,
      text: this.text.slice(content.start, content.end),
      style,
      isText:
        typeof node.value === "string" ||
        typeof node.value === "number" ||
        isBinary(node),
      isNumber: typeof node.value === "number",
      tag: node.tag?.startsWith("!") === true ? node.tag : "",
      isListItem,
      siblings,
      subject,
    });
  }
}

function isBinary(node: Scalar): boolean {
  return node.tag === "tag:yaml.org,2002:binary" || node.tag === "!!binary";
}

function keyText(key: unknown): string {
  return isScalar(key as Node) ? String((key as Scalar).value) : "";
}

function styleOf(node: Scalar): Entry["style"] {
  switch (node.type) {
    case "QUOTE_SINGLE":
      return "single";
    case "QUOTE_DOUBLE":
      return "double";
    case "BLOCK_LITERAL":
    case "BLOCK_FOLDED":
      return "block";
    case "PLAIN":
    case undefined:
      return "plain";
    default:
      return "plain";
  }
}

function contentOf(
  text: string,
  whole: OffsetRange,
  style: Entry["style"],
): OffsetRange {
  let { start, end } = whole;
  if (style === "block") {
    const line = text.indexOf("\n", start);
    start = line < 0 || line >= end ? end : line + 1;
  } else if (style !== "plain") {
    const quote = style === "single" ? "'" : '"';
    start += text.startsWith(quote, start) ? 1 : 0;
    end -= end > start && text.startsWith(quote, end - 1) ? 1 : 0;
  }
  while (end > start && text.charCodeAt(end - 1) <= 32) {
    end--;
  }
  while (start < end && text.charCodeAt(start) <= 32) {
    start++;
  }
  return { start, end };
}
