import type { Attachments } from "../attachments/attachments";
import type { LimitsFor } from "../attachments/limits";
import type { ResultStore } from "../results/resultStore";
import type { Executor } from "../runs/runs";
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

  /**
   * What runs statements on an alias, once it is not being attached any more. Throws when nothing is attached under it,
   * nor is being attached.
   */
  executorFor(alias: string): Executor {
    const { attempts } = this.parts.attachments;
    const key = alias.toLowerCase();
    if (!attempts.isBusy(alias)) {
      this.parts.attachments.need(alias);
    }
    return {
      execute: async (sql, recorder, run) => {
        await run.unlessCancelled(attempts.settled((name) => name === key));
        return this.sessionOf(alias).execute(sql, recorder, run);
      },
      describe: (sql, names) => this.sessionOf(alias).describe(sql, names),
      cancel: async (run) => this.sessions.get(key)?.cancel(run) ?? 0,
    };
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

  private sessionOf(alias: string): NativeSession {
    const { attachments, store, limits, questions, idleMs } = this.parts;
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
}
