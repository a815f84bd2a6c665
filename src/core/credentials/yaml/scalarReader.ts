import { CST } from "yaml";
import { type Cursor, sign, unsure } from "./cursor";
import { ReadScalar, type YamlScalar } from "./node";

/** The value of a key that has none. */
export function emptyScalar(cursor: Cursor, at: number): YamlScalar {
  return new ReadScalar(cursor.text, at, at, "plain", null, null);
}

/** A quoted scalar; further lines of it are indented more than `parentIndent`. */
export function quotedScalar(
  cursor: Cursor,
  parentIndent: number,
  tag: string | null,
): YamlScalar {
  const { at: start, text } = cursor;
  const isDouble = cursor.code() === sign.double;
  const end = closingQuote(cursor, start, isDouble) + 1;
  const raw = text.slice(start, end);
  const isLines = raw.includes("\n");
  if (isLines) {
    needIndent(raw, parentIndent);
    cursor.moveTo(end);
  } else {
    cursor.at = end;
  }
  const source =
    isLines || raw.includes(isDouble ? "\\" : "''")
      ? resolved({
          type: isDouble ? "double-quoted-scalar" : "single-quoted-scalar",
          offset: 0,
          indent: 0,
          source: raw,
          end: [],
        })
      : null;
  const style = isDouble ? "double" : "single";
  return new ReadScalar(text, start, end, style, tag, source);
}

/** Where a quoted scalar is closed. */
export function closingQuote(
  cursor: Cursor,
  start: number,
  isDouble: boolean,
): number {
  const { end, text } = cursor;
  let at = start + 1;
  for (;;) {
    const found = text.indexOf(isDouble ? '"' : "'", at);
    if (found < 0 || found >= end) {
      // A quote is not closed.
      throw unsure;
    }
    if (isDouble && isEscaped(text, found, at)) {
      at = found + 1;
    } else if (!isDouble && text.charCodeAt(found + 1) === sign.single) {
      at = found + 2;
    } else {
      return found;
    }
  }
}

function isEscaped(text: string, at: number, from: number): boolean {
  let count = 0;
  while (
    at - count - 1 >= from &&
    text.charCodeAt(at - count - 1) === sign.backslash
  ) {
    count++;
  }
  return count % 2 === 1;
}

function needIndent(raw: string, parentIndent: number): void {
  let next = raw.indexOf("\n");
  while (next >= 0) {
    const line = next + 1;
    let at = line;
    while (raw.charCodeAt(at) === sign.blank) {
      at++;
    }
    // Above the blank there is text, below it what separates.
    if (at - line <= parentIndent && raw.charCodeAt(at) > sign.blank) {
      // A line of a quoted text is not indented.
      throw unsure;
    }
    next = raw.indexOf("\n", at);
  }
}

/** A plain scalar of one or several lines in a block. */
export function plainLines(
  cursor: Cursor,
  parentIndent: number,
  tag: string | null,
): YamlScalar {
  const { at: start, text } = cursor;
  let end = plainEnd(cursor, start);
  let isLines = false;
  cursor.at = end;
  for (;;) {
    const line = continued(cursor, end, parentIndent);
    if (line < 0) {
      break;
    }
    isLines = true;
    end = plainEnd(cursor, line);
  }
  if (!isLines) {
    return new ReadScalar(text, start, end, "plain", tag, null);
  }
  const source = text.slice(start, end);
  cursor.moveTo(end);
  const read = resolved({
    type: "scalar",
    offset: 0,
    indent: 0,
    source,
    end: [],
  });
  return new ReadScalar(text, start, end, "plain", tag, read);
}

/** Where a plain text on one line ends. What could be a key with a value is none of it, nor of what is read here. */
function plainEnd(cursor: Cursor, from: number): number {
  const { text } = cursor;
  const lineEnd = cursor.lineEnd(from);
  let end = lineEnd;
  for (let at = from; at < lineEnd; at++) {
    const code = text.charCodeAt(at);
    if (code === sign.colon && cursor.isSpace(at + 1)) {
      // A value reads as a key.
      throw unsure;
    }
    if (code === sign.hash && at > from && cursor.isSpace(at - 1)) {
      end = at;
      break;
    }
  }
  while (end > from && isBlank(text.charCodeAt(end - 1))) {
    end--;
  }
  return end;
}

function isBlank(code: number): boolean {
  return code === sign.blank || code === sign.tab;
}

/** Where the text goes on in a line below; -1 where it does not. */
function continued(cursor: Cursor, from: number, parentIndent: number): number {
  const { end, text } = cursor;
  let at = from;
  let lineStart = -1;
  for (;;) {
    while (at < end && isBlank(text.charCodeAt(at))) {
      at++;
    }
    if (at >= end || !cursor.isBreak(at)) {
      break;
    }
    at = text.indexOf("\n", at) + 1;
    lineStart = at;
  }
  // On the same line there is a comment: it ends the text.
  if (at >= end || lineStart < 0 || at - lineStart <= parentIndent) {
    return -1;
  }
  const code = text.charCodeAt(at);
  if (code === sign.hash) {
    return -1;
  }
  if (
    (code === sign.dash || code === sign.question) &&
    cursor.isSpace(at + 1)
  ) {
    // A text goes on with a list.
    throw unsure;
  }
  return at;
}

function resolved(token: CST.FlowScalar): string {
  const scalar = CST.resolveAsScalar(token, false, () => {
    // A scalar is not as it has to be.
    throw unsure;
  });
  return scalar.value;
}
