import * as vscode from "vscode";
import type { DoctorCheck, DoctorFix } from "../../core/doctor/report";
import type { CommandId } from "../commands/commandTable";

/** What carries out a fix: a fixed map, so that nothing that comes from the page is a command's id. */
const fixCommands: Partial<Record<DoctorFix, CommandId>> = {
  openEnvFile: "viaduct.openEnvFile",
  openProfile: "viaduct.openProfile",
  reconnect: "viaduct.reconnect",
  installExtension: "viaduct.installExtension",
  chooseDatabase: "viaduct.chooseDatabase",
  restartEngine: "viaduct.restartEngine",
  attachFromEnvFile: "viaduct.attachFromEnvFile",
  showLog: "viaduct.showLog",
};

/** Fixes that can be carried out here. */
export const possibleFixes: readonly DoctorFix[] = [
  ...(Object.keys(fixCommands) as DoctorFix[]),
  "openSettings",
  "copySql",
];

/** Carries out what a check offers; answers whether something may be different now. */
export async function carryOutFix(
  check: DoctorCheck,
  fix: DoctorFix,
): Promise<void> {
  if (!check.fixes.includes(fix)) {
    return;
  }
  switch (fix) {
    case "copySql":
      await vscode.env.clipboard.writeText(check.sql ?? "");
      vscode.window.setStatusBarMessage(
        vscode.l10n.t("The SQL is on the clipboard."),
        5_000,
      );
      return;
    case "openSettings":
      await vscode.commands.executeCommand(
        "workbench.action.openSettings",
        "@ext:viaduct.viaduct",
      );
      return;
    default: {
      const command = fixCommands[fix];
      if (command !== undefined) {
        await vscode.commands.executeCommand(command, ...argumentsOf(check));
      }
    }
  }
}

/** What a command is to be about: the attachment, the extension, or nothing. */
function argumentsOf({ id, subject }: DoctorCheck): unknown[] {
  const [topic] = id.split(".");
  switch (topic) {
    case "extension":
      return subject === "" ? [] : [subject];
    case "engine":
    case "file":
      return [];
    default:
      return [{ catalog: subject }];
  }
}
