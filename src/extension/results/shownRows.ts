import * as vscode from "vscode";
import type { CellArea } from "../../protocol/results";
import type { StatementView } from "../../protocol/panel";
import type { ResultCommandArguments } from "../commands/resultTable";
import type { ResultTab } from "./resultTab";
import type { Results } from "./results";

/** Cells that a command is about, and what is known of them. */
export interface ShownRows {
  readonly area: CellArea;
  readonly rows: number;
  readonly title: string;
  /** False while rows arrive, and after an error or a cancel. */
  readonly isComplete: boolean;
}

/** The cells that a command was given, or the whole of the shown result; asks which one where there are several. */
export async function shownRows(
  results: Results,
  wish: ResultCommandArguments | undefined,
  oneIsMeant = false,
): Promise<ShownRows | undefined> {
  await results.restored();
  const given = wish?.area ?? null;
  const tab =
    given === null ? results.current : results.tabs.ofResult(given.resultId);
  const statement =
    given === null
      ? await pickStatement(tab)
      : tab?.run.statements.find(
          ({ result }) => result?.resultId === given.resultId,
        );
  const result = statement?.result;
  if (tab === undefined || statement === undefined || result == null) {
    if (tab === undefined || rowsOf(tab).length === 0) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("There is no result: run a statement that returns rows."),
      );
    }
    return undefined;
  }
  // One cell is where the keyboard is, and nothing that was selected to be taken away.
  const isSelected =
    given !== null &&
    (oneIsMeant || given.toRow - given.fromRow > 1 || given.columns.length > 1);
  const area = isSelected
    ? given
    : {
        resultId: result.resultId,
        viewId: given?.viewId ?? null,
        fromRow: 0,
        toRow: result.rowCount,
        columns: result.columns.map((_, index) => index),
      };
  return {
    area,
    rows: Math.min(area.toRow, result.rowCount) - area.fromRow,
    title: tab.title,
    isComplete: statement.outcome?.complete === true,
  };
}

function rowsOf(tab: ResultTab): readonly StatementView[] {
  return tab.rows === "here"
    ? tab.run.statements.filter(({ result }) => result !== null)
    : [];
}

async function pickStatement(
  tab: ResultTab | undefined,
): Promise<StatementView | undefined> {
  const found = tab === undefined ? [] : rowsOf(tab);
  if (found.length < 2) {
    return found[0];
  }
  const picked = await vscode.window.showQuickPick(
    found.map((statement) => ({
      label: statement.text.replace(/\s+/g, " ").slice(0, 80),
      description: vscode.l10n.t("{0} rows", statement.result?.rowCount ?? 0),
      statement,
    })),
    { title: vscode.l10n.t("Which result?") },
  );
  return picked?.statement;
}

/** Asks before rows leave that are not all of them; true to go on. */
export async function acceptIncomplete(
  { isComplete, rows }: ShownRows,
  verb: string,
): Promise<boolean> {
  if (isComplete) {
    return true;
  }
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t("This result is not complete: {0} rows are there.", rows),
    {
      modal: true,
      detail: vscode.l10n.t(
        "It is still running, or ended with an error or a cancel. What you get has no more than these rows.",
      ),
    },
    verb,
  );
  return choice === verb;
}
