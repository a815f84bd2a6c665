import type * as vscode from "vscode";
import type { EngineSession } from "../engine/engineSession";
import type { DisposableStore } from "../lifetime/disposableStore";
import { fillParameters } from "../parameters/fillParameters";
import { RememberedValues } from "../parameters/rememberedValues";
import { RunDiagnostics } from "./runDiagnostics";
import { RunService } from "./runService";

/** The runs of the window, with values that are asked for and remembered in the workspace's state. */
export function makeRunService(
  { workspaceState }: Pick<vscode.ExtensionContext, "workspaceState">,
  session: EngineSession,
  log: vscode.LogOutputChannel,
  store: DisposableStore,
): RunService {
  const remembered = new RememberedValues(workspaceState);
  return store.add(
    new RunService(session, store.add(new RunDiagnostics()), log, (input) =>
      fillParameters({ session, remembered }, input),
    ),
  );
}
