import * as vscode from "vscode";
import type { ErrorAction } from "../../core/errors/errorInfo";

/** What the button of an action says. */
export function actionTitle(action: ErrorAction): string {
  switch (action) {
    case "openEnvFile":
      return vscode.l10n.t("Open Env File");
    case "openProfile":
      return vscode.l10n.t("Open profiles.yml");
    case "openServiceFile":
      return vscode.l10n.t("Open Service File");
    case "enterPassword":
      return vscode.l10n.t("Enter Password");
    case "editAttachment":
      return vscode.l10n.t("Edit Attachment");
    case "chooseSslMode":
      return vscode.l10n.t("Choose TLS Mode");
    case "openSettings":
      return vscode.l10n.t("Open Settings");
    case "runDoctor":
      return vscode.l10n.t("Run Doctor");
    case "reconnect":
      return vscode.l10n.t("Reconnect");
    case "retry":
      return vscode.l10n.t("Try Again");
    case "installExtension":
      return vscode.l10n.t("Install Extension");
    case "chooseDatabase":
      return vscode.l10n.t("Choose DuckDB File");
    case "restartEngine":
      return vscode.l10n.t("Restart Engine");
    case "attachWithWrites":
      return vscode.l10n.t("Attach with Writes Allowed");
    case "attachFromEnvFile":
      return vscode.l10n.t("Attach from Env File");
    case "goToError":
      return vscode.l10n.t("Go to Error");
    case "showLog":
      return vscode.l10n.t("Show Log");
  }
}
