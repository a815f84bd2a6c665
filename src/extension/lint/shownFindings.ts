import * as vscode from "vscode";
import type { Severity } from "../../core/credentials/finding";
import type { RuleId } from "../../core/credentials/ruleIds";
import { lintSource } from "../../protocol/server";
import type { ShownFinding } from "./report/liveFindings";

/** The findings among a document's diagnostics. */
export function shownFindings(
  diagnostics: readonly vscode.Diagnostic[],
): readonly ShownFinding[] {
  return diagnostics
    .filter(({ source }) => source === lintSource)
    .map(({ range, code, severity, message }) => ({
      range: {
        start: { line: range.start.line, character: range.start.character },
        end: { line: range.end.line, character: range.end.character },
      },
      // The server's own diagnostics have no other codes.
      rule: String(typeof code === "object" ? code.value : code) as RuleId,
      severity: severityOf(severity),
      message,
    }));
}

function severityOf(severity: vscode.DiagnosticSeverity): Severity {
  switch (severity) {
    case vscode.DiagnosticSeverity.Error:
      return "error";
    case vscode.DiagnosticSeverity.Warning:
      return "warning";
    default:
      return "info";
  }
}
