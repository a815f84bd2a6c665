import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import type { Settings } from "../settings/settings";

/** Chooses the workspace's DuckDB file, or a database in memory, and opens it. */
export function chooseDatabase(
  session: EngineSession,
  settings: Settings,
): CommandTable["viaduct.chooseDatabase"] {
  return async () => {
    const files = await vscode.workspace.findFiles(
      "**/*.{duckdb,ddb}",
      "**/node_modules/**",
      50,
    );
    const items = [
      ...files.map((uri) => ({
        label: `$(database) ${settings.relative(uri.fsPath)}`,
        file: uri.fsPath,
      })),
      {
        label: vscode.l10n.t("$(folder-opened) Another file…"),
        file: undefined,
      },
      { label: vscode.l10n.t("$(circuit-board) In memory"), file: null },
    ];
    const choice = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t("DuckDB database of this workspace"),
    });
    const file =
      choice?.file === undefined && choice !== undefined
        ? await openDialog()
        : choice?.file;
    if (file === undefined) {
      return undefined;
    }
    await settings.saveDatabase(file);
    await session.restart();
    return file ?? "memory";
  };
}

async function openDialog(): Promise<string | undefined> {
  const [uri] =
    (await vscode.window.showOpenDialog({
      filters: { DuckDB: ["duckdb", "ddb", "db"] },
      canSelectMany: false,
    })) ?? [];
  return uri?.fsPath;
}
