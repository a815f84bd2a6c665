import * as vscode from "vscode";
import type { PageRows, StatementView } from "../../protocol/panel";
import type { CellArea } from "../../protocol/results";
import type { ResultCommandArguments } from "../commands/resultTable";
import type { ResultTab } from "./resultTab";
import type { Results } from "./results";
import { rowsText } from "./rowsText";

/** Cells that a command is about, and what is known of them. */
export interface ShownRows {
  readonly area: CellArea;
  readonly rows: number;
  readonly title: string;
  /** False while rows arrive, and after an error or a cancel. */
  readonly isComplete: boolean;
}

/** A statement with rows that can be read. */
interface WithRows {
  readonly statement: StatementView;
  readonly result: NonNullable<StatementView["result"]>;
}

/** Rows that a command can be about, as the user is offered them. */
interface Choice extends vscode.QuickPickItem {
  readonly area: CellArea;
  readonly of: WithRows;
}

/** The cells that a command was given; else those of the shown result, where it asks which when there are several. */
export async function shownRows(
  results: Results,
  wish: ResultCommandArguments | undefined,
  oneIsMeant = false,
): Promise<ShownRows | undefined> {
  await results.restored();
  const given = wish?.area ?? null;
  const tab =
    given === null ? results.current : results.tabs.ofResult(given.resultId);
  const found = tab === undefined ? [] : withRows(tab);
  if (tab === undefined || found.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("There is no result: run a statement that returns rows."),
    );
    return undefined;
  }
  const choice =
    given === null
      ? await pick(choicesOf(found, results.shown))
      : menuChoice(found, given, oneIsMeant, results.shown);
  return (
    choice && {
      area: choice.area,
      rows:
        Math.min(choice.area.toRow, choice.of.result.rowCount) -
        choice.area.fromRow,
      title: tab.title,
      isComplete: choice.of.statement.outcome?.complete === true,
    }
  );
}

function withRows(tab: ResultTab): readonly WithRows[] {
  return tab.rows !== "here"
    ? []
    : tab.run.statements.flatMap((statement) =>
        statement.result === null
          ? []
          : [{ statement, result: statement.result }],
      );
}

/** What the page's own menu is about. */
function menuChoice(
  found: readonly WithRows[],
  given: CellArea,
  oneIsMeant: boolean,
  page: PageRows | null,
): Pick<Choice, "area" | "of"> | undefined {
  const of = found.find(({ result }) => result.resultId === given.resultId);
  if (of === undefined) {
    return undefined;
  }
  // One cell is where the keyboard is, and nothing that was selected to be taken away.
  if (oneIsMeant || isSeveral(given)) {
    return { area: given, of };
  }
  const whole = wholeOf(of);
  const { viewId } = given;
  const viewRows = page?.viewId === viewId ? page.viewRows : null;
  return { area: { ...whole, viewId, toRow: viewRows ?? whole.toRow }, of };
}

/** What of the results can be meant: what is selected, the rows as they are shown, and each result as a whole. */
function choicesOf(
  found: readonly WithRows[],
  page: PageRows | null,
): readonly Choice[] {
  const shown = found.find(({ result }) => result.resultId === page?.resultId);
  const others = found.filter((one) => one !== shown);
  const whole = [...(shown === undefined ? [] : [shown]), ...others].map(
    (of): Choice => ({
      label:
        found.length === 1
          ? vscode.l10n.t("The whole result")
          : of.statement.text.replace(/\s+/g, " ").slice(0, 80),
      description: rowsText(of.result.rowCount),
      area: wholeOf(of),
      of,
    }),
  );
  return shown === undefined || page === null
    ? whole
    : [...partsOf(shown, page), ...whole];
}

function partsOf(of: WithRows, page: PageRows): readonly Choice[] {
  const { selection, columns, viewRows, viewId } = page;
  const parts: Choice[] = [];
  if (selection !== null && isSeveral(selection)) {
    parts.push({
      label: vscode.l10n.t("The selection"),
      description: vscode.l10n.t(
        "{0} × {1}",
        rowsText(selection.toRow - selection.fromRow),
        columnsText(selection.columns.length),
      ),
      area: selection,
      of,
    });
  }
  const area = { ...wholeOf(of), viewId, columns };
  const isAsItCame =
    viewId === null &&
    columns.length === of.result.columns.length &&
    columns.every((column, at) => column === at);
  if (!isAsItCame) {
    const toRow = viewRows ?? area.toRow;
    parts.push({
      label: vscode.l10n.t("The rows as they are shown"),
      description: rowsText(toRow),
      detail: vscode.l10n.t(
        "In this order, without what filters and hidden columns leave out.",
      ),
      area: { ...area, toRow },
      of,
    });
  }
  return parts;
}

function wholeOf({ result }: WithRows): CellArea {
  return {
    resultId: result.resultId,
    viewId: null,
    fromRow: 0,
    toRow: result.rowCount,
    columns: result.columns.map((_, index) => index),
  };
}

function columnsText(columns: number): string {
  return columns === 1
    ? vscode.l10n.t("1 column")
    : vscode.l10n.t("{0} columns", columns.toLocaleString());
}

function isSeveral({ fromRow, toRow, columns }: CellArea): boolean {
  return toRow - fromRow > 1 || columns.length > 1;
}

async function pick(choices: readonly Choice[]): Promise<Choice | undefined> {
  return choices.length < 2
    ? choices[0]
    : vscode.window.showQuickPick(choices, {
        title: vscode.l10n.t("Which rows?"),
        matchOnDescription: true,
      });
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
    vscode.l10n.t("This result is not complete: it has {0}.", rowsText(rows)),
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
