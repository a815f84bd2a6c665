import * as vscode from "vscode";

/**
 * The file that a document is in: of a notebook's cell the notebook's. In a remote window the cell's own URI has the
 * remote as its host, which no file's has.
 */
export function fileOfDocument(document: vscode.Uri): vscode.Uri {
  if (document.scheme !== "vscode-notebook-cell") {
    return document;
  }
  const wanted = document.toString();
  const notebook = vscode.workspace.notebookDocuments.find((each) =>
    each.getCells().some((cell) => cell.document.uri.toString() === wanted),
  );
  return notebook?.uri ?? document.with({ scheme: "file", fragment: "" });
}
