import path from "node:path";
import * as vscode from "vscode";
import { appendEnv, envNames } from "../../core/connections/envAppend";
import {
  isPathIgnored,
  withIgnored,
  type GitIgnoreFile,
} from "../../core/connections/gitIgnore";
import {
  envFileHas,
  reuseVariables,
} from "../../core/credentials/fix/reuseVariables";
import type { EnvVariable, FixAllParams, FixPlan } from "../../protocol/server";
import type { Settings } from "../settings/settings";
import { fileOfDocument } from "./fileOfDocument";

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
  const file = fileOf(document, settings.folder);
  const beside = vscode.Uri.joinPath(file, "..", ".env");
  const folder = path.dirname(file.fsPath);
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

/** The file of a document: of a notebook's cell the notebook; what was never saved would lie in the folder. */
function fileOf(
  document: vscode.Uri,
  folder: vscode.Uri | undefined,
): vscode.Uri {
  const file = fileOfDocument(document);
  return file.scheme === "file" || folder === undefined
    ? file.with({ scheme: "file", fragment: "" })
    : vscode.Uri.joinPath(folder, "untitled");
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

/** Names that `getenv()` would find in an env file, for a document: those of the settings, and that beside it. */
export async function namesOfEnvFiles(
  settings: Settings,
  document: vscode.Uri,
): Promise<readonly string[]> {
  const { configured, beside } = envFilesFor(settings, document);
  const files = settings.envFiles.map((file) => vscode.Uri.file(file));
  const texts = await Promise.all(
    [configured, beside, ...files].map((file) => readText(file)),
  );
  return [...new Set(texts.flatMap((text) => envNames(text)))];
}

/** A plan that takes the variables which the files have with the same values already, and what it refers to then. */
export async function withVariablesOf(
  uri: vscode.Uri,
  plan: FixPlan,
  { configured, beside }: CredentialEnvFiles,
): Promise<{ readonly plan: FixPlan; readonly names: readonly string[] }> {
  // A variable of a container, or a parameter of a stack, is of its own document.
  if (
    plan.notes.some((note) => note === "kubernetes" || note === "parameter")
  ) {
    const names = [...plan.env, ...plan.envBeside].map(({ name }) => name);
    return { plan, names };
  }
  const text = (await vscode.workspace.openTextDocument(uri)).getText();
  const reuse = async (each: FixPlan, file: vscode.Uri) => {
    const known = await readText(file);
    return reuseVariables(each, text, envFileHas(known), envNames(known));
  };
  const first = await reuse(plan, configured);
  const second = await reuse({ ...first.plan, env: plan.envBeside }, beside);
  return {
    plan: {
      ...second.plan,
      env: first.plan.env,
      envBeside: second.plan.env,
    },
    names: [...first.names, ...second.names],
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

/** Has git ignore a file, unless it does already. */
export async function keepOutOfGit(file: vscode.Uri): Promise<void> {
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
