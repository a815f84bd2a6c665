import { toErrorInfo } from "../../core/errors/viaductError";
import type { EngineEvents } from "../../protocol/engine";
import type { EngineSession } from "../engine/engineSession";
import { DisposableStore, type Disposable } from "../lifetime/disposableStore";
import type { ConfirmWrites } from "../settings/settings";

/** What the engine asks before a write. */
export type WriteQuestion = EngineEvents["writeQuestion"];

/** What the confirmation of writes needs. */
export interface WriteConfirmationParts {
  readonly session: Pick<
    EngineSession,
    "request" | "onEvent" | "onStateChanged"
  >;
  readonly setting: () => ConfirmWrites;
  /** Tells that the user is being asked, and that the question is gone. */
  readonly show: (question: WriteQuestion, isOpen: boolean) => void;
  /** Tells what was decided, and to what. */
  readonly log: (message: string) => void;
  readonly ask: (
    question: WriteQuestion,
    ended: AbortSignal,
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
  private open: AbortController | undefined;

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

  private async answer(question: WriteQuestion): Promise<void> {
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

  private async decide(question: WriteQuestion): Promise<boolean> {
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
    const open = new AbortController();
    this.open = open;
    this.parts.show(question, true);
    try {
      const allowed = await this.parts.ask(question, open.signal);
      if (allowed && !open.signal.aborted) {
        this.allowed.aliases.add(alias);
        return true;
      }
      return false;
    } finally {
      this.parts.show(question, false);
      if (this.open === open) {
        this.open = undefined;
      }
    }
  }

  /** Takes the open question away: its run has ended. */
  private dismiss(): void {
    this.open?.abort();
    this.open = undefined;
  }
}
