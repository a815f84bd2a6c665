import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import type { EngineSession } from "../engine/engineSession";
import type { Settings } from "../settings/settings";

/** Closes the DuckDB file now, so that `dbt build` or another window can have it; the next use opens it again. */
export function releaseDatabase(
  session: EngineSession,
  settings: Settings,
): CommandTable["viaduct.releaseDatabase"] {
  return async () => {
    if (session.state.kind !== "ready") {
      // Without an engine nothing is open, and none is started to close it.
      return true;
    }
    const { released } = await session.request("releaseDatabase", null);
    const file = settings.database;
    if (!released) {
      void vscode.window.showWarningMessage(
        file === null
          ? vscode.l10n.t(
              "This workspace has no DuckDB file: its database is in memory.",
            )
          : vscode.l10n.t(
              "The DuckDB file stays open: a statement is running, or a transaction is open. End it with COMMIT or ROLLBACK first.",
            ),
      );
      return false;
    }
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "The DuckDB file is closed, and other programs can have it. The next use opens it again.",
      ),
    );
    return true;
  };
}
