import { lexTolerantly } from "../../sql/lexer";
import type { OffsetRange } from "../finding";
import type { LintLanguage } from "../lint";
import { readEntries } from "../yaml/entries";
import type { OffsetFixPlan } from "./fixPlan";

/** Takes out the comment that holds a credential: the lines of it that do, when it has others. Null in a text. */
export function fixComment(
  text: string,
  language: LintLanguage,
  range: OffsetRange,
  title = "Delete the comment that holds the credential",
): OffsetFixPlan | null {
  const found =
    language === "sql" ? sqlComment(text, range) : yamlComment(text, range);
  if (found === null) {
    return null;
  }
  // `a/**/b` is two words.
  const isBetween =
    /\S/.test(text.charAt(found.start - 1)) &&
    /\S/.test(text.charAt(found.end));
  return {
    title,
    edits: [{ range: found, newText: isBetween ? " " : "" }],
    env: [],
  };
}

function sqlComment(text: string, range: OffsetRange): OffsetRange | null {
  const token = lexTolerantly(text).find(
    ({ start, end }) => start <= range.start && range.end <= end,
  );
  if (token?.kind !== "comment") {
    return null;
  }
  const isBlock = text.startsWith("/*", token.start);
  const lines = wholeLines(text, range);
  const isInside = token.start < lines.start && lines.end < token.end - 2;
  return isBlock && isInside ? lines : withItsLine(text, token);
}

function yamlComment(text: string, range: OffsetRange): OffsetRange | null {
  const { start: lineStart } = wholeLines(text, range);
  const line = text.slice(lineStart, range.start);
  const newline = text.indexOf("\n", range.start);
  const rest = newline < 0 ? text.length : newline;
  const end = text.charAt(rest - 1) === "\r" ? rest - 1 : rest;
  try {
    const scalars = readEntries(text).map(({ whole }) => whole);
    for (const mark of line.matchAll(/(?:^|[ \t])#/g)) {
      const start = lineStart + mark.index + mark[0].length - 1;
      const isText = scalars.some(
        (whole) => whole.start <= start && start < whole.end,
      );
      if (!isText) {
        return withItsLine(text, { start, end });
      }
    }
    return null;
  } catch {
    // What cannot be read is better left alone.
    return null;
  }
}

/** A comment with the blanks before it; with its line when nothing else is on it. */
function withItsLine(text: string, comment: OffsetRange): OffsetRange {
  const lines = wholeLines(text, comment);
  const before = text.slice(lines.start, comment.start);
  const after = text.slice(comment.end, lines.end);
  if (before.trim() === "" && after.trim() === "") {
    return lines;
  }
  const blanks = (side: RegExp, piece: string): number =>
    side.exec(piece)?.[0].length ?? 0;
  return after.trim() === ""
    ? { start: comment.start - blanks(/[ \t]*$/, before), end: comment.end }
    : {
        start: comment.start,
        end:
          comment.end + (before.trim() === "" ? blanks(/^[ \t]*/, after) : 0),
      };
}

/** The lines that a range is on, with their line break. */
function wholeLines(text: string, range: OffsetRange): OffsetRange {
  const start = text.lastIndexOf("\n", range.start - 1) + 1;
  const newline = text.indexOf("\n", Math.max(range.start, range.end - 1));
  return { start, end: newline < 0 ? text.length : newline + 1 };
}
