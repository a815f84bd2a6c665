import * as vscode from "vscode";
import { aliasProblem } from "./aliasProblem";
import type { CommandTable } from "../commands/commandTable";
import type { AttachParts } from "./attachFromEnvFile";
import { findConnections } from "./envFiles";

/** Creates a temporary DuckDB secret from an env file, for an `ATTACH … (SECRET name)` of the user's own. */
export function createSecretFromEnvFile({
  session,
  settings,
}: AttachParts): CommandTable["viaduct.createSecretFromEnvFile"] {
  return async () => {
    const candidates = await findConnections(session, settings);
    const items = candidates.map(({ source, label }) => ({
      label: `${source.prefix}*`,
      description: label,
      source,
    }));
    const choice = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("Create a secret from an env file"),
      placeHolder: vscode.l10n.t("Connection values to put into the secret"),
    });
    if (choice === undefined) {
      return undefined;
    }
    const name = await vscode.window.showInputBox({
      title: vscode.l10n.t("Name of the secret"),
      value: "postgres_connection",
      validateInput: (value) => aliasProblem(value),
    });
    if (name === undefined) {
      return undefined;
    }
    await session.request("createSecret", { name, source: choice.source });
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Secret {0} is ready until the engine ends: ATTACH '' AS … (TYPE postgres, SECRET {0})",
        name,
      ),
    );
    return name;
  };
}
