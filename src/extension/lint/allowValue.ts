import * as vscode from "vscode";
import { allowValueRequest } from "../../protocol/server";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import type { LanguageServer } from "./languageServer";

/** Allows a finding's value wherever it stands, as a salted hash in the workspace's settings; answers that entry. */
export function allowValue(
  server: LanguageServer,
  settings: Settings,
): CommandTable["viaduct.allowValue"] {
  return async (finding) => {
    if (finding === undefined) {
      return undefined;
    }
    const entry = await server.request<string | null>(
      allowValueRequest,
      finding,
    );
    if (entry === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The file has changed: try the fix again."),
      );
      return undefined;
    }
    await settings.allowValue(entry);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The value is allowed, as a hash in the setting viaduct.lint.allowedValues.",
      ),
    );
    return entry;
  };
}
