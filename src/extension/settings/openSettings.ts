import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";

/** Opens Viaduct's settings; the one of a key as text, where it is written. */
export function openSettings(): CommandTable["viaduct.openSettings"] {
  return async (key) => {
    if (typeof key !== "string") {
      await vscode.commands.executeCommand(
        "workbench.action.openSettings",
        "@ext:viaduct.viaduct",
      );
      return;
    }
    const values = vscode.workspace.getConfiguration().inspect(key);
    const folder =
      values?.workspaceValue === undefined ? folderWith(key) : undefined;
    if (folder !== undefined) {
      await vscode.window.showTextDocument(
        vscode.Uri.joinPath(folder.uri, ".vscode", "settings.json"),
      );
      return;
    }
    const isOfWorkspace =
      values?.workspaceValue !== undefined ||
      (values?.globalValue === undefined &&
        vscode.workspace.workspaceFolders !== undefined);
    await vscode.commands.executeCommand(
      isOfWorkspace
        ? "workbench.action.openWorkspaceSettingsFile"
        : "workbench.action.openSettingsJson",
      { revealSetting: { key } },
    );
  };
}

/** The first folder of a workspace of several that has a value of its own. */
function folderWith(key: string): vscode.WorkspaceFolder | undefined {
  return vscode.workspace.workspaceFile === undefined
    ? undefined
    : vscode.workspace.workspaceFolders?.find(
        ({ uri }) =>
          vscode.workspace.getConfiguration(undefined, uri).inspect(key)
            ?.workspaceFolderValue !== undefined,
      );
}
