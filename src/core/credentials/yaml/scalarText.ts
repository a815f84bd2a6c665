import { isScalar, type Node, type Scalar, type YAMLSeq } from "yaml";
import type { OffsetRange } from "../finding";
import type { Entry } from "./entries";

/** How a scalar is written. */
export function styleOf(node: Scalar): Entry["style"] {
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

/** The content of a scalar without quotes, block header and the blanks around it. */
export function contentOf(
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

/** The names and values of a list of assignments (`- POSTGRES_USER=app`), which are siblings of one another. */
export function assignmentsOf(node: YAMLSeq): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const item of node.items) {
    if (isScalar(item) && typeof item.value === "string") {
      const [, name, value] =
        /^([A-Za-z_]\w{0,80})=(.*)$/.exec(item.value) ?? [];
      if (name !== undefined && value !== undefined) {
        found.set(name, value);
      }
    }
  }
  return found;
}

/** True for a scalar with the tag of binary data. */
export function isBinary(node: Scalar): boolean {
  return node.tag === "tag:yaml.org,2002:binary" || node.tag === "!!binary";
}

/** The text of a key; none for one that is no scalar. */
export function keyText(key: unknown): string {
  return isScalar(key as Node) ? String((key as Scalar).value) : "";
}
