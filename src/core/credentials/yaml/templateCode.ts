import { firstIndex } from "../../collections/firstIndex";
import type { OffsetRange } from "../finding";

const opening = /\{[{%]/g;

/** What is of meaning within a template: a string, as it is or with the escapes of the YAML around it, and braces. */
const token =
  /\\["'][^"'\n]*["']?|''(?=[^\s,)\]}:|'])[^'\n]*'{0,2}|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|`[^`\n]*`?|\{[{%]?|%\}|\}/g;

/**
 * Tells of an offset whether it is code of a template, `{{ … }}` or `{% … %}` over as many lines as it has: names and
 * calls, of which none is a literal. The strings in it are not code.
 */
export function templateCode(text: string): (offset: number) => boolean {
  const code = codeRanges(text);
  return (offset) => {
    const index = firstIndex(
      code.length,
      (each) => (code[each]?.end ?? 0) > offset,
    );
    return (code[index]?.start ?? Infinity) <= offset;
  };
}

/** In order, and in proportion to the text: nothing of it is read twice. */
function codeRanges(text: string): OffsetRange[] {
  const ranges: OffsetRange[] = [];
  let at = 0;
  for (;;) {
    opening.lastIndex = at;
    const open = opening.exec(text);
    if (open === null) {
      return ranges;
    }
    const { code, end, isClosed } = readTemplate(text, open.index);
    if (isClosed) {
      for (const range of code) {
        ranges.push(range);
      }
    }
    at = end;
  }
}

/** Reads one to where it closes, to the next one that opens (then it was none) or to the end of the text. */
function readTemplate(
  text: string,
  start: number,
): {
  readonly code: readonly OffsetRange[];
  readonly end: number;
  readonly isClosed: boolean;
} {
  const isStatement = text.charAt(start + 1) === "%";
  const code: OffsetRange[] = [];
  let from = start;
  let depth = 0;
  token.lastIndex = start + 2;
  for (let next = token.exec(text); next !== null; next = token.exec(text)) {
    const { 0: found, index } = next;
    const end = index + found.length;
    if (found === "{{" || found === "{%") {
      return { code, end: index, isClosed: false };
    }
    const closes = isStatement
      ? found === "%}"
      : depth === 0 && text.startsWith("}}", index);
    if (closes) {
      code.push({ start: from, end: index });
      return { code, end: index + 2, isClosed: true };
    }
    if (found === "{") {
      depth++;
    } else if (found === "}") {
      depth = Math.max(0, depth - 1);
    } else if (found !== "%}") {
      code.push({ start: from, end: index });
      from = end;
    }
  }
  return { code, end: text.length, isClosed: false };
}
