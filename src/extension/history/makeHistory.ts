import path from "node:path";
import type * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineSession } from "../engine/engineSession";
import type { DisposableStore } from "../lifetime/disposableStore";
import { workspaceStorage } from "../lifetime/workspaceStorage";
import type { RunInput, RunService } from "../run/runService";
import type { Settings } from "../settings/settings";
import { HistoryFolder } from "./historyFolder";
import { QueryHistory } from "./queryHistory";
import { serverBehind } from "./serverBehind";

/** What the history listens to. */
interface HistoryParts {
  readonly session: EngineSession;
  readonly settings: Settings;
  readonly runs: Pick<RunService, "onRunOpened" | "onRunChanged">;
  readonly log: vscode.LogOutputChannel;
  /** Ends the listening. */
  readonly store: DisposableStore;
}

/** The history of the workspace, in its own storage, and what keeps it up to date. */
export function makeHistory(
  { storageUri }: Pick<vscode.ExtensionContext, "storageUri">,
  { session, settings, runs, log, store }: HistoryParts,
): QueryHistory {
  const storage = workspaceStorage(storageUri);
  const history = new QueryHistory({
    folder:
      storage === undefined
        ? null
        : new HistoryFolder(path.join(storage.fsPath, "history")),
    isEnabled: () => settings.historyEnabled,
    limit: () => settings.historyLimit,
    serverOf: (alias) => serverBehind(session, alias),
    onProblem: (error) => {
      log.warn(
        `The query history was not written: ${toErrorInfo(error).message}`,
      );
    },
  });
  const begun = new Map<string, RunInput>();
  store.add(
    runs.onRunOpened(({ run, input }) => {
      begun.set(run.runId, input);
    }),
  );
  store.add(
    runs.onRunChanged((run) => {
      const input = begun.get(run.runId);
      if (
        input !== undefined &&
        run.state !== "running" &&
        run.state !== "cancelling"
      ) {
        begun.delete(run.runId);
        history.record(run, input);
      }
    }),
  );
  return history;
}
