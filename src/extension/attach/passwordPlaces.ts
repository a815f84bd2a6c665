import * as vscode from "vscode";
import type { Settings } from "../settings/settings";
import type { AttachmentIdentity } from "./passwordStore";

/**
 * What the passwords of an attachment are stored under: the folder whose settings have it, whatever window that folder
 * is open in; the workspace's file for one that all folders share. The other places of the window come after it.
 */
export function passwordPlaces(
  settings: Pick<Settings, "folderOfAttachment">,
  spec: AttachmentIdentity,
): readonly [string, ...string[]] {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const folders = workspaceFolders.map(({ uri }) => uri.toString());
  if (workspaceFile === undefined) {
    return [folders[0] ?? ""];
  }
  const folder = settings.folderOfAttachment(spec);
  const shared = workspaceFile.toString();
  const own = workspaceFolders.find(({ uri }) => uri.fsPath === folder?.path);
  return [own?.uri.toString() ?? shared, ...folders, shared];
}
