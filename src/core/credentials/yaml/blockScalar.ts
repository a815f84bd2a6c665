import { CST } from "yaml";
import { type Cursor, unsure } from "./cursor";
import { ReadScalar, type YamlScalar } from "./node";

/** A block scalar: its lines are indented more than `parentIndent`. */
export function blockScalar(
  cursor: Cursor,
  parentIndent: number,
  tag: string | null,
): YamlScalar {
  const { at: start, text } = cursor;
  const headEnd = cursor.lineEnd(start);
  const head = /^[|>][-+]?(?=[ \t]*$|[ \t]+#)/.exec(text.slice(start, headEnd));
  if (head === null) {
    // A block scalar has a header of its own kind.
    throw unsure;
  }
  const first = Math.min(cursor.end, text.indexOf("\n", headEnd) + 1);
  if (first === 0) {
    // A block scalar is empty.
    throw unsure;
  }
  const lines = blockLines(cursor, first, parentIndent);
  // Empty lines at its end belong to a scalar only when it keeps them.
  const end = head[0].endsWith("+") ? lines.next : lines.contentEnd;
  const header = head[0];
  const source =
    lines.contentEnd > first
      ? (): string => blockText(header, text.slice(first, end))
      : "";
  cursor.moveTo(lines.next);
  return new ReadScalar(text, start, end, "block", tag, source);
}

/** Where the lines of a block scalar end, from its first one on: with and without the empty ones behind them. */
function blockLines(
  cursor: Cursor,
  first: number,
  parentIndent: number,
): { readonly next: number; readonly contentEnd: number } {
  const { end, text } = cursor;
  let indent = -1;
  let contentEnd = first;
  let widest = 0;
  let line = first;
  /** Blank lines since the last that is content, with more than how many blanks one of them is content, too. */
  const blank: { readonly width: number; readonly end: number }[] = [];
  let limit = 0;
  while (line < end) {
    const at = cursor.afterBlanks(line);
    const width = at - line;
    const next = text.indexOf("\n", at);
    const lineEnd = next < 0 || next >= end ? end : next + 1;
    if (cursor.isBreak(at)) {
      blank.push({ width, end: lineEnd });
      // A template that was made blank is not indented by what it was.
      if (indent < 0 && cursor.isWrittenBlank(line, at)) {
        widest = Math.max(widest, width);
      }
    } else if (width <= parentIndent) {
      limit = width;
      break;
    } else if (width < indent || widest > width) {
      // A line of a block scalar is indented less.
      throw unsure;
    } else {
      indent = indent < 0 ? width : indent;
      widest = 0;
      contentEnd = lineEnd;
      blank.length = 0;
    }
    line = lineEnd;
  }
  if (indent < 0 && line >= end && !text.endsWith("\n", end)) {
    // A block scalar has no line with text or an end.
    throw unsure;
  }
  limit = indent < 0 ? limit : indent;
  const last = blank.findLast(({ width }) => width > limit);
  // The first line of one without any text belongs to it, whatever its width.
  const least = indent < 0 ? (blank[0]?.end ?? first) : contentEnd;
  return { next: line, contentEnd: last?.end ?? least };
}

function blockText(header: string, source: string): string {
  const line = /^ *([^ \n\r][^\n\r]*\n)$/.exec(source)?.[1];
  if (line !== undefined) {
    // One line is as it stands: only its own end can be left out.
    return header.endsWith("-") ? line.slice(0, -1) : line;
  }
  const place = { offset: 0, indent: 0 };
  const props: CST.Token[] = [
    { ...place, type: "block-scalar-header", source: header },
  ];
  const token: CST.BlockScalar = {
    ...place,
    type: "block-scalar",
    props,
    source,
  };
  // Its lines have been looked at: what is wrong with them are templates that were made blank.
  return CST.resolveAsScalar(token, false, () => undefined).value;
}
