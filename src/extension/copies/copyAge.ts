import * as vscode from "vscode";
import type { SnapshotInfo } from "../../protocol/snapshots";

/** How old a copy is, in the unit that a person would say it in. */
export function copyAge(
  { takenAt }: Pick<SnapshotInfo, "takenAt">,
  now: number,
): string {
  const minutes = Math.max(0, Math.floor((now - Date.parse(takenAt)) / 60_000));
  if (minutes < 1) {
    return vscode.l10n.t("just now");
  }
  if (minutes < 60) {
    return vscode.l10n.t("{0} min ago", minutes);
  }
  const hours = Math.floor(minutes / 60);
  if (hours < 48) {
    return vscode.l10n.t("{0} h ago", hours);
  }
  return vscode.l10n.t("{0} days ago", Math.floor(hours / 24));
}

/** Its rows, as a number that can be read. */
export function copyRows({ rowCount }: Pick<SnapshotInfo, "rowCount">): string {
  return rowCount === 1
    ? vscode.l10n.t("1 row")
    : vscode.l10n.t("{0} rows", rowCount.toLocaleString("en-US"));
}
