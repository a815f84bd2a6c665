import { existsSync } from "node:fs";
import * as vscode from "vscode";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { FilePlace } from "../../core/errors/errorInfo";
import type { CommandTable } from "../commands/commandTable";
import type { AttachParts } from "./attachParts";
import { needAttachment } from "./needAttachment";

/** Opens the env file that an attachment's connection values stand in. */
export function openEnvFile({
  session,
  settings,
}: Pick<
  AttachParts,
  "session" | "settings"
>): CommandTable["viaduct.openEnvFile"] {
  return async (node) => {
    const specs = [...session.attachments.values()];
    const spec =
      node?.catalog === undefined
        ? specs.find(({ source }) => source.kind === "envFile")
        : session.find(node.catalog);
    const file =
      (spec?.source.kind === "envFile" ? spec.source.file : undefined) ??
      (await chooseEnvFile(settings));
    return file === undefined
      ? undefined
      : open({ path: file, line: 0, column: 0 });
  };
}

/** The env file of the settings; where several folders have one, the user says which. */
async function chooseEnvFile(
  settings: AttachParts["settings"],
): Promise<string | undefined> {
  const existing = settings.envFiles.filter((file) => existsSync(file));
  const isOneFolder = (vscode.workspace.workspaceFolders ?? []).length < 2;
  if (isOneFolder || existing.length < 2) {
    return existing[0] ?? settings.envFiles[0];
  }
  const items = existing.map((file) => ({
    label: vscode.workspace.asRelativePath(file, true),
    file,
  }));
  const choice = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Open which env file?"),
  });
  return choice?.file;
}

/** Opens the file that an attachment's source refers to, or the place that an error names. */
export function openSource(
  parts: AttachParts,
): CommandTable["viaduct.openSource"] {
  return async (about) => {
    if (about !== undefined && "path" in about) {
      return open(about);
    }
    const spec = await needAttachment(
      parts,
      about,
      vscode.l10n.t("Open the source of which database?"),
      (each) => fileOf(each) !== null,
    );
    const file = spec === undefined ? null : await existingFile(parts, spec);
    return file === null ? undefined : open({ path: file, line: 0, column: 0 });
  };
}

/** libpq's own service file is found by the engine, which knows libpq's order. */
async function existingFile(
  { session }: AttachParts,
  spec: AttachmentSpec,
): Promise<string | null> {
  if (spec.source.kind === "service" && spec.source.file === null) {
    return (await session.request("listServices", { file: null })).file;
  }
  return fileOf(spec);
}

function fileOf({ source }: AttachmentSpec): string | null {
  return "file" in source ? source.file : null;
}

async function open({ path, line, column }: FilePlace): Promise<string> {
  const place = new vscode.Position(line, column);
  await vscode.window.showTextDocument(
    vscode.Uri.file(path),
    line === 0 && column === 0
      ? {}
      : { selection: new vscode.Range(place, place) },
  );
  return path;
}
