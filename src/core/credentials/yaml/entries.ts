import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { OffsetRange } from "../finding";
import { isService, mapKind, type FileKind } from "./kind";
import { readLineEntries } from "./lineEntries";
import { prepareYaml } from "./prepare";
import {
  assignmentsOf,
  contentOf,
  isBinary,
  keyText,
  styleOf,
} from "./scalarText";

/** One scalar of a YAML file that is a value. */
export interface Entry {
  /** Names from the document's root to the value's own key; list items have their list's name. */
  readonly path: readonly string[];
  readonly kind: FileKind;
  /** The value's content, quotes and block headers left out. */
  readonly range: OffsetRange;
  /** The whole scalar, quotes included. */
  readonly whole: OffsetRange;
  /** The content as it is written. */
  readonly text: string;
  /** The content as it is read: escapes and line breaks of quoted and folded scalars are gone. */
  readonly value: string;
  readonly style: "plain" | "single" | "double" | "block";
  /** False for booleans and null; numbers count as text. */
  readonly isText: boolean;
  readonly isNumber: boolean;
  /** A tag of an application (`!vault`, `!Ref`), or the empty string. */
  readonly tag: string;
  readonly isListItem: boolean;
  /** The list item before it, or the empty string: `--password` before `x`. */
  readonly before: string;
  /** Scalars beside it in its map, by name; in a list of assignments, those. */
  readonly siblings: ReadonlyMap<string, string>;
  /** True within a service of a pipeline's run, and within a database of a compose file that publishes no port. */
  readonly isThrowAway: boolean;
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
  if (/^[ \t]*\t[ \t]*- +\S+:/m.test(text)) {
    // No width of tabs that keeps offsets aligns the keys of such an item for the parser.
    return readLineEntries(text, { start: 0, end: text.length });
  }
  const entries: Entry[] = [];
  const prepared = prepareYaml(text);
  const documents = parseAllDocuments(prepared, options);
  for (const [index, document] of documents.entries()) {
    const own: Entry[] = [];
    new Walker(text, prepared, own).node(document.contents, root, false);
    if (document.errors.length === 0) {
      entries.push(...own);
    } else {
      // A document that is broken may end early: all up to the next one belongs to it.
      const [start] = document.range;
      const end = documents[index + 1]?.range[0] ?? text.length;
      entries.push(...repaired(text, { start, end }, own));
    }
  }
  return entries;
}

/** What the parser made of a broken document, and the lines that it could not place or took into a value. */
function repaired(
  text: string,
  within: OffsetRange,
  own: readonly Entry[],
): Entry[] {
  const whole = own.filter(
    ({ style, text: value }) =>
      style === "block" ||
      !/\n\s*(?:- +)?["']?[\w.-]+["']?:(?:\s|$)/.test(value),
  );
  const places = whole
    .map((entry) => entry.whole)
    .sort((a, b) => a.start - b.start);
  let next = 0;
  const kind = own.find((entry) => entry.kind !== "generic")?.kind;
  const lines = readLineEntries(text, within, kind).filter(({ range }) => {
    while ((places[next]?.end ?? Infinity) <= range.start) {
      next++;
    }
    return (places[next]?.start ?? Infinity) >= range.end;
  });
  return [...whole, ...lines];
}

interface Around {
  readonly path: readonly string[];
  readonly kind: FileKind;
  readonly subject: string;
  readonly siblings: ReadonlyMap<string, string>;
  readonly before: string;
  readonly isThrowAway: boolean;
  readonly depth: number;
}

const root: Around = {
  path: [],
  kind: "generic",
  subject: "",
  siblings: new Map(),
  before: "",
  isThrowAway: false,
  depth: 0,
};

class Walker {
  constructor(
    private readonly text: string,
    private readonly prepared: string,
    private readonly entries: Entry[],
  ) {}

  node(node: unknown, around: Around, isListItem: boolean): void {
    if (around.depth > maxDepth || isAlias(node)) {
      return;
    }
    if (isMap(node)) {
      this.map(node, around);
    } else if (isSeq(node)) {
      this.list(node, around);
    } else if (isScalar(node)) {
      this.scalar(node, around, isListItem);
    }
  }

  private list(node: YAMLSeq, around: Around): void {
    const siblings = assignmentsOf(node);
    let before = "";
    for (const item of node.items) {
      this.node(
        item,
        { ...around, siblings, before, depth: around.depth + 1 },
        true,
      );
      before = isScalar(item) ? String(item.value) : "";
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
    const isThrowAway =
      around.isThrowAway || isService(kind, around.path, names, siblings);
    for (const pair of node.items) {
      const path = [...around.path, keyText(pair.key)];
      this.node(
        pair.value,
        {
          path,
          kind,
          subject,
          siblings,
          before: "",
          isThrowAway,
          depth: around.depth + 1,
        },
        false,
      );
    }
  }

  private scalar(node: Scalar, around: Around, isListItem: boolean): void {
    if (node.range == null || node.range[1] <= node.range[0]) {
      return;
    }
    const [start, end] = node.range;
    const whole = { start, end };
    const style = styleOf(node);
    const content = contentOf(this.text, whole, style);
    const { before, isThrowAway, kind, path, siblings, subject } = around;
    const written = this.text.slice(content.start, content.end);
    // What was made harmless for the parser is read as it is written.
    const isAsWritten =
      this.text === this.prepared ||
      this.text.slice(start, end) === this.prepared.slice(start, end);
    this.entries.push({
      path,
      kind,
      range: content,
      whole,
      text: written,
      value: isAsWritten ? (node.source ?? String(node.value)).trim() : written,
      style,
      isText:
        typeof node.value === "string" ||
        typeof node.value === "number" ||
        isBinary(node),
      isNumber: typeof node.value === "number",
      tag: node.tag?.startsWith("!") === true ? node.tag : "",
      isListItem,
      before,
      isThrowAway,
      siblings,
      subject,
    });
  }
}
