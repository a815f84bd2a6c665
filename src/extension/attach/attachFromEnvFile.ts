import * as vscode from "vscode";
import { aliasProblem } from "./aliasProblem";
import type {
  AttachmentSpec,
  EnvFileSource,
} from "../../core/connections/attachment";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import { isSpec } from "./addAttachment";
import type { AttachParts } from "./attachParts";
import {
  findConnections,
  findUsedAliases,
  type EnvFileCandidate,
} from "./envFiles";
import { attach } from "./saveAttachment";

/** Attaches a PostgreSQL database whose connection values stand in an env file, under an alias, read-only. */
export function attachFromEnvFile(
  parts: AttachParts,
): CommandTable["viaduct.attachFromEnvFile"] {
  return async (request) => {
    // The welcome view passes nothing; a menu passes whatever it is about.
    const spec = isSpec(request) ? request : await ask(parts);
    if (spec === undefined) {
      return undefined;
    }
    return attach(parts, spec);
  };
}

interface Choice extends vscode.QuickPickItem {
  readonly candidate?: EnvFileCandidate;
  readonly alias?: string;
}

async function ask({
  session,
  settings,
}: AttachParts): Promise<AttachmentSpec | undefined> {
  const [candidates, used] = await vscode.window.withProgress(
    { location: { viewId: "viaduct.explorer" } },
    () => Promise.all([findConnections(session, settings), findUsedAliases()]),
  );
  if (candidates.length === 0) {
    await explainMissing(settings);
    return undefined;
  }
  const free = used.filter((alias) => !session.attachments.has(alias));
  const choice = await choose(candidates, free);
  const alias = choice?.alias ?? (await askAlias(choice));
  return choice?.candidate === undefined || alias === undefined
    ? undefined
    : { alias, source: choice.candidate.source, readOnly: true };
}

/** One pick: a connection under a name that the workspace already uses, or under another name. */
async function choose(
  candidates: readonly EnvFileCandidate[],
  aliases: readonly string[],
): Promise<Choice | undefined> {
  const items = candidates.flatMap((candidate): Choice[] => [
    ...aliases.map((alias) => ({
      label: `$(database) ${alias}`,
      description: describe(candidate),
      detail: vscode.l10n.t(
        "Read-only. Your SQL files attach a database by this name.",
      ),
      candidate,
      alias,
    })),
    {
      label: vscode.l10n.t("$(edit) Another name…"),
      description: describe(candidate),
      candidate,
    },
  ]);
  return vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Attach PostgreSQL from an env file"),
    placeHolder: vscode.l10n.t(
      "Name of the database in SQL, and the env file it connects with",
    ),
    matchOnDescription: true,
  });
}

async function askAlias(
  choice: Choice | undefined,
): Promise<string | undefined> {
  if (choice?.candidate === undefined) {
    return undefined;
  }
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Attach from {0}", describe(choice.candidate)),
    prompt: vscode.l10n.t(
      "Name of the database in SQL, as in SELECT … FROM name.public.table",
    ),
    value: defaultAlias(choice.candidate.source),
    validateInput: (value) => aliasProblem(value),
  });
}

async function explainMissing(settings: Settings): Promise<void> {
  const create = vscode.l10n.t("Create .env");
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "No env file of this workspace has connection values such as POSTGRES_HOST and POSTGRES_DATABASE.",
    ),
    create,
  );
  if (choice === create && settings.folder !== undefined) {
    await createEnvFile(vscode.Uri.joinPath(settings.folder, ".env"));
  }
}

/** Opens a skeleton to fill in; an existing file is opened as it is. */
async function createEnvFile(uri: vscode.Uri): Promise<void> {
  const skeleton = [
    "HOST=localhost",
    "PORT=5432",
    "DATABASE=",
    "USER=",
    "PASSWORD=",
  ]
    .map((line) => `POSTGRES_${line}\n`)
    .join("");
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, {
    ignoreIfExists: true,
    contents: new TextEncoder().encode(skeleton),
  });
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(uri);
}

function describe({ source, label }: EnvFileCandidate): string {
  return vscode.l10n.t("{0}* in {1}", source.prefix, label);
}

function defaultAlias({ prefix }: EnvFileSource): string {
  const name = prefix.replace(/_+$/, "").toLowerCase();
  return aliasProblem(name) === undefined ? name : "source";
}
