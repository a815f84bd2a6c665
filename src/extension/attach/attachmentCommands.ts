import * as vscode from "vscode";
import type { CommandTable, NodeReference } from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import type { AttachParts } from "./attachFromEnvFile";

/** Detaches a database and takes it out of the settings. */
export function detach({
  session,
  settings,
}: AttachParts): CommandTable["viaduct.detach"] {
  return async (node) => {
    const alias = await aliasOf(
      session,
      node,
      vscode.l10n.t("Detach which database?"),
    );
    if (alias === undefined) {
      return undefined;
    }
    await session.detach(alias);
    await settings.saveAttachment(alias, null);
    return alias;
  };
}

/** Attaches a database again from its source, which is read anew. */
export function reconnect({
  session,
}: AttachParts): CommandTable["viaduct.reconnect"] {
  return async (node) => {
    const alias = await aliasOf(
      session,
      node,
      vscode.l10n.t("Reconnect which database?"),
    );
    return alias === undefined
      ? undefined
      : vscode.window.withProgress(
          {
            location: { viewId: "viaduct.explorer" },
            title: vscode.l10n.t("Connecting to {0}…", alias),
          },
          () => session.reconnect(alias),
        );
  };
}

/** Opens the env file that an attachment's connection values stand in. */
export function openEnvFile({
  session,
  settings,
}: AttachParts): CommandTable["viaduct.openEnvFile"] {
  return async (node) => {
    const spec =
      node?.catalog === undefined
        ? [...session.attachments.values()][0]
        : session.attachments.get(node.catalog);
    const file =
      (spec?.source.kind === "envFile" ? spec.source.file : undefined) ??
      settings.envFiles[0];
    if (file === undefined) {
      return undefined;
    }
    await vscode.window.showTextDocument(vscode.Uri.file(file));
    return file;
  };
}

async function aliasOf(
  session: EngineSession,
  node: NodeReference | undefined,
  title: string,
): Promise<string | undefined> {
  if (typeof node?.catalog === "string") {
    return node.catalog;
  }
  const aliases = [...session.attachments.keys()];
  return aliases.length < 2
    ? aliases[0]
    : vscode.window.showQuickPick(aliases, { title });
}
