import * as vscode from "vscode";
import type { WorkspaceFinding } from "../../../protocol/server";

/** Shows a finding selected in its file, in a notebook in its cell. */
export async function showFinding(
  uri: vscode.Uri,
  { range, cell }: Pick<WorkspaceFinding, "range" | "cell">,
): Promise<void> {
  const { start, end } = range;
  if (cell === null) {
    await vscode.window.showTextDocument(uri, {
      selection: new vscode.Range(
        start.line,
        start.character,
        end.line,
        end.character,
      ),
    });
    return;
  }
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  const index = Math.min(cell.cell, notebook.cellCount) - 1;
  await vscode.window.showNotebookDocument(notebook, {
    selections: [new vscode.NotebookRange(index, index + 1)],
  });
  const at = new vscode.Position(cell.line - 1, cell.column - 1);
  await vscode.window.showTextDocument(notebook.cellAt(index).document, {
    selection: new vscode.Range(at, at),
  });
}
