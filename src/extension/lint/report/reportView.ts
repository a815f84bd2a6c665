import * as vscode from "vscode";
import { formOfName } from "../../../core/files/lintableFile";
import type {
  LintReportView,
  ReportedFile,
  ReportedFinding,
  WorkspaceReport,
} from "../../../protocol/lintPanel";
import type {
  WorkspaceFileFindings,
  WorkspaceFinding,
  WorkspaceLintResult,
} from "../../../protocol/server";
import type { CheckState } from "./workspaceCheck";

/** What the page shows of a check. */
export function viewOf(
  { kind, progress, result, problem, madeAt }: CheckState,
  revision: number,
  shown: (uri: vscode.Uri) => string,
): LintReportView {
  return {
    state: kind === "none" ? "running" : kind,
    revision,
    progress,
    report: result === null ? null : reportOf(result, shown),
    problem,
    madeAt: madeAt?.toLocaleTimeString() ?? "",
  };
}

function reportOf(
  result: WorkspaceLintResult,
  shown: (uri: vscode.Uri) => string,
): WorkspaceReport {
  const { checkedFiles, suppressed, staleBaselineEntries, skipped } = result;
  const path = (uri: string): string => shown(vscode.Uri.parse(uri));
  return {
    files: result.files.map((file) => fileOf(file, path(file.uri))),
    checkedFiles,
    suppressed,
    staleBaselineEntries,
    skipped: skipped.map(({ uri, reason }) => ({ path: path(uri), reason })),
  };
}

function fileOf(
  { findings, isTracked }: WorkspaceFileFindings,
  path: string,
): ReportedFile {
  const form = formOfName(path);
  return {
    path,
    isTracked,
    isEnvFile: form === "env",
    isFixable: form !== "env" && form !== "notebook",
    findings: findings.map(findingOf),
  };
}

function findingOf(finding: WorkspaceFinding): ReportedFinding {
  const { rule, severity, message, masked, inHistorySince } = finding;
  const { cell, range } = finding;
  const place =
    cell === null
      ? `Ln ${range.start.line + 1}, Col ${range.start.character + 1}`
      : `Cell ${cell.cell}, Ln ${cell.line}, Col ${cell.column}`;
  const since = inHistorySince?.slice(0, 10) ?? null;
  return { rule, severity, message, masked, place, since };
}
