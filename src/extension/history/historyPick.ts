import * as vscode from "vscode";
import type { HistoryEntry } from "../../core/history/historyEntry";
import {
  oneLine,
  searchHistory,
  targetName,
} from "../../core/history/searchHistory";
import { plainLabel } from "../commands/plainLabel";
import type { QueryHistory } from "./queryHistory";
import { rowsText } from "../results/rowsText";

/** What can be done with a statement of the history. */
export type HistoryAction = "run" | "open" | "copy" | "remove";

/** What the user has chosen. */
export interface HistoryChoice {
  readonly entry: HistoryEntry;
  /** Null: to be asked for. */
  readonly action: HistoryAction | null;
}

/** Entries that are shown at once; a search finds the others. */
const mostShown = 200;
/** Characters of a statement that are shown. */
const longestLabel = 300;

interface EntryItem extends vscode.QuickPickItem {
  readonly entry: HistoryEntry;
}

interface ActionButton extends vscode.QuickInputButton {
  readonly action: HistoryAction;
}

/** Lets the user search the history; undefined when nothing was chosen. What is removed is removed meanwhile. */
export async function pickFromHistory(
  history: QueryHistory,
  isEnabled: boolean,
): Promise<HistoryChoice | undefined> {
  const pick = vscode.window.createQuickPick<EntryItem>();
  pick.title = titleOf(history, isEnabled);
  pick.placeholder = vscode.l10n.t(
    "Search in statements, targets and files; Enter for what can be done with one",
  );
  pick.ignoreFocusOut = true;
  pick.busy = true;
  pick.show();
  let entries: readonly HistoryEntry[] = [];
  const refresh = (): void => {
    pick.items = searchHistory(entries, pick.value)
      .slice(0, mostShown)
      .map((entry) => itemOf(entry));
  };
  const chosen = new Promise<HistoryChoice | undefined>((resolve) => {
    pick.onDidChangeValue(refresh);
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item !== undefined) {
        resolve({ entry: item.entry, action: null });
      }
    });
    pick.onDidTriggerItemButton(({ item: { entry }, button }) => {
      const { action } = button as ActionButton;
      if (action === "remove") {
        entries = entries.filter(({ id }) => id !== entry.id);
        refresh();
        void history.remove(entry.id);
      } else {
        resolve({ entry, action });
      }
    });
    pick.onDidHide(() => {
      resolve(undefined);
    });
  });
  entries = await history.entries();
  refresh();
  pick.busy = false;
  return chosen.finally(() => {
    pick.dispose();
  });
}

/** Asks what is to be done with a statement; undefined when the user gave up. */
export async function pickAction(
  entry: HistoryEntry,
): Promise<HistoryAction | undefined> {
  const items = buttons().map(({ action, tooltip, iconPath }) => ({
    action,
    label: tooltip,
    iconPath,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: oneLine(entry.text, 80),
    ignoreFocusOut: true,
  });
  return picked?.action;
}

function titleOf(history: QueryHistory, isEnabled: boolean): string {
  if (!isEnabled) {
    return vscode.l10n.t(
      "Query History (off: nothing is added; see viaduct.history.enabled)",
    );
  }
  return history.isInMemory
    ? vscode.l10n.t(
        "Query History (in memory, until the window is closed: no folder is open)",
      )
    : vscode.l10n.t("Query History");
}

function itemOf(entry: HistoryEntry): EntryItem {
  return {
    entry,
    label: plainLabel(oneLine(entry.text, longestLabel)),
    description: plainLabel(`${targetName(entry)} · ${entry.source}`),
    detail: [new Date(entry.startedAt).toLocaleString(), ...facts(entry)].join(
      " · ",
    ),
    iconPath: new vscode.ThemeIcon(icons[entry.status]),
    buttons: buttons(),
    // What fits is decided by the search, which knows the whole statement.
    alwaysShow: true,
  };
}

const icons: Readonly<Record<HistoryEntry["status"], string>> = {
  succeeded: "pass",
  failed: "error",
  cancelled: "circle-slash",
};

function facts({
  elapsedMs,
  rowCount,
  status,
  errorClass,
  isRedacted,
}: HistoryEntry): string[] {
  const duration =
    elapsedMs < 1_000
      ? `${Math.round(elapsedMs)} ms`
      : `${(elapsedMs / 1_000).toFixed(1)} s`;
  const ended = {
    succeeded: rowsText(rowCount),
    failed: vscode.l10n.t("failed: {0}", errorClass ?? ""),
    cancelled: vscode.l10n.t("cancelled"),
  }[status];
  return [
    duration,
    ended,
    ...(isRedacted ? [vscode.l10n.t("something was taken out")] : []),
  ];
}

function buttons(): (ActionButton & {
  readonly tooltip: string;
  readonly iconPath: vscode.ThemeIcon;
})[] {
  return [
    {
      action: "run",
      tooltip: vscode.l10n.t("Run Again"),
      iconPath: new vscode.ThemeIcon("play"),
    },
    {
      action: "open",
      tooltip: vscode.l10n.t("Open in a New Editor"),
      iconPath: new vscode.ThemeIcon("go-to-file"),
    },
    {
      action: "copy",
      tooltip: vscode.l10n.t("Copy"),
      iconPath: new vscode.ThemeIcon("copy"),
    },
    {
      action: "remove",
      tooltip: vscode.l10n.t("Remove from the History"),
      iconPath: new vscode.ThemeIcon("trash"),
    },
  ];
}
