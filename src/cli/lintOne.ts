import type { Finding, Severity } from "../core/credentials/finding";
import type { LintOptions } from "../core/credentials/options";
import type { SuppressedFinding } from "../core/credentials/report";
import type { LineIndex } from "../core/diagnostics/lineIndex";
import { maxFileBytes } from "../core/files/lintableFile";
import type { FileFinding as Located } from "../core/files/lintFileText";
import { reason, type LintFile } from "./lintFiles";

/** One finding as `--format json` has it: lines and UTF-16 columns from 1. */
export interface FileFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly rule: Finding["rule"];
  readonly severity: Severity;
  readonly message: string;
  /** In a notebook: the cell, and the line and column in it, from 1. */
  readonly cell?: Located["cell"] & object;
  /** With `--git-history`: what git knows; null where it knows nothing. */
  readonly git?: GitNote | null;
}

/** What git knows of a finding. */
export interface GitNote {
  readonly isTracked: boolean;
  /** ISO 8601: since when the value is in the history of the file; null when it is not. */
  readonly inHistorySince: string | null;
}

/** A finding with what only some outputs show of it. */
export interface FoundFinding {
  readonly shown: FileFinding;
  /** How the value begins and how long it is; empty where there is none. */
  readonly masked: string;
}

/** A finding that is not shown as one. */
export interface LeftFinding extends FoundFinding {
  readonly by: SuppressedFinding["by"];
  readonly reason: string;
}

/** What came of a file. */
export interface FileResult {
  readonly file: LintFile;
  readonly findings: readonly FoundFinding[];
  readonly suppressed: readonly LeftFinding[];
  /** Why it was not checked, or null. */
  readonly problem: string | null;
  /** True when there was nothing to check in it, so that the run as a whole is fine. */
  readonly isSkipped: boolean;
  /** The text of each finding's value as the file has it, in their order. Stays in this process. */
  readonly values: readonly string[];
}

const nothing = {
  findings: [],
  suppressed: [],
  values: [],
  problem: null,
  isSkipped: false,
} as const;

/** Checks one file, or standard input. Never throws for what is in it. */
export async function lintFile(
  file: LintFile,
  options: LintOptions,
): Promise<FileResult> {
  if (file.unreadable !== undefined) {
    return { ...nothing, file, problem: file.unreadable };
  }
  try {
    const read = await file.read();
    if ("text" in read) {
      return { ...nothing, file, ...(await check(file, read.text, options)) };
    }
    const problem =
      read.skipped === "binary"
        ? `${file.shown} is a binary file: skipped.`
        : `${file.shown} is larger than ${maxFileBytes} bytes: skipped.`;
    return { ...nothing, file, problem, isSkipped: true };
  } catch (error) {
    return { ...nothing, file, problem: reason(file.shown, error) };
  }
}

async function check(
  file: LintFile,
  text: string,
  options: LintOptions,
): Promise<Pick<FileResult, "findings" | "suppressed" | "values">> {
  // The core with its YAML parser is loaded when there is something to check: `--help` and mistakes answer at once.
  const { lintFileText } = await import("../core/files/lintFileText");
  const { LineIndex: Lines } = await import("../core/diagnostics/lineIndex");
  const report = lintFileText(file.shown, text, options);
  if (report.findings.length + report.suppressed.length === 0) {
    return nothing;
  }
  const lines = new Lines(text);
  return {
    findings: report.findings.map((each) => place(file, each, lines)),
    suppressed: report.suppressed.map((each) => ({
      ...place(file, each, lines),
      by: each.by,
      reason: each.reason,
    })),
    values: report.findings.map(({ finding: { range } }) =>
      text.slice(range.start, range.end),
    ),
  };
}

function place(
  file: LintFile,
  { finding, cell }: Located,
  lines: LineIndex,
): FoundFinding {
  const start = lines.position(finding.range.start);
  const end = lines.position(finding.range.end);
  const { rule, severity, message } = finding;
  return {
    shown: {
      file: file.shown,
      line: start.line + 1,
      column: start.column + 1,
      endLine: end.line + 1,
      endColumn: end.column + 1,
      rule,
      severity,
      message,
      ...(cell === null ? {} : { cell }),
    },
    masked: finding.masked ?? "",
  };
}
