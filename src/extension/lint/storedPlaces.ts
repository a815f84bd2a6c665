import * as vscode from "vscode";
import { fileOfDocument } from "./fileOfDocument";

/**
 * What the credentials in SecretStorage are stored under, in order: the folders of the window, and after them its
 * workspace file, for documents that are in no folder.
 */
export function storedPlaces(): readonly [string, ...string[]] {
  const { workspaceFile, workspaceFolders = [] } = vscode.workspace;
  const places = [
    ...workspaceFolders.map(({ uri }) => uri.toString()),
    ...(workspaceFile === undefined ? [] : [workspaceFile.toString()]),
  ];
  const [first = "", ...others] = places;
  return [first, ...others];
}

/** The place of a document's credentials: its folder's, so that they are found in whatever window that is open. */
export function storedPlaceOf(document: vscode.Uri): string {
  const { workspaceFile } = vscode.workspace;
  const folder = vscode.workspace.getWorkspaceFolder(fileOfDocument(document));
  return (folder?.uri ?? workspaceFile)?.toString() ?? storedPlaces()[0];
}
