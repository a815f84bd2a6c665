import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";

/** Shows the page of a rule that came with the extension; answers its file. */
export function openRule(
  extensionUri: vscode.Uri,
): CommandTable["viaduct.openRule"] {
  return async (rule) => {
    if (rule === undefined || !/^C[SXY]\d{3}$/.test(rule)) {
      return undefined;
    }
    const page = vscode.Uri.joinPath(
      extensionUri,
      "docs",
      "rules",
      `${rule}.md`,
    );
    try {
      await vscode.commands.executeCommand("markdown.showPreview", page);
    } catch {
      // Markdown's own extension can be switched off.
      await vscode.window.showTextDocument(page);
    }
    return page.fsPath;
  };
}
