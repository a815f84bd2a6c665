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

/** The documents of a text, whose first character has the offset `base`. Throws what the parser throws. */
export function parsedDocuments(text: string, base: number): ParsedDocument[] {
  return parseAllDocuments(text, options).map((document: Document) => ({
    start: base + (document.range?.[0] ?? 0),
    isBroken: document.errors.length > 0,
    root: nodeOf(document.contents, base, 0),
  }));
}

function nodeOf(node: unknown, base: number, depth: number): YamlNode {
  if (depth > maxDepth) {
    return null;
  }
  if (isScalar(node)) {
    return scalarOf(node, base);
  }
  if (isMap(node)) {
    return {
      type: "map",
      keys: node.items.map(({ key }) =>
        isScalar(key) ? String(key.value) : "",
      ),
      values: node.items.map(({ value }) => nodeOf(value, base, depth + 1)),
    };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => nodeOf(item, base, depth + 1));
    return { type: "list", items };
  }
  // An alias: what it stands for is read where it is.
  return null;
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
    tag: tag?.startsWith("!") === true ? tag : "",
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
