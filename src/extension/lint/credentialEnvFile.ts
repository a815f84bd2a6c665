import path from "node:path";
import * as vscode from "vscode";
import { appendEnv, envNames } from "../../core/connections/envAppend";
import {
  isPathIgnored,
  withIgnored,
  type GitIgnoreFile,
} from "../../core/connections/gitIgnore";
import type { EnvVariable, FixAllParams } from "../../protocol/server";
import type { Settings } from "../settings/settings";

/** The env files that the values of a document may go to. */
export interface CredentialEnvFiles {
  /** The nearest one of the settings, which `getenv()` reads. */
  readonly configured: vscode.Uri;
  /** `.env` beside the document. */
  readonly beside: vscode.Uri;
}

/** Where the values of a document go. */
export function envFilesFor(
  settings: Settings,
  document: vscode.Uri,
): CredentialEnvFiles {
  const beside = vscode.Uri.joinPath(document, "..", ".env");
  const folder = path.dirname(document.fsPath);
  const above = settings.envFiles.filter((file) =>
    `${folder}${path.sep}`.startsWith(`${path.dirname(file)}${path.sep}`),
  );
  const nearest = above.reduce<string | undefined>(
    (found, file) =>
      found === undefined ||
      path.dirname(file).length > path.dirname(found).length
        ? file
        : found,
    undefined,
  );
  const configured = nearest ?? settings.envFiles[0];
  return {
    configured:
      settings.folder === undefined || configured === undefined
        ? beside
        : vscode.Uri.file(configured),
    beside,
  };
}

/** Names of the variables that the files have already, as the server is asked with them. */
export async function takenNames({
  configured,
  beside,
}: CredentialEnvFiles): Promise<
  Pick<FixAllParams, "takenNames" | "takenBeside">
> {
  return {
    takenNames: envNames(await readText(configured)),
    takenBeside: envNames(await readText(beside)),
  };
}

/** Adds variables to an env file, made when there is none, and keeps it out of git from then on. */
export async function addToEnvFile(
  file: vscode.Uri,
  entries: readonly EnvVariable[],
): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const text = appendEnv(await readText(file), entries);
  // First, so that no moment has the values in a file that git would take.
  await keepOutOfGit(file);
  await writeText(file, text);
}

async function keepOutOfGit(file: vscode.Uri): Promise<void> {
  const { root, files } = await gitIgnoreFiles(file);
  const relative = path.posix.relative(root.path, file.path);
  if (isPathIgnored(files, relative)) {
    return;
  }
  const own = vscode.Uri.joinPath(file, "..", ".gitignore");
  const name = path.posix.basename(file.path);
  await writeText(own, withIgnored(await readText(own), name));
}

/** The rules that git has for a file, outermost first; without a repository, those beside it. */
async function gitIgnoreFiles(
  file: vscode.Uri,
): Promise<{ readonly root: vscode.Uri; readonly files: GitIgnoreFile[] }> {
  const folders: vscode.Uri[] = [];
  let folder = vscode.Uri.joinPath(file, "..");
  while (!(await exists(vscode.Uri.joinPath(folder, ".git")))) {
    folders.unshift(folder);
    const parent = vscode.Uri.joinPath(folder, "..");
    if (parent.path === folder.path) {
      folder = vscode.Uri.joinPath(file, "..");
      folders.length = 0;
      break;
    }
    folder = parent;
  }
  const root = folder;
  const exclude = vscode.Uri.joinPath(root, ".git", "info", "exclude");
  const files: GitIgnoreFile[] = [
    { folder: "", text: await readText(exclude) },
  ];
  for (const each of [root, ...folders]) {
    const prefix = path.posix.relative(root.path, each.path);
    files.push({
      folder: prefix === "" ? "" : `${prefix}/`,
      text: await readText(vscode.Uri.joinPath(each, ".gitignore")),
    });
  }
  return { root, files };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** The text of a file; empty when it does not exist. An unsaved editor of it counts as what it says. */
async function readText(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find(
    (document) => document.uri.toString() === uri.toString(),
  );
  if (open !== undefined) {
    await open.save();
    return open.getText();
  }
  try {
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(
      await vscode.workspace.fs.readFile(uri),
    );
  } catch (error) {
    // Only a file that is not there counts as empty: one that cannot be read must not be written over.
    if (
      error instanceof vscode.FileSystemError &&
      (error.code === "FileNotFound" || error.code === "FileNotADirectory")
    ) {
      return "";
    }
    throw error;
  }
}

/** Writes a file of the user's. */
function writeText(uri: vscode.Uri, text: string): Thenable<void> {
  return vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
