import { existsSync } from "node:fs";
import path from "node:path";
import * as vscode from "vscode";

/** How VS Code names the folder of a second window on a workspace: that of the workspace, and which one it is. */
const ofSecond = /^(-?[\da-f]{6,32})-\d$/;

/**
 * The folder of the workspace for files that all of its windows share. VS Code gives a second window a folder of its own,
 * and takes one whose connection was lost for a window that is still there: a later window on its own would not find what
 * is in such a folder.
 */
export function workspaceStorage(
  storageUri: vscode.Uri | undefined,
): vscode.Uri | undefined {
  if (storageUri?.scheme !== "file") return storageUri;
  const { dir, base } = path.parse(storageUri.fsPath);
  const workspace = ofSecond.exec(path.basename(dir))?.[1];
  const shared = path.join(path.dirname(dir), workspace ?? "");
  return workspace !== undefined && existsSync(shared)
    ? vscode.Uri.file(path.join(shared, base))
    : storageUri;
}
