import * as vscode from "vscode";
import type { ErrorAction, ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import { commandIds, type CommandId, type CommandTable } from "./commandTable";

/** Runs a Viaduct command by its typed id. */
export function executeCommand<I extends CommandId>(
  id: I,
  ...args: Parameters<CommandTable[I]>
): Thenable<Awaited<ReturnType<CommandTable[I]>>> {
  return vscode.commands.executeCommand(id, ...args);
}

/** Registers every command of the table; a failure is logged and shown with what could fix it. */
export function registerCommands(
  table: CommandTable,
  log: vscode.LogOutputChannel,
): Disposable {
  const store = new DisposableStore();
  for (const id of commandIds) {
    const run = table[id] as (...args: unknown[]) => unknown;
    store.add(
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          return await run(...args);
        } catch (error) {
          const info = toErrorInfo(error);
          log.error(`${id}: ${info.class}: ${info.message}`);
          // Not awaited: a command has ended although its message is still to be read.
          void showError(info);
          return { failed: info };
        }
      }),
    );
  }
  return store;
}

/** Shows an error in one message with its next step and its actions as buttons. */
export async function showError(error: ErrorInfo): Promise<void> {
  const actions = error.actions.filter(
    (action) => actionCommands[action] !== undefined,
  );
  const titles = new Map(
    actions.map((action) => [actionTitle(action), action]),
  );
  const choice = await vscode.window.showErrorMessage(
    `${error.message} ${error.hint}`,
    ...titles.keys(),
  );
  const action = choice === undefined ? undefined : titles.get(choice);
  if (action !== undefined) {
    await carryOut(action);
  }
}

/** Does what an error offers, where that needs nothing but the action itself. */
export async function carryOut(action: ErrorAction): Promise<void> {
  const command = actionCommands[action];
  if (command !== undefined) {
    await vscode.commands.executeCommand(command);
  }
}

/** Actions that are a command; `retry`, `goToError` and the like need the run that they are about. */
const actionCommands: Partial<Record<ErrorAction, CommandId>> = {
  runDoctor: "viaduct.runDoctor",
  openEnvFile: "viaduct.openEnvFile",
  reconnect: "viaduct.reconnect",
  installExtension: "viaduct.installExtension",
  chooseDatabase: "viaduct.chooseDatabase",
  restartEngine: "viaduct.restartEngine",
  attachFromEnvFile: "viaduct.attachFromEnvFile",
  showLog: "viaduct.showLog",
};

function actionTitle(action: ErrorAction): string {
  switch (action) {
    case "openEnvFile":
      return vscode.l10n.t("Open Env File");
    case "openProfile":
      return vscode.l10n.t("Open profiles.yml");
    case "openServiceFile":
      return vscode.l10n.t("Open Service File");
    case "enterPassword":
      return vscode.l10n.t("Enter Password");
    case "editAttachment":
      return vscode.l10n.t("Edit Attachment");
    case "chooseSslMode":
      return vscode.l10n.t("Choose TLS Mode");
    case "openSettings":
      return vscode.l10n.t("Open Settings");
    case "runDoctor":
      return vscode.l10n.t("Run Doctor");
    case "reconnect":
      return vscode.l10n.t("Reconnect");
    case "retry":
      return vscode.l10n.t("Try Again");
    case "installExtension":
      return vscode.l10n.t("Install Extension");
    case "chooseDatabase":
      return vscode.l10n.t("Choose DuckDB File");
    case "restartEngine":
      return vscode.l10n.t("Restart Engine");
    case "attachWithWrites":
      return vscode.l10n.t("Attach with Writes Allowed");
    case "attachFromEnvFile":
      return vscode.l10n.t("Attach from Env File");
    case "goToError":
      return vscode.l10n.t("Go to Error");
    case "showLog":
      return vscode.l10n.t("Show Log");
  }
}
