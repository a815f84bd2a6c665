import * as vscode from "vscode";

/** `1 row`, `1,234 rows`. */
export function rowsText(rows: number): string {
  return rows === 1
    ? vscode.l10n.t("1 row")
    : vscode.l10n.t("{0} rows", rows.toLocaleString());
}
