import type * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import type { AttachParts } from "../attach/attachParts";
import { addToBaseline } from "./addToBaseline";
import { allowValue } from "./allowValue";
import { forgetStoredSecret } from "./forgetStoredSecret";
import type { LanguageServer } from "./languageServer";
import { makeAttachment } from "./makeAttachment";
import { moveAllCredentials, moveCredential } from "./moveCredential";
import { openRule } from "./openRule";
import type { LintReportPanel } from "./report/lintReportPanel";
import { storeCredential } from "./storeCredential";

/** The commands of the credential lint. */
export function lintCommands(
  server: LanguageServer,
  settings: Settings,
  extensionUri: vscode.Uri,
  parts: AttachParts,
  report: LintReportPanel,
): Pick<
  CommandTable,
  | "viaduct.moveCredential"
  | "viaduct.moveAllCredentials"
  | "viaduct.makeAttachment"
  | "viaduct.addToBaseline"
  | "viaduct.allowValue"
  | "viaduct.storeCredential"
  | "viaduct.forgetStoredSecret"
  | "viaduct.openRule"
  | "viaduct.lintWorkspace"
> {
  const { stored } = parts;
  return {
    "viaduct.moveCredential": moveCredential(server, settings),
    "viaduct.moveAllCredentials": moveAllCredentials(server, settings, stored),
    "viaduct.makeAttachment": makeAttachment(server, parts),
    "viaduct.addToBaseline": addToBaseline(server, settings),
    "viaduct.allowValue": allowValue(server, settings),
    "viaduct.storeCredential": storeCredential(server, settings, stored),
    "viaduct.forgetStoredSecret": forgetStoredSecret(stored),
    "viaduct.openRule": openRule(extensionUri),
    "viaduct.lintWorkspace": () => report.run(),
  };
}
