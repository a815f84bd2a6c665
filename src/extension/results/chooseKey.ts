import * as vscode from "vscode";
import type { KeyChoice } from "./comparing";

/** Asks by which columns rows of two results belong together; none for by their places. */
export async function chooseKey(
  columns: readonly KeyChoice[],
): Promise<readonly number[] | undefined> {
  const items = columns.map(({ name, column, isChosen }) => ({
    label: name === "" ? vscode.l10n.t("(no name)") : name,
    description: vscode.l10n.t("column {0}", column + 1),
    picked: isChosen,
    column,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    title: vscode.l10n.t("Compare Rows by Key"),
    placeHolder: vscode.l10n.t(
      "Rows with the same values in these columns are compared; without any, rows at the same place",
    ),
  });
  return chosen?.map(({ column }) => column);
}
