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
