import { viaductError } from "../../core/errors/makeError";
import type { EngineEventSink } from "../../protocol/engine";
import { describeServer } from "../attachments/attachment";
import { type Attachments } from "../attachments/attachments";
import type { ActiveRun } from "./activeRun";

/** The statement that a question is about. */
interface Asking {
  readonly run: ActiveRun;
  readonly index: number;
}

/** What `WriteQuestions` is made of. */
interface WriteQuestionParts {
  /** False: writes are never asked about. */
  readonly isAsked: boolean;
  readonly emit: EngineEventSink;
  readonly attachments: Attachments;
  /** Which of these functions may write when they are called on a server; all of them when it cannot be found out. */
  readonly volatileFunctions: (
    alias: string,
    names: readonly string[],
  ) => Promise<readonly string[]>;
}

/** Asks before a statement writes to an attached server: once for each run and alias. */
export class WriteQuestions {
  private readonly waiting = new Map<string, (allowed: boolean) => void>();

  constructor(private readonly parts: WriteQuestionParts) {}

  get isAsked(): boolean {
    return this.parts.isAsked;
  }

  /** Waits for the answer. Throws `writeRefused`, or `cancelled` when the run is cancelled meanwhile. */
  async ask(
    alias: string,
    verb: string,
    { run, index }: Asking,
  ): Promise<void> {
    const key = alias.toLowerCase();
    if (!this.isAsked || run.writable.has(key)) {
      return;
    }
    const attachment = this.parts.attachments.get(alias);
    const answered = new Promise<boolean>((resolve) => {
      this.waiting.set(run.runId, resolve);
    });
    this.parts.emit("writeQuestion", {
      runId: run.runId,
      index,
      alias: attachment?.spec.alias ?? alias,
      environment: attachment?.spec.options?.environment ?? null,
      verb,
      detail:
        attachment === undefined
          ? "PostgreSQL, attached by a statement"
          : describeServer(attachment),
    });
    const isAllowed = await Promise.race([
      answered,
      run.cancelled.then(() => null),
    ]);
    this.waiting.delete(run.runId);
    if (isAllowed === null) {
      throw viaductError(
        "cancelled",
        "The statement was cancelled before it wrote anything.",
      );
    }
    if (!isAllowed) {
      throw viaductError(
        "writeRefused",
        `${verb} was not allowed to write to "${alias}": nothing was changed there.`,
      );
    }
    run.writable.add(key);
  }

  /** The user's answer; one that nobody waits for changes nothing. */
  answer(runId: string, allowed: boolean): void {
    this.waiting.get(runId)?.(allowed);
  }

  /** The functions of a query that may write, of those that it calls. */
  async writing(alias: string, names: readonly string[]): Promise<string[]> {
    return names.length === 0
      ? []
      : [...(await this.parts.volatileFunctions(alias, names))];
  }
}
