import { lexTolerantly } from "../../sql/lexer";
import type { Finding, OffsetRange } from "../finding";
import type { LintLanguage } from "../language";
import { readEntries } from "../yaml/entries";
import { lineBreak } from "./fixPlan";

/** Where a comment that suppresses goes, and what it says around its reason. */
export interface IgnoreEdit {
  readonly range: OffsetRange;
  /** Up to the reason, without the blank between. */
  readonly before: string;
  readonly after: string;
}

/** A comment behind a line, or one on a line of its own above it. */
interface CommentPlace {
  readonly at: number;
  readonly isAbove: boolean;
}

/** The comment that suppresses a finding; null where none can stand near enough. */
export function ignoreFinding(
  text: string,
  language: LintLanguage,
  { range, rule }: Pick<Finding, "rule" | "range">,
): IgnoreEdit | null {
  const place =
    language === "sql"
      ? sqlPlace(text, range)
      : language === "yaml"
        ? yamlPlace(text, range)
        : { at: startOfLine(text, range.start), isAbove: true };
  if (place === null) {
    return null;
  }
  const { at, isAbove } = place;
  const comment = `${language === "sql" ? "--" : "#"} credlint:ignore ${rule}`;
  const indent = isAbove ? (/^[ \t]*/.exec(text.slice(at))?.[0] ?? "") : " ";
  return {
    range: { start: at, end: at },
    before: indent + comment,
    after: isAbove ? lineBreak(text) : "",
  };
}

/** Commands of SQL*Plus and sqlcmd, to whose words a comment behind them would belong. */
const clientCommand = /^\s*(?:conn(?:ect)?\s[^;]*\/|def(?:ine)?\s|:\w)/i;

/** Behind its line; above the string that goes on there, and above the lines of psql and other clients, which have no comments. */
function sqlPlace(text: string, range: OffsetRange): CommentPlace | null {
  const end = endOfLine(text, range.end);
  const line = text.slice(startOfLine(text, range.start), end);
  return clientCommand.test(line)
    ? above(text, range.start)
    : placeAmong(text, 0, range, end, 0);
}

const maxDepth = 3;

function placeAmong(
  text: string,
  shift: number,
  range: OffsetRange,
  end: number,
  depth: number,
): CommentPlace | null {
  const tokens = lexTolerantly(text.slice(shift));
  for (const { kind, start: from, end: to } of tokens) {
    const token = { start: from + shift, end: to + shift };
    const isAround = token.start <= range.start && range.start < token.end;
    const goesOn = token.start < end && token.end > end;
    const isText =
      kind === "string" ||
      kind === "escapeString" ||
      kind === "quotedIdentifier";
    // A comment behind a command of psql would be words of it.
    const isMetaBehind = token.start >= range.end && token.start < end;
    if (kind === "psqlMeta" && (isAround || isMetaBehind)) {
      return above(text, isAround ? token.start : range.start);
    }
    if (isText && goesOn) {
      return isAround ? above(text, token.start) : null;
    }
    if (kind === "dollarString" && isAround && depth < maxDepth) {
      const tag = text.indexOf("$", token.start + 1) + 1 - token.start;
      const inner = text.slice(0, token.end - tag);
      // A body on one line has no line of its own to end.
      const isWithin = end < token.end - tag;
      return isWithin
        ? placeAmong(inner, token.start + tag, range, end, depth + 1)
        : { at: end, isAbove: false };
    }
  }
  return { at: end, isAbove: false };
}

/** Above the line of an offset; null when the line begins within a string or a comment. */
function above(text: string, offset: number): CommentPlace | null {
  const at = startOfLine(text, offset);
  const isWithin = lexTolerantly(text.slice(0, offset)).some(
    ({ closed, end, start }) =>
      start < at && (end > at || (closed === false && end >= at)),
  );
  return isWithin ? null : { at, isAbove: true };
}

function yamlPlace(text: string, range: OffsetRange): CommentPlace | null {
  const end = endOfLine(text, range.end);
  try {
    const around = readEntries(text).find(
      ({ style, whole }) =>
        whole.start <= range.start &&
        range.start < whole.end &&
        (style === "block" || whole.end > end),
    );
    return around === undefined
      ? { at: end, isAbove: false }
      : yamlAbove(text, around.whole.start);
  } catch {
    // What cannot be read is better left alone.
    return null;
  }
}

/** Above the line that a scalar begins on, unless another one of several lines ends there. */
function yamlAbove(text: string, offset: number): CommentPlace | null {
  const at = startOfLine(text, offset);
  const isWithin = readEntries(text).some(
    ({ whole }) => whole.start < at && at < whole.end,
  );
  return isWithin ? null : { at, isAbove: true };
}

function startOfLine(text: string, offset: number): number {
  return text.lastIndexOf("\n", offset - 1) + 1;
}

/** The end of a line before its break. */
function endOfLine(text: string, offset: number): number {
  const newline = text.indexOf("\n", offset);
  const end = newline < 0 ? text.length : newline;
  return text.charAt(end - 1) === "\r" ? end - 1 : end;
}
