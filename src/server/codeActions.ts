import { CodeActionKind, type CodeAction } from "vscode-languageserver/node";
import { fixFor } from "../core/credentials/fix/fixFor";
import { ignoreFinding } from "../core/credentials/fix/ignoreFinding";
import { LineIndex } from "../core/diagnostics/lineIndex";
import {
  moveCredentialCommand,
  type DocumentRange,
  type MoveCredential,
} from "../protocol/server";
import { diagnosticsFor } from "./diagnostics";
import { documentRange, placedFindings, touches } from "./findings";
import { lintLanguage, type LintedDocument } from "./lintedDocument";

/** What can be done about the findings in a range: move the value out, or ignore it here. No value is in it. */
export function codeActionsFor(
  document: LintedDocument,
  range: DocumentRange,
): CodeAction[] {
  const language = lintLanguage(document.languageId);
  if (language === null) {
    return [];
  }
  const text = document.getText();
  const diagnostics = diagnosticsFor(document);
  return placedFindings(document).flatMap((placed, index) => {
    if (!touches(placed.range, range)) {
      return [];
    }
    const { finding } = placed;
    const diagnostic = diagnostics[index];
    const common = {
      kind: CodeActionKind.QuickFix,
      ...(diagnostic === undefined ? {} : { diagnostics: [diagnostic] }),
    };
    const actions: CodeAction[] = [];
    const fileName = document.uri;
    const plan = fixFor({ text, language, fileName, takenNames: [] }, finding);
    if (plan !== null) {
      const argument: MoveCredential = {
        uri: document.uri,
        range: placed.range,
        rule: finding.rule,
      };
      const { title } = plan;
      const command = {
        title,
        command: moveCredentialCommand,
        arguments: [argument],
      };
      actions.push({ ...common, title, isPreferred: true, command });
    }
    const ignore = ignoreFinding(text, language, finding);
    if (ignore !== null && finding.rule !== "CX305") {
      const edit = {
        range: documentRange(new LineIndex(text), ignore.range),
        newText: ignore.newText,
      };
      actions.push({
        ...common,
        title: `Ignore ${finding.rule} here`,
        edit: { changes: { [document.uri]: [edit] } },
      });
    }
    return actions;
  });
}
