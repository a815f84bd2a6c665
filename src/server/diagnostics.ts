import {
  DiagnosticSeverity,
  type Diagnostic,
} from "vscode-languageserver/node";
import type { Severity } from "../core/credentials/finding";
import { rulePage } from "../core/credentials/rules";
import { lintSource } from "../protocol/server";
import { placedFindings } from "./findings";
import type { LintedDocument } from "./lintedDocument";

/** What the editor shows for a document. No value is in it. */
export function diagnosticsFor(document: LintedDocument): Diagnostic[] {
  return placedFindings(document).map(({ finding, range }) => ({
    range,
    severity: severityOf(finding.severity),
    code: finding.rule,
    codeDescription: { href: rulePage(finding.rule) },
    source: lintSource,
    message: finding.message,
  }));
}

function severityOf(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case "error":
      return DiagnosticSeverity.Error;
    case "warning":
      return DiagnosticSeverity.Warning;
    case "info":
      return DiagnosticSeverity.Information;
  }
}
