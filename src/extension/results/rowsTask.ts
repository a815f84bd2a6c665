import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineSession } from "../engine/engineSession";
import { rowsText } from "./rowsText";

/** Runs a task of the engine with a notification that counts rows and can end it; undefined when the user did. */
export async function withRowsProgress<T>(
  session: EngineSession,
  title: string,
  work: (taskId: string) => Promise<T>,
): Promise<T | undefined> {
  const taskId = randomUUID();
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title,
      cancellable: true,
    },
    async (progress, token) => {
      let told = 0;
      const listening = session.onEvent(({ event, payload }) => {
        if (event !== "taskProgress" || payload.taskId !== taskId) return;
        const { rows, total } = payload;
        const share = total === null || total === 0 ? 0 : (rows / total) * 100;
        progress.report({
          message:
            total === null
              ? rowsText(rows)
              : vscode.l10n.t(
                  "{0} of {1}",
                  rows.toLocaleString(),
                  rowsText(total),
                ),
          increment: Math.max(0, share - told),
        });
        told = Math.max(told, share);
      });
      const cancelling = token.onCancellationRequested(() => {
        void session.request("cancelTask", { taskId }).catch(() => undefined);
      });
      try {
        return await work(taskId);
      } catch (error) {
        if (
          token.isCancellationRequested &&
          toErrorInfo(error).class === "cancelled"
        ) {
          return undefined;
        }
        throw error;
      } finally {
        listening.dispose();
        cancelling.dispose();
      }
    },
  );
}
