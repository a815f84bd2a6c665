import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import type { StoredSecrets } from "./storedSecrets";

/** Lists the names that the lint has moved into SecretStorage, and forgets the one that is picked; answers its name. */
export function forgetStoredSecret(
  stored: StoredSecrets,
): CommandTable["viaduct.forgetStoredSecret"] {
  return async (chosen) => {
    const names = Object.keys(await stored.all()).sort();
    if (names.length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t(
          "No credential of this workspace's SQL is in VS Code's secret storage.",
        ),
      );
      return undefined;
    }
    const name =
      chosen ??
      (await vscode.window.showQuickPick(names, {
        title: vscode.l10n.t("Forget Stored Secret"),
        placeHolder: vscode.l10n.t(
          "Names that getenv('…') finds in VS Code's secret storage",
        ),
      }));
    if (name === undefined || !names.includes(name)) {
      return undefined;
    }
    const forget = vscode.l10n.t("Forget");
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t("Forget the stored value of {0}?", name),
      {
        modal: true,
        detail: vscode.l10n.t(
          "VS Code has the only copy. SQL with getenv('{0}') will not run until {0} is in an env file.",
          name,
        ),
      },
      forget,
    );
    if (answer !== forget) {
      return undefined;
    }
    await stored.forget(name);
    return name;
  };
}
