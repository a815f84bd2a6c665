import type * as vscode from "vscode";
import type { CommandTable } from "../commands/commandTable";
import type { Settings } from "../settings/settings";
import { addToBaseline } from "./addToBaseline";
import type { LanguageServer } from "./languageServer";
import { moveAllCredentials, moveCredential } from "./moveCredential";
import { openRule } from "./openRule";

/** The commands of the credential lint. */
export function lintCommands(
  server: LanguageServer,
  settings: Settings,
  extensionUri: vscode.Uri,
): Pick<
  CommandTable,
  | "viaduct.moveCredential"
  | "viaduct.moveAllCredentials"
  | "viaduct.addToBaseline"
  | "viaduct.openRule"
> {
  return {
    "viaduct.moveCredential": moveCredential(server, settings),
    "viaduct.moveAllCredentials": moveAllCredentials(server, settings),
    "viaduct.addToBaseline": addToBaseline(server, settings),
    "viaduct.openRule": openRule(extensionUri),
  };
}
