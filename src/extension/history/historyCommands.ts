import * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import { pickAction, pickFromHistory } from "./historyPick";
import type { QueryHistory } from "./queryHistory";
import { openEntry, runAgain, type RunAgainParts } from "./runAgain";

/** What the commands of the history need. */
interface HistoryCommandParts extends RunAgainParts {
  readonly history: QueryHistory;
  readonly settings: Pick<Settings, "historyEnabled">;
}

/** The commands of the history. */
export function historyCommands(
  parts: HistoryCommandParts,
): Pick<CommandTable, "viaduct.queryHistory" | "viaduct.clearHistory"> {
  return {
    "viaduct.queryHistory": showQueryHistory(parts),
    "viaduct.clearHistory": clearQueryHistory(parts),
  };
}

/** Query History…: searches what was run in this workspace, and does something with one statement of it. */
function showQueryHistory(
  parts: HistoryCommandParts,
): CommandTable["viaduct.queryHistory"] {
  return async () => {
    const { history, settings } = parts;
    const choice = await pickFromHistory(history, settings.historyEnabled);
    if (choice === undefined) {
      return undefined;
    }
    const { entry } = choice;
    const action = choice.action ?? (await pickAction(entry));
    switch (action) {
      case undefined:
        return undefined;
      case "run":
        return runAgain(parts, entry);
      case "open":
        await openEntry(entry);
        return undefined;
      case "copy":
        await vscode.env.clipboard.writeText(entry.text);
        return undefined;
      case "remove":
        await history.remove(entry.id);
        return undefined;
    }
  };
}

/** Clear Query History: after a question, for good. Answers how many statements are gone. */
function clearQueryHistory({
  history,
}: Pick<HistoryCommandParts, "history">): CommandTable["viaduct.clearHistory"] {
  return async () => {
    const { length } = await history.entries();
    const clear = vscode.l10n.t("Clear");
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "Clear the query history of this workspace ({0} statements)?",
        length,
      ),
      { modal: true },
      clear,
    );
    if (choice !== clear) {
      return undefined;
    }
    await history.clear();
    return length;
  };
}
