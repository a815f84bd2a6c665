import type { Attachments } from "../attachments/attachments";
import type { LimitsFor } from "../attachments/limits";
import type { ResultStore } from "../results/resultStore";
import type { WriteQuestions } from "../runs/writeQuestions";
import { NativeSession } from "./nativeSession";

/** The native sessions, one for each alias that was run on. */
export class NativeSessions {
  private readonly sessions = new Map<string, NativeSession>();

  constructor(
    private readonly parts: {
      readonly attachments: Attachments;
      readonly store: ResultStore;
      readonly limits: LimitsFor;
      readonly questions: WriteQuestions;
      readonly idleMs: number;
    },
  ) {}

  /** The session behind an alias. Throws `attachmentMissing`. */
  executorFor(alias: string): NativeSession {
    const { attachments, store, limits, questions, idleMs } = this.parts;
    attachments.need(alias);
    const key = alias.toLowerCase();
    const session =
      this.sessions.get(key) ??
      new NativeSession({
        attachment: () => attachments.need(alias),
        store,
        limits,
        questions,
        idleMs,
      });
    this.sessions.set(key, session);
    return session;
  }

  /** Closes the session behind an alias. */
  async forget(alias: string): Promise<void> {
    const session = this.sessions.get(alias.toLowerCase());
    this.sessions.delete(alias.toLowerCase());
    await session?.close();
  }

  async close(): Promise<void> {
    await Promise.all(
      [...this.sessions.keys()].map((alias) => this.forget(alias)),
    );
  }
}
