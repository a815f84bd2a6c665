import type { OffsetRange } from "../finding";
import { sign } from "./cursor";
import type { YamlScalar } from "./node";

/** A value on a line. */
export interface Value {
  readonly range: OffsetRange;
  readonly whole: OffsetRange;
  readonly text: string;
  readonly style: YamlScalar["style"];
  readonly tag: string;
  /** The name of the anchor before it, or the empty string. */
  readonly anchor: string;
}

const flowPair =
  /(?:(["']?)([A-Za-z_][\w.-]{0,79})\1\s{0,4}:\s{0,4})?(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)'|([^\s,{}[\]"':][^,{}[\]]*))/g;

/** True where a flow collection begins, and no template. */
export function isFlow(line: string, at: number): boolean {
  const first = line.charCodeAt(at);
  return (
    first === sign.openList ||
    (first === sign.openMap && !/[{%#]/.test(line.charAt(at + 1)))
  );
}

/** The scalars of a flow collection on one line, with their keys; items of a list have none. */
export function flowValues(
  raw: string,
  start: number,
): { readonly key: string; readonly value: Value }[] {
  return [...raw.matchAll(flowPair)].map((match) => {
    const [all, , key = "", double, single, plain] = match;
    const text = double ?? single ?? plain?.trimEnd() ?? "";
    const quote = plain === undefined ? 1 : 0;
    const from =
      start + match.index + all.length - (plain?.length ?? text.length + quote);
    const range = { start: from, end: from + text.length };
    const whole = { start: from - quote, end: range.end + quote };
    const quoted = double === undefined ? "single" : "double";
    const style = plain === undefined ? quoted : "plain";
    return { key, value: { range, whole, text, style, tag: "", anchor: "" } };
  });
}

/** A scalar on one line; null for an alias and for nothing. A quote that is not closed goes up to the line's end. */
export function scalarValue(
  raw: string,
  start: number,
  tag: string,
  anchor: string,
): Value | null {
  const first = raw.charAt(0);
  if (first === "*" || first === "") {
    return null;
  }
  const quoted =
    first === '"'
      ? /^"((?:[^"\\]|\\.)*)/.exec(raw)
      : first === "'"
        ? /^'((?:[^']|'')*)/.exec(raw)
        : null;
  const text = quoted?.[1] ?? withoutComment(raw).trimEnd();
  // What ends like code, and is not quoted, is code.
  if (text === "" || (quoted === null && /[;({,]$|\(/.test(text))) {
    return null;
  }
  const quote = quoted === null ? 0 : 1;
  const range = { start: start + quote, end: start + quote + text.length };
  const whole = { start, end: Math.min(range.end + quote, start + raw.length) };
  const style = quote === 0 ? "plain" : first === '"' ? "double" : "single";
  return { range, whole, text, style, tag, anchor };
}

/** A line without the comment at its end. */
function withoutComment(line: string): string {
  if (!line.includes("#")) {
    return line;
  }
  const last = Math.max(
    0,
    ...["\r", "\u2028", "\u2029"].map((each) => line.lastIndexOf(each)),
  );
  const at = line.slice(last).search(/\s#/);
  return at < 0 ? line : line.slice(0, last + at);
}

/** A range without the blanks at its ends. */
export function trimmed(text: string, from: number, to: number): OffsetRange {
  let start = from;
  let end = to;
  while (end > start && text.charCodeAt(end - 1) <= 32) {
    end--;
  }
  while (start < end && text.charCodeAt(start) <= 32) {
    start++;
  }
  return { start, end };
}

/** How many tabs a line is indented with. */
export function tabsOf(line: string): number {
  if (!line.includes("\t")) {
    return 0;
  }
  const blanks = /^[ \t]*/.exec(line)?.[0] ?? "";
  return blanks.replaceAll(" ", "").length;
}
