import * as vscode from "vscode";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";
import { lintedLanguages } from "./languageServer";
import { shownFindings } from "./shownFindings";

/** Behind the `{}` of the status bar: what the lint has found in the active document, or that it is off. */
export class LintStatus implements Disposable {
  private readonly store = new DisposableStore();
  private readonly item = this.store.add(
    vscode.languages.createLanguageStatusItem(
      "viaduct.lint",
      lintedLanguages.map((language) => ({ language })),
    ),
  );

  constructor(private readonly settings: Settings) {
    const { item } = this;
    item.name = vscode.l10n.t("Viaduct Credential Lint");
    const update = (): void => {
      this.update();
    };
    this.store.add(vscode.languages.onDidChangeDiagnostics(update));
    this.store.add(vscode.window.onDidChangeActiveTextEditor(update));
    this.store.add(vscode.workspace.onDidChangeConfiguration(update));
    update();
  }

  dispose(): void {
    this.store.dispose();
  }

  private update(): void {
    const { item } = this;
    if (!this.settings.lintEnabled) {
      item.text = vscode.l10n.t("$(shield) Credential lint is off");
      item.command = {
        command: "viaduct.openSettings",
        title: vscode.l10n.t("Open Settings"),
        arguments: ["viaduct.lint.enabled"],
      };
      return;
    }
    const document = vscode.window.activeTextEditor?.document;
    const found =
      document === undefined
        ? 0
        : shownFindings(vscode.languages.getDiagnostics(document.uri)).length;
    item.text =
      found === 0
        ? vscode.l10n.t("$(shield) No credentials found")
        : vscode.l10n.t("$(shield) Credentials found: {0}", found);
    item.command = {
      command: "viaduct.lintWorkspace",
      title: vscode.l10n.t("Check Workspace"),
    };
  }
}
