import * as vscode from "vscode";
import { timeZoneNames } from "../../core/results/timeZoneName";
import type { Results } from "./results";

/** Shows times with a zone in another one, in every result, without running anything again. */
export function showTimesIn(results: Results) {
  return async (given?: unknown): Promise<string | null | undefined> => {
    await results.restored();
    const zone =
      typeof given === "string" || given === null
        ? given
        : await pick(results.tabs.timeZone);
    if (zone !== undefined) {
      results.tabs.showTimesIn(zone);
    }
    return zone;
  };
}

async function pick(
  current: string | null,
): Promise<string | null | undefined> {
  const set = current === null ? [] : [current];
  const names = new Set([...set, ...timeZoneNames()]);
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t("The zone of each run"),
        zone: null,
      },
      ...[...names].map((name) => ({ label: name, zone: name })),
    ].map((item) => ({
      ...item,
      description: item.zone === current ? vscode.l10n.t("now") : "",
    })),
    { placeHolder: vscode.l10n.t("Show times with a zone in which one?") },
  );
  return picked?.zone;
}
