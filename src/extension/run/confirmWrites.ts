import * as vscode from "vscode";
import type { EngineSession } from "../engine/engineSession";
import type { Disposable } from "../lifetime/disposableStore";
import type { Settings } from "../settings/settings";
import type { RunService } from "./runService";
import { WriteConfirmation, type WriteQuestion } from "./writeConfirmation";

/** Asks before a write to an attached server, and shows that a run waits for the answer. */
export function confirmWrites(
  session: EngineSession,
  settings: Settings,
  runs: RunService,
  log: vscode.LogOutputChannel,
): Disposable {
  return new WriteConfirmation({
    session,
    setting: () => settings.confirmWrites,
    show: (question, isOpen) => {
      runs.showConfirming(question, isOpen);
    },
    log: (message) => {
      log.info(message);
    },
    ask,
  });
}

/** Asks the user: a modal for most databases, the alias to be typed for production. */
async function ask(
  question: WriteQuestion,
  ended: AbortSignal,
): Promise<boolean> {
  return question.environment === "production"
    ? typeAlias(question, ended)
    : press(question);
}

async function press({ verb, alias, detail }: WriteQuestion): Promise<boolean> {
  const run = vscode.l10n.t("Run It");
  const choice = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      "{0} writes to “{1}” ({2}). Run it?",
      verb,
      alias,
      detail || "PostgreSQL",
    ),
    {
      modal: true,
      detail: vscode.l10n.t(
        "This covers every write of this run to “{0}”.",
        alias,
      ),
    },
    run,
  );
  return choice === run;
}

async function typeAlias(
  { verb, alias, detail }: WriteQuestion,
  ended: AbortSignal,
): Promise<boolean> {
  const wrong = vscode.l10n.t(
    "Type “{0}” to run it, or press Escape not to.",
    alias,
  );
  const closing = new vscode.CancellationTokenSource();
  ended.addEventListener("abort", () => {
    closing.cancel();
  });
  const typed = await vscode.window.showInputBox(
    {
      title: vscode.l10n.t(
        "PRODUCTION: {0} writes to “{1}” ({2})",
        verb,
        alias,
        detail || "PostgreSQL",
      ),
      prompt: vscode.l10n.t(
        "Type “{0}” to run it. This covers every write of this run to it.",
        alias,
      ),
      placeHolder: alias,
      ignoreFocusOut: true,
      // Enter on half of it is a slip, not a refusal; Escape is one.
      validateInput: (value) =>
        value === alias || value === "" ? undefined : wrong,
    },
    closing.token,
  );
  closing.dispose();
  return typed === alias;
}
