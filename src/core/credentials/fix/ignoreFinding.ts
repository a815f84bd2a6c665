import { lex } from "../../sql/lexer";
import type { Finding } from "../finding";
import type { LintLanguage } from "../lint";
import { readEntries } from "../yaml/entries";
import type { OffsetEdit } from "./fixPlan";

/** The comment that suppresses a finding where it stands; null within a text where no comment can be. */
export function ignoreFinding(
  text: string,
  language: LintLanguage,
  finding: Pick<Finding, "rule" | "range">,
): OffsetEdit | null {
  const { start } = finding.range;
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", finding.range.end);
  const rest = newline < 0 ? text.length : newline;
  const end = text.charAt(rest - 1) === "\r" ? rest - 1 : rest;
  const comment = `${language === "sql" ? "--" : "#"} credlint:ignore ${finding.rule}`;
  const place = placeOf(text, language, start, end);
  if (place === "none") {
    return null;
  }
  if (place === "above") {
    const indent = /^[ \t]*/.exec(text.slice(lineStart, start))?.[0] ?? "";
    return {
      range: { start: lineStart, end: lineStart },
      newText: `${indent}${comment}\n`,
    };
  }
  return { range: { start: end, end }, newText: ` ${comment}` };
}

/** Behind the line, on one of its own above it, or nowhere: a string goes on there. */
function placeOf(
  text: string,
  language: LintLanguage,
  start: number,
  end: number,
): "behind" | "above" | "none" {
  if (language === "yaml") {
    return yamlPlace(text, start, end);
  }
  for (const token of lex(text)) {
    if (token.start >= end) {
      break;
    }
    if (
      token.kind === "psqlMeta" &&
      token.start <= start &&
      start < token.end
    ) {
      return "above";
    }
    const isText =
      token.kind === "string" ||
      token.kind === "escapeString" ||
      token.kind === "quotedIdentifier";
    if (isText && token.end > end) {
      return "none";
    }
  }
  return "behind";
}

function yamlPlace(
  text: string,
  start: number,
  end: number,
): "behind" | "none" {
  try {
    const isWithin = readEntries(text).some(
      ({ style, whole }) =>
        whole.start <= start &&
        start < whole.end &&
        (style === "block" || whole.end > end),
    );
    return isWithin ? "none" : "behind";
  } catch {
    // What cannot be read is better left alone.
    return "none";
  }
}
