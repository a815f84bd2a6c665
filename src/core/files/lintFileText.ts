import type { Finding } from "../credentials/finding";
import { lintReport } from "../credentials/lint";
import type { LintOptions } from "../credentials/options";
import type { SuppressedFinding } from "../credentials/report";
import { LineIndex } from "../diagnostics/lineIndex";
import { formOfFile } from "./lintableFile";
import { notebookSql } from "./notebook";

/** A place in a notebook as its reader sees it: cell, line and column from 1. */
export interface CellPlace {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
}

/** A finding of a file; its range is in the file's text. */
export interface FileFinding {
  readonly finding: Finding;
  /** Null for all but notebooks. */
  readonly cell: CellPlace | null;
}

/** A finding of a file that is not shown, and why. */
export type FileSuppressed = FileFinding & Omit<SuppressedFinding, "finding">;

/** What came of a file. */
export interface FileReport {
  readonly findings: readonly FileFinding[];
  readonly suppressed: readonly FileSuppressed[];
}

/** Checks the text of a file as what it is: SQL, YAML, an env file, a notebook. Never throws. */
export function lintFileText(
  path: string,
  text: string,
  options: LintOptions,
): FileReport {
  const form = formOfFile(path, text);
  if (form !== "notebook") {
    const { findings, suppressed } = lintReport(text, form, path, options);
    return {
      findings: findings.map((finding) => ({ finding, cell: null })),
      suppressed: suppressed.map((each) => ({ ...each, cell: null })),
    };
  }
  const found: FileFinding[] = [];
  const left: FileSuppressed[] = [];
  for (const part of notebookSql(text)) {
    const report = lintReport(part.text, part.language, path, options);
    const lines = new LineIndex(part.text);
    const locate = (finding: Finding): FileFinding => {
      const { line, column } = lines.position(finding.range.start);
      return {
        finding: { ...finding, range: part.inFile(finding.range) },
        cell: {
          cell: part.cell,
          line: part.line + line + 1,
          column: (line === 0 ? part.column : 0) + column + 1,
        },
      };
    };
    found.push(...report.findings.map(locate));
    left.push(
      ...report.suppressed.map((each) => ({
        ...each,
        ...locate(each.finding),
      })),
    );
  }
  return { findings: found, suppressed: left };
}
