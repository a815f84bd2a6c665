import * as vscode from "vscode";
import type { ExtensionInfo } from "../../protocol/extensions";
import type { CommandTable } from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";

/** Installs a DuckDB extension from the configured repositories. */
export function installExtension(
  session: EngineSession,
): CommandTable["viaduct.installExtension"] {
  return async (name) => {
    const chosen = await choose(session, name, ({ installed }) => !installed);
    return chosen === undefined
      ? undefined
      : withProgress(vscode.l10n.t("Installing {0}…", chosen), () =>
          session.request("installExtension", { name: chosen }),
        );
  };
}

/** Loads an installed DuckDB extension into the running engine. */
export function loadExtension(
  session: EngineSession,
): CommandTable["viaduct.loadExtension"] {
  return async (name) => {
    const chosen = await choose(
      session,
      name,
      ({ installed, loaded }) => installed && !loaded,
    );
    return chosen === undefined
      ? undefined
      : withProgress(vscode.l10n.t("Loading {0}…", chosen), () =>
          session.request("loadExtension", { name: chosen }),
        );
  };
}

async function choose(
  session: EngineSession,
  name: string | undefined,
  wanted: (extension: ExtensionInfo) => boolean,
): Promise<string | undefined> {
  if (typeof name === "string") {
    return name;
  }
  const extensions = await session.request("listExtensions", null);
  const items = extensions
    .filter(wanted)
    .map(({ name: label, description, installed }) => ({
      label,
      description: installed ? vscode.l10n.t("installed") : "",
      detail: description,
    }));
  const title = vscode.l10n.t("DuckDB extension");
  return (
    await vscode.window.showQuickPick(items, { title, matchOnDetail: true })
  )?.label;
}

function withProgress<T>(title: string, work: () => Promise<T>): Thenable<T> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title },
    work,
  );
}
