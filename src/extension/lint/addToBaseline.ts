import * as vscode from "vscode";
import {
  addToBaselineRequest,
  type AddToBaselineParams,
  type BaselineFile,
  type MoveCredential,
} from "../../protocol/server";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import { fileOfDocument } from "./fileOfDocument";
import type { LanguageServer } from "./languageServer";

/** Adds a finding to the baseline of its folder, made when there is none; answers the baseline's file. */
export function addToBaseline(
  server: LanguageServer,
  settings: Settings,
): CommandTable["viaduct.addToBaseline"] {
  return async (finding) => {
    const [file] =
      finding === undefined
        ? []
        : await acceptInBaseline(server, settings, [finding]);
    return file;
  };
}

/** Adds findings to the baselines of their folders; answers the files that were written. */
export async function acceptInBaseline(
  server: LanguageServer,
  settings: Settings,
  findings: readonly MoveCredential[],
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [folder, own] of byFolder(findings, settings)) {
    const params: AddToBaselineParams = { findings: own, folder };
    const file = await server.request<BaselineFile | null>(
      addToBaselineRequest,
      params,
    );
    if (file === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The file has changed: try the fix again."),
      );
      continue;
    }
    const uri = vscode.Uri.parse(file.uri);
    await vscode.workspace.fs.writeFile(
      uri,
      new TextEncoder().encode(file.text),
    );
    written.push(uri.fsPath);
  }
  if (written.length > 0) {
    await server.checkAgain();
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Added to the baseline in {0}.",
        written.map((file) => settings.relative(file)).join(", "),
      ),
    );
  }
  return written;
}

function byFolder(
  findings: readonly MoveCredential[],
  settings: Settings,
): ReadonlyMap<string, readonly MoveCredential[]> {
  const folders = new Map<string, MoveCredential[]>();
  for (const finding of findings) {
    const file = fileOfDocument(vscode.Uri.parse(finding.uri));
    const folder =
      vscode.workspace.getWorkspaceFolder(file)?.uri ?? settings.folder;
    if (folder !== undefined) {
      const key = folder.toString();
      folders.set(key, [...(folders.get(key) ?? []), finding]);
    }
  }
  return folders;
}
