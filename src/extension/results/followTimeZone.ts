import * as vscode from "vscode";
import { isTimeZoneName } from "../../core/results/timeZoneName";
import { executeCommand } from "../commands/registerCommands";
import type { Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";
import type { ResultTabs } from "./resultTabs";

const key = "viaduct.results.timeZone";

/** Shows times in the zone of the setting, now and whenever it changes; what the window chose gives way to a change. */
export function followTimeZone(
  settings: Pick<Settings, "resultsTimeZone">,
  tabs: Pick<ResultTabs, "showTimesIn">,
): Disposable {
  const show = (): void => {
    const zone = settings.resultsTimeZone;
    const isKnown = zone === "" || isTimeZoneName(zone);
    tabs.showTimesIn(isKnown && zone !== "" ? zone : null);
    if (!isKnown) {
      void tellUnknown(zone);
    }
  };
  show();
  return vscode.workspace.onDidChangeConfiguration((change) => {
    if (change.affectsConfiguration(key)) {
      show();
    }
  });
}

async function tellUnknown(zone: string): Promise<void> {
  const open = vscode.l10n.t("Open Settings");
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "“{0}” is no time zone: times are shown in the zone of each run. Zones have names such as Europe/Berlin or UTC.",
      zone,
    ),
    open,
  );
  if (choice === open) {
    await executeCommand("viaduct.openSettings", key);
  }
}
