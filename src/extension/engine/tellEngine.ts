import type * as vscode from "vscode";
import { showError } from "../commands/registerCommands";
import { DisposableStore } from "../lifetime/disposableStore";
import type { EngineSession } from "./engineSession";

/** What the engine has to say goes to the log; that the DuckDB file could not be opened is said aloud. */
export function tellEngine(
  session: EngineSession,
  log: vscode.LogOutputChannel,
): DisposableStore {
  const store = new DisposableStore();
  store.add(
    session.onEvent((message) => {
      if (message.event === "log") {
        const { level, message: text } = message.payload;
        log[level === "warning" ? "warn" : level](text);
      }
    }),
  );
  store.add(
    session.onStateChanged((state) => {
      if (state.kind === "ready" && state.info.databaseProblem !== null) {
        void showError(state.info.databaseProblem);
      }
      log.info(
        `Engine ${state.kind}${state.kind === "failed" ? `: ${state.error.message}` : ""}`,
      );
    }),
  );
  return store;
}
