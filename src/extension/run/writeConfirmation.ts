import * as vscode from "vscode";
import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineEvents } from "../../protocol/engine";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { ConfirmWrites } from "../settings/settings";

type Question = EngineEvents["writeQuestion"];

/** What the confirmation of writes needs. */
export interface WriteConfirmationParts {
  readonly session: EngineSession;
  readonly setting: () => ConfirmWrites;
  /** Tells that the user is being asked, and that the question is gone. */
  readonly show: (question: Question, isOpen: boolean) => void;
  /** Tells what was decided, and to what. */
  readonly log: (message: string) => void;
  readonly ask: (
    question: Question,
    ended: vscode.CancellationToken,
  ) => Promise<boolean>;
}

/**
 * Answers the engine's question before a write to an attached server. One question covers the writes of a run to one
 * database. Whatever goes wrong on the way to an answer is a no.
 */
export class WriteConfirmation implements Disposable {
  private readonly store = new DisposableStore();
  /** What was allowed in the run that is named. */
  private allowed: { runId: string; aliases: Set<string> } = {
    runId: "",
    aliases: new Set(),
  };
  private open: vscode.CancellationTokenSource | undefined;

  constructor(private readonly parts: WriteConfirmationParts) {
    this.store.add(
      parts.session.onEvent((message) => {
        if (message.event === "writeQuestion") {
          void this.answer(message.payload);
        } else if (message.event === "statementEnded") {
          this.dismiss();
        }
      }),
    );
    // The engine that has asked is gone.
    this.store.add(
      parts.session.onStateChanged(() => {
        this.dismiss();
      }),
    );
  }

  dispose(): void {
    this.dismiss();
    this.store.dispose();
  }

  private async answer(question: Question): Promise<void> {
    const { runId, alias } = question;
    const allowed = await this.decide(question).catch((error: unknown) => {
      this.parts.log(toErrorInfo(error).message);
      return false;
    });
    this.parts.log(
      `${runId}: ${question.verb} on ${alias} ${allowed ? "allowed" : "refused"}`,
    );
    try {
      await this.parts.session.request("answerWrite", { runId, allowed });
    } catch (error) {
      // The run has ended meanwhile, or its engine: there is nothing left to allow.
      this.parts.log(toErrorInfo(error).message);
    }
  }

  private async decide(question: Question): Promise<boolean> {
    const { runId, alias, environment } = question;
    if (this.allowed.runId !== runId) {
      this.allowed = { runId, aliases: new Set() };
    }
    const setting = this.parts.setting();
    if (
      this.allowed.aliases.has(alias) ||
      setting === "never" ||
      (setting === "production" && environment !== "production")
    ) {
      return true;
    }
    this.dismiss();
    const open = new vscode.CancellationTokenSource();
    this.open = open;
    this.parts.show(question, true);
    try {
      const allowed = await this.parts.ask(question, open.token);
      if (allowed && !open.token.isCancellationRequested) {
        this.allowed.aliases.add(alias);
        return true;
      }
      return false;
    } finally {
      this.parts.show(question, false);
      open.dispose();
      if (this.open === open) {
        this.open = undefined;
      }
    }
  }

  /** Takes the open question away: its run has ended. */
  private dismiss(): void {
    this.open?.cancel();
    this.open = undefined;
  }
}

/** Asks the user: a modal for most databases, the alias to be typed for production. */
export async function askAboutWrite(
  question: Question,
  ended: vscode.CancellationToken,
): Promise<boolean> {
  return question.environment === "production"
    ? typeAlias(question, ended)
    : press(question);
}

async function press({ verb, alias, detail }: Question): Promise<boolean> {
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
  { verb, alias, detail }: Question,
  ended: vscode.CancellationToken,
): Promise<boolean> {
  const wrong = vscode.l10n.t(
    "Type “{0}” to run it, or press Escape not to.",
    alias,
  );
  const typed = await vscode.window.showInputBox(
    {
      title: vscode.l10n.t("PRODUCTION: {0} writes to “{1}”", verb, alias),
      prompt: vscode.l10n.t(
        "{0}: type “{1}” to run it. This covers every write of this run to it.",
        detail || "PostgreSQL",
        alias,
      ),
      placeHolder: alias,
      ignoreFocusOut: true,
      // Enter on half of it is a slip, not a refusal; Escape is one.
      validateInput: (value) =>
        value === alias || value === "" ? undefined : wrong,
    },
    ended,
  );
  return typed === alias;
}
