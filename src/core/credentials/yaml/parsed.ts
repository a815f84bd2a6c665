import {
  isMap,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Document,
  type Scalar,
} from "yaml";
import type { YamlNode, YamlScalar } from "./node";

const options = {
  uniqueKeys: false,
  strict: false,
  logLevel: "silent",
  prettyErrors: false,
} as const;

/** Deeper nesting than this is no configuration that a person wrote. */
const maxDepth = 60;

/** A document as the parser of all of YAML reads it. */
export interface ParsedDocument {
  readonly start: number;
  readonly isBroken: boolean;
  readonly root: YamlNode;
}

/** What the parser makes of texts, once for each: broken files repeat what is broken in them. */
export class KnownDocuments {
  private readonly known = new Map<string, readonly Document[]>();

  /** Throws what the parser throws. */
  of(text: string): readonly Document[] {
    const documents = this.known.get(text) ?? parseAllDocuments(text, options);
    this.known.set(text, documents);
    return documents;
  }
}

/** The documents of a text, whose first character has the offset `base`. Throws what the parser throws. */
export function parsedDocuments(
  text: string,
  base: number,
  known = new KnownDocuments(),
): ParsedDocument[] {
  return known.of(text).map((document) => ({
    start: base + (document.range?.[0] ?? 0),
    isBroken: document.errors.length > 0,
    root: nodeOf(document.contents, { text, base }, 0),
  }));
}

/** A text, and the offset of its first character in the whole. */
interface Part {
  readonly text: string;
  readonly base: number;
}

function nodeOf(node: unknown, part: Part, depth: number): YamlNode {
  if (depth > maxDepth) {
    return null;
  }
  if (isScalar(node)) {
    return scalarOf(node, part.base);
  }
  if (isMap(node)) {
    return {
      type: "map",
      keys: node.items.map(({ key }) =>
        isScalar(key) ? nameOf(key, part.text) : "",
      ),
      values: node.items.map(({ value }) => nodeOf(value, part, depth + 1)),
    };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => nodeOf(item, part, depth + 1));
    return { type: "list", items };
  }
  // An alias: what it stands for is read where it is.
  return null;
}

/** What the parser takes for a key of several lines is one, behind lines that are none. */
function nameOf({ range, type, value }: Scalar, text: string): string {
  const [start, end] = range ?? [0, 0];
  const line = text.slice(start, end).lastIndexOf("\n");
  return line < 0 || type !== "PLAIN"
    ? String(value)
    : text.slice(start + line + 1, end).trim();
}

function scalarOf(node: Scalar, base: number): YamlScalar {
  const { source, tag, value } = node;
  const [start, end] = node.range ?? [0, 0];
  const isNumber = typeof value === "number";
  const isString = typeof value === "string";
  const isBinary = tag === "tag:yaml.org,2002:binary" || tag === "!!binary";
  return {
    type: "scalar",
    start: base + start,
    end: base + end,
    style: styleOf(node),
    source: source ?? String(value),
    value: String(value),
    isText: isString || isNumber || isBinary,
    isNumber,
    isString,
    tag: tag?.startsWith("!") === true && tag !== "!" ? tag : "",
  };
}

function styleOf(node: Scalar): YamlScalar["style"] {
  switch (node.type) {
    case "QUOTE_SINGLE":
      return "single";
    case "QUOTE_DOUBLE":
      return "double";
    case "BLOCK_LITERAL":
    case "BLOCK_FOLDED":
      return "block";
    default:
      return "plain";
  }
}
