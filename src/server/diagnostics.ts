import {
  DiagnosticSeverity,
  type Diagnostic,
} from "vscode-languageserver/node";
import type { Severity } from "../core/credentials/finding";
import { lintSource, type WorkspaceFinding } from "../protocol/server";
import type { LintedDocument } from "./lintedDocument";
import { ruleLink } from "./ruleLink";

/** What the editor shows for a document. No value is in it. */
export function diagnosticsFor(document: LintedDocument): Diagnostic[] {
  return document.placed().map(({ finding, range }) => ({
    range,
    severity: severityOf(finding.severity),
    code: finding.rule,
    codeDescription: { href: ruleLink(finding.rule) },
    source: lintSource,
    message: finding.message,
  }));
}

/** What the editor shows for a finding of a file that is not open. */
export function workspaceDiagnostic(finding: WorkspaceFinding): Diagnostic {
  const { message, range, rule, severity } = finding;
  return {
    range,
    severity: severityOf(severity),
    code: rule,
    codeDescription: { href: ruleLink(rule) },
    source: lintSource,
    message,
  };
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
