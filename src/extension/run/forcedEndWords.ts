import * as vscode from "vscode";
import { errorInfo } from "../../core/errors/makeError";
import type { ForcedEndParts } from "./forcedEnd";

/** What the user is told of an engine that has to be ended. */
export const forcedEndWords: Omit<ForcedEndParts, "kill"> = {
  askToWait: async (seconds) => {
    const wait = vscode.l10n.t("Keep Waiting");
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "The run does not stop: the engine waits for a server that does not answer. The engine is ended in {0} s and starts again; tables in memory, temporary tables and earlier results are lost.",
        String(seconds),
      ),
      wait,
    );
    return choice === wait;
  },
  error: () =>
    errorInfo(
      "cancelled",
      vscode.l10n.t(
        "The run was cancelled by ending the engine, because it waited for a server that does not answer.",
      ),
      {
        hint: vscode.l10n.t(
          "The engine starts again with its attachments; tables in memory, temporary tables and earlier results are gone.",
        ),
        actions: [],
      },
    ),
};
