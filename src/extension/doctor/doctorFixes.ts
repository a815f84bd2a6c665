import * as vscode from "vscode";
import type { DoctorCheck, DoctorFix } from "../../core/doctor/report";
import type { CommandId } from "../commands/commandTable";

/** What carries out a fix: a fixed map, so that nothing that comes from the page is a command's id. */
const fixCommands: Partial<Record<DoctorFix, CommandId>> = {
  openEnvFile: "viaduct.openSource",
  openServiceFile: "viaduct.openSource",
  openProfile: "viaduct.openProfile",
  enterPassword: "viaduct.setPassword",
  editAttachment: "viaduct.editAttachment",
  chooseSslMode: "viaduct.chooseSslMode",
  openSettings: "viaduct.openSettings",
  reconnect: "viaduct.reconnect",
  installExtension: "viaduct.installExtension",
  updateExtension: "viaduct.updateExtension",
  chooseDatabase: "viaduct.chooseDatabase",
  restartEngine: "viaduct.restartEngine",
  attachFromEnvFile: "viaduct.attachFromEnvFile",
  showLog: "viaduct.showLog",
};

/** Those that are about the attachment that the check is about. */
const aboutAttachment: ReadonlySet<DoctorFix> = new Set([
  "openEnvFile",
  "openServiceFile",
  "openProfile",
  "enterPassword",
  "editAttachment",
  "chooseSslMode",
  "reconnect",
]);

/** Fixes that can be carried out here. */
export const possibleFixes: readonly DoctorFix[] = [
  ...(Object.keys(fixCommands) as DoctorFix[]),
  "copySql",
];

/** Carries out what a check offers; what it does not offer is not done, whatever the page says. */
export async function carryOutFix(
  check: DoctorCheck,
  fix: DoctorFix,
): Promise<void> {
  if (!check.fixes.includes(fix)) {
    return;
  }
  if (fix === "copySql") {
    await vscode.env.clipboard.writeText(check.sql ?? "");
    vscode.window.setStatusBarMessage(
      vscode.l10n.t("The SQL is on the clipboard."),
      5_000,
    );
    return;
  }
  const command = fixCommands[fix];
  if (command !== undefined) {
    await vscode.commands.executeCommand(command, ...argumentsOf(check, fix));
  }
}

/** What a command is to be about: the attachment, the extension, or nothing. */
function argumentsOf({ id, subject }: DoctorCheck, fix: DoctorFix): unknown[] {
  const [topic] = id.split(".");
  const isShared = topic === "engine" || topic === "file";
  if (subject === "" || isShared) {
    return [];
  }
  if (topic === "extension") {
    return fix === "installExtension" || fix === "updateExtension"
      ? [subject]
      : [];
  }
  return aboutAttachment.has(fix) ? [{ catalog: subject }] : [];
}
