import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import { describeSource } from "./describeSource";

/** Asks for a password; undefined when the user gave up. */
export async function askPassword(
  spec: AttachmentSpec,
): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Password of {0}", spec.alias),
    prompt:
      spec.options?.password === "secretStorage"
        ? vscode.l10n.t(
            "It is kept in VS Code's SecretStorage, and in no file of the workspace.",
          )
        : vscode.l10n.t(
            "It is kept in memory until the window is closed, and written nowhere.",
          ),
    // Settings of a workspace say which server gets it: who enters it sees which.
    placeHolder: describeSource(spec.source, (file) =>
      vscode.workspace.asRelativePath(file),
    ),
    password: true,
    ignoreFocusOut: true,
  });
}
