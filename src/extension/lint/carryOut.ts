import * as vscode from "vscode";
import type { FixPlan } from "../../protocol/server";

/** Saves the values of a fix, and then takes them out of the document; false when that is not the plan's any more. */
export async function carryOut(
  uri: vscode.Uri,
  plan: Pick<FixPlan, "version" | "edits">,
  save: () => Promise<void>,
): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  if (plan.version !== document.version) {
    return false;
  }
  // The values are safe elsewhere before they go from the document.
  await save();
  if (plan.version !== document.version) {
    return false;
  }
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of plan.edits) {
    const { start, end } = range;
    edit.replace(
      uri,
      new vscode.Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  return vscode.workspace.applyEdit(edit);
}

/** Says that a fix is for a text that is not there any more. */
export function tellChanged(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t("The file has changed: try the fix again."),
  );
}
