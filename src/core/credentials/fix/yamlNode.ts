import {
  isMap,
  isPair,
  isScalar,
  parse,
  parseAllDocuments,
  visit,
  type Node,
  type Scalar,
} from "yaml";
import type { OffsetRange } from "../finding";
import { prepareYaml } from "../yaml/prepare";

/** The scalar that a credential is in or part of, and what is around it. */
export interface YamlPlace {
  readonly text: string;
  /** The whole scalar, quotes and block header included. */
  readonly whole: OffsetRange;
  readonly style: "plain" | "single" | "double" | "block";
  /** What the scalar reads as; null where a template in it hides that. */
  readonly value: string | null;
  /** Names from the root to the scalar's own key. */
  readonly path: readonly string[];
  /** Range of the key whose value the scalar is; null for an item of a list. */
  readonly key: OffsetRange | null;
  /** True within `{}` or `[]`. */
  readonly isFlow: boolean;
  /** Names beside the scalar's key, with their scalars' texts. */
  readonly siblings: ReadonlyMap<string, string>;
  /** Name of the innermost resource that the scalar is in, by its `metadata`; empty where there is none. */
  readonly owner: string;
  /** Names at the document's root. */
  readonly roots: readonly string[];
}

const options = {
  uniqueKeys: false,
  strict: false,
  logLevel: "silent",
  prettyErrors: false,
} as const;

/** Where a range of a YAML text stands; null when it is in no scalar of text, or the whole cannot be read. */
export function yamlPlaceOf(
  text: string,
  range: OffsetRange,
): YamlPlace | null {
  try {
    for (const document of parseAllDocuments(prepareYaml(text), options)) {
      const found =
        "contents" in document && document.contents !== null
          ? find(text, document.contents, range)
          : null;
      if (found !== null) {
        return isBinary(text, range.start) ? null : found;
      }
    }
    return null;
  } catch {
    // What cannot be read is better left alone.
    return null;
  }
}

function find(text: string, root: Node, range: OffsetRange): YamlPlace | null {
  let found: YamlPlace | null = null;
  visit(root, {
    Scalar: (role, node, ancestors) => {
      const { range: at } = node;
      if (
        role === "key" ||
        !at ||
        at[0] > range.start ||
        range.end > Math.max(at[1], at[2])
      ) {
        return undefined;
      }
      found = placeOf(text, { start: at[0], end: at[1] }, node, ancestors);
      return visit.BREAK;
    },
  });
  return found;
}

function placeOf(
  text: string,
  whole: OffsetRange,
  node: Scalar,
  ancestors: readonly unknown[],
): YamlPlace {
  const pairs = ancestors.filter((each) => isPair(each));
  const parent = ancestors.at(-1);
  const key = isPair(parent) ? parent.key : null;
  const keyAt = isScalar(key) ? (key.range ?? null) : null;
  const map = ancestors.findLast((each) => isMap(each));
  const root = ancestors[0];
  return {
    text,
    whole,
    style: styleOf(node),
    value: valueOf(text, whole, node),
    path: pairs.map((pair) => scalarText(pair.key)),
    key: keyAt === null ? null : { start: keyAt[0], end: keyAt[1] },
    isFlow: ancestors.some(isFlowCollection),
    siblings: siblingsOf(map),
    owner: ownerOf(ancestors),
    roots: isMap(root) ? root.items.map((pair) => scalarText(pair.key)) : [],
  };
}

function ownerOf(ancestors: readonly unknown[]): string {
  const names = ancestors.map((each) =>
    isMap(each) ? each.getIn(["metadata", "name"]) : undefined,
  );
  const owner = names.findLast((each) => typeof each === "string");
  return typeof owner === "string" ? owner : "";
}

function isFlowCollection(node: unknown): boolean {
  return (
    typeof node === "object" &&
    node !== null &&
    "flow" in node &&
    node.flow === true
  );
}

function siblingsOf(map: unknown): ReadonlyMap<string, string> {
  const items = isMap(map) ? map.items : [];
  return new Map(
    items.map((pair) => [scalarText(pair.key), scalarText(pair.value)]),
  );
}

function scalarText(node: unknown): string {
  return isScalar(node) ? String(node.value) : "";
}

function styleOf(node: Scalar): YamlPlace["style"] {
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

/** A number is the text that it is written as; what was blanked for the parser cannot be told. */
function valueOf(
  text: string,
  whole: OffsetRange,
  node: Scalar,
): string | null {
  const raw = text.slice(whole.start, whole.end);
  if (prepareYaml(raw) !== raw) {
    return null;
  }
  return typeof node.value === "string"
    ? node.value
    : (node.source ?? String(node.value));
}

/** What a part of a scalar reads as; null for one that goes over a line break. */
export function partOf(place: YamlPlace, range: OffsetRange): string | null {
  const raw = place.text.slice(range.start, range.end);
  if (/[\r\n]/.test(raw)) {
    return null;
  }
  switch (place.style) {
    case "single":
      return raw.replaceAll("''", "'");
    case "double": {
      if (!raw.includes("\\")) {
        return raw;
      }
      const read: unknown = parse(`"${raw}"`, options);
      return typeof read === "string" ? read : null;
    }
    case "plain":
    case "block":
      return raw;
  }
}

/** A text within the quotes of a style. */
export function quotedFor(style: YamlPlace["style"], text: string): string {
  switch (style) {
    case "single":
      return text.replaceAll("'", "''");
    case "double":
      return text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
    case "plain":
    case "block":
      return text;
  }
}

/** True for what is read as bytes by its tag: a reference in its place would be read so, too. */
function isBinary(text: string, start: number): boolean {
  return /!!binary[ \t]+(?:["']|[|>][-+\d]*[ \t]*\r?\n\s*)?$/.test(
    text.slice(Math.max(0, start - 100), start),
  );
}
