import * as vscode from "vscode";
import type { CommandId, CommandTable } from "../commands/commandTable";

/** What a click on the status bar offers. */
export function showMenu(): CommandTable["viaduct.showMenu"] {
  return async () => {
    const entries: readonly (readonly [CommandId, string])[] = [
      ["viaduct.addAttachment", vscode.l10n.t("$(add) Add Attachment…")],
      [
        "viaduct.attachFromEnvFile",
        vscode.l10n.t("$(plug) Attach PostgreSQL from Env File…"),
      ],
      [
        "viaduct.chooseDatabase",
        vscode.l10n.t("$(database) Choose DuckDB File…"),
      ],
      [
        "viaduct.releaseDatabase",
        vscode.l10n.t("$(unlock) Release DuckDB File"),
      ],
      [
        "viaduct.createSecretFromEnvFile",
        vscode.l10n.t("$(key) Create Secret from Env File…"),
      ],
      [
        "viaduct.selectDbtTarget",
        vscode.l10n.t("$(layers) Select dbt Profile and Target…"),
      ],
      [
        "viaduct.installExtension",
        vscode.l10n.t("$(extensions) Install DuckDB Extension…"),
      ],
      ["viaduct.showResults", vscode.l10n.t("$(table) Show Results")],
      ["viaduct.runDoctor", vscode.l10n.t("$(pulse) Run Doctor")],
      [
        "viaduct.lintWorkspace",
        vscode.l10n.t("$(shield) Check Workspace for Credentials"),
      ],
      [
        "viaduct.restartEngine",
        vscode.l10n.t("$(debug-restart) Restart Engine"),
      ],
      ["viaduct.showLog", vscode.l10n.t("$(output) Show Log")],
    ];
    const items = entries.map(([command, label]) => ({ command, label }));
    const choice = await vscode.window.showQuickPick(items, {
      title: "Viaduct",
    });
    if (choice !== undefined) {
      await vscode.commands.executeCommand(choice.command);
    }
  };
}
