import * as vscode from "vscode";
import type { ErrorAction, ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo } from "../../core/errors/viaductError";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import { actionTitle } from "./actionTitle";
import { commandIds, type CommandId, type CommandTable } from "./commandTable";
import { requireTrust } from "./workspaceTrust";

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
          requireTrust(id);
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
    (action) => commandOf(action, error) !== undefined,
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
    await carryOut(action, error);
  }
}

/** Does what an error offers, for the attachment or the file that it is about. */
export async function carryOut(
  action: ErrorAction,
  error?: ErrorInfo,
): Promise<void> {
  const command = commandOf(action, error);
  if (command !== undefined) {
    const [id, ...args] = command;
    await vscode.commands.executeCommand(id, ...args);
  }
}

/** The command of an action; `retry`, `goToError` and the like need the run that they are about. */
function commandOf(
  action: ErrorAction,
  error?: ErrorInfo,
): readonly [CommandId, ...unknown[]] | undefined {
  const node =
    error?.alias === undefined ? undefined : { catalog: error.alias };
  const place = error?.file ?? node;
  switch (action) {
    case "retry":
      return node === undefined ? undefined : ["viaduct.reconnect", node];
    case "reconnect":
      return ["viaduct.reconnect", node];
    case "openEnvFile":
      return place === undefined
        ? ["viaduct.openEnvFile"]
        : ["viaduct.openSource", place];
    case "openServiceFile":
      return ["viaduct.openSource", place];
    case "openProfile":
      return ["viaduct.openProfile", place];
    case "enterPassword":
      return ["viaduct.setPassword", node];
    case "editAttachment":
      return ["viaduct.editAttachment", node];
    case "chooseSslMode":
      return ["viaduct.chooseSslMode", node];
    case "openSettings":
      return ["viaduct.openSettings"];
    case "runDoctor":
      return ["viaduct.runDoctor"];
    case "installExtension":
      return error?.extension === undefined
        ? ["viaduct.installExtension"]
        : ["viaduct.installExtension", error.extension.name];
    case "chooseDatabase":
      return ["viaduct.chooseDatabase"];
    case "restartEngine":
      return ["viaduct.restartEngine"];
    case "attachFromEnvFile":
      return ["viaduct.attachFromEnvFile"];
    case "showLog":
      return ["viaduct.showLog"];
    case "goToError":
    case "attachWithWrites":
      return undefined;
  }
}
