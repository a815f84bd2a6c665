import * as vscode from "vscode";
import { resultIdsOf, rowsOfRun, type ResultTab } from "./resultTab";
import type { ResultTabs } from "./resultTabs";

/** Shows another result beside the one that is to be compared, which the user chooses; false without any. */
export async function openOther(
  tabs: Pick<ResultTabs, "all">,
  resultId: string,
  open: (tab: ResultTab) => void,
): Promise<boolean> {
  const others = tabs.all.filter(
    ({ run, rows }) =>
      (rows === "here" || rows === "saved") &&
      rowsOfRun(run).length > 0 &&
      !resultIdsOf(run).includes(resultId),
  );
  if (others.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "There is no other result to compare with: pin this one, or open it beside, and run another statement.",
      ),
    );
    return false;
  }
  const chosen = await vscode.window.showQuickPick(
    others.map((tab) => ({
      label: tab.title,
      description: `${tab.run.target}, ${new Date(tab.run.startedAt).toLocaleTimeString()}`,
      tab,
    })),
    { title: vscode.l10n.t("Compare with Which Result?") },
  );
  if (chosen !== undefined) open(chosen.tab);
  return chosen !== undefined;
}
