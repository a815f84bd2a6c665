import type { Finding, OffsetRange } from "../core/credentials/finding";
import { lint } from "../core/credentials/lint";
import { LineIndex } from "../core/diagnostics/lineIndex";
import type { DocumentRange } from "../protocol/server";
import { lintLanguage, type LintedDocument } from "./lintedDocument";

/** A finding with its place as the protocol has it. */
export interface PlacedFinding {
  readonly finding: Finding;
  readonly range: DocumentRange;
}

/** A range of offsets as lines and columns. */
export function documentRange(
  lines: LineIndex,
  range: OffsetRange,
): DocumentRange {
  const start = lines.position(range.start);
  const end = lines.position(range.end);
  return {
    start: { line: start.line, character: start.column },
    end: { line: end.line, character: end.column },
  };
}

/** The findings of a document; none for a language that is not checked. */
export function placedFindings(document: LintedDocument): PlacedFinding[] {
  const language = lintLanguage(document.languageId);
  if (language === null) {
    return [];
  }
  const text = document.getText();
  const findings = lint(text, language, document.uri);
  if (findings.length === 0) {
    return [];
  }
  const lines = new LineIndex(text);
  return findings.map((finding) => ({
    finding,
    range: documentRange(lines, finding.range),
  }));
}

/** True when two ranges share a place, ends included. */
export function touches(a: DocumentRange, b: DocumentRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

/** True when two ranges are the same. */
export function sameRange(a: DocumentRange, b: DocumentRange): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}

type Position = DocumentRange["start"];

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
