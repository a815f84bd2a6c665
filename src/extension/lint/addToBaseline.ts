import * as vscode from "vscode";
import {
  addToBaselineRequest,
  type AddToBaselineParams,
  type BaselineFile,
} from "../../protocol/server";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import type { LanguageServer } from "./languageServer";

/** Adds a finding to the baseline of its folder, made when there is none; answers the baseline's file. */
export function addToBaseline(
  server: LanguageServer,
  settings: Settings,
): CommandTable["viaduct.addToBaseline"] {
  return async (finding) => {
    const document =
      finding === undefined ? undefined : vscode.Uri.parse(finding.uri);
    const folder =
      document === undefined
        ? undefined
        : (vscode.workspace.getWorkspaceFolder(document)?.uri ??
          settings.folder);
    if (finding === undefined || folder === undefined) {
      return undefined;
    }
    const params: AddToBaselineParams = {
      findings: [finding],
      folder: folder.toString(),
    };
    const file = await server.request<BaselineFile | null>(
      addToBaselineRequest,
      params,
    );
    if (file === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The file has changed: try the fix again."),
      );
      return undefined;
    }
    const uri = vscode.Uri.parse(file.uri);
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode(file.text),
    );
    await server.checkAgain();
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Added to the baseline in {0}.",
        settings.relative(uri.fsPath),
      ),
    );
    return uri.fsPath;
  };
}
