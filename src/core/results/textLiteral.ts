import { quoteLiteral } from "../sql/quote";

/** True for a text that a database can hold: one with half a surrogate pair is none, and no cell is equal to it. */
export function isWholeText(text: string): boolean {
  return !/[\uD800-\uDFFF]/u.test(text);
}

/** Any text as an expression of DuckDB's: a NUL would end the statement. */
export function textLiteral(text: string): string {
  const parts = text.split("\0").map(quoteLiteral);
  return parts.length === 1
    ? parts.join("")
    : `(${parts.join(" || chr(0) || ")})`;
}
