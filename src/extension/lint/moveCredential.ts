import path from "node:path";
import * as vscode from "vscode";
import {
  appendEnv,
  envNames,
  type EnvEntry,
} from "../../core/connections/envAppend";
import { isIgnored } from "../../core/connections/gitIgnore";
import {
  fixPlanRequest,
  type FixPlan,
  type FixPlanParams,
} from "../../protocol/server";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import type { LanguageServer } from "./languageServer";

/** Moves a hard-coded credential into the env file and puts a reference in its place. */
export function moveCredential(
  server: LanguageServer,
  settings: Settings,
): CommandTable["viaduct.moveCredential"] {
  return async (reference) => {
    if (reference === undefined) {
      return undefined;
    }
    const file = envFileFor(settings, vscode.Uri.parse(reference.uri));
    const params: FixPlanParams = {
      ...reference,
      takenNames: envNames(await readText(file)),
    };
    const plan = await server.request<FixPlan | null>(fixPlanRequest, params);
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.parse(reference.uri),
    );
    if (plan?.version !== document.version) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("The file has changed: try the fix again."),
      );
      return undefined;
    }
    // The value is safe in the env file before it goes from the document.
    await addToEnvFile(file, plan.env);
    await applyEdits(document.uri, plan);
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "{0} is in {1} now. If the file was ever committed, change the password: it is still in the history.",
        plan.env.map(({ name }) => name).join(", "),
        settings.relative(file.fsPath),
      ),
    );
    return plan.env[0]?.name;
  };
}

/** The first env file of the settings, or `.env` beside a document that is in no workspace. */
function envFileFor(settings: Settings, document: vscode.Uri): vscode.Uri {
  const [configured] = settings.envFiles;
  return settings.folder === undefined || configured === undefined
    ? vscode.Uri.joinPath(document, "..", ".env")
    : vscode.Uri.file(configured);
}

async function addToEnvFile(
  file: vscode.Uri,
  entries: readonly EnvEntry[],
): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  await writeText(file, appendEnv(await readText(file), entries));
  const ignore = vscode.Uri.joinPath(file, "..", ".gitignore");
  const ignored = await readText(ignore);
  const name = path.posix.basename(file.path);
  if (!isIgnored(ignored, name)) {
    const start =
      ignored === "" || ignored.endsWith("\n") ? ignored : `${ignored}\n`;
    await writeText(ignore, `${start}${name}\n`);
  }
}

async function applyEdits(uri: vscode.Uri, plan: FixPlan): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of plan.edits) {
    const { start, end } = range;
    edit.replace(
      uri,
      new vscode.Range(start.line, start.character, end.line, end.character),
      newText,
    );
  }
  await vscode.workspace.applyEdit(edit);
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
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch (error) {
    // Only a file that is not there counts as empty: one that cannot be read must not be written over.
    if (
      error instanceof vscode.FileSystemError &&
      error.code === "FileNotFound"
    ) {
      return "";
    }
    throw error;
  }
}

function writeText(uri: vscode.Uri, text: string): Thenable<void> {
  return vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
}
