import type {
  EngineEventSink,
  CancelOutcome,
  RunOutcome,
  RunRequest,
  StatementOutcome,
} from "../../protocol/engine";
import { toErrorInfo } from "../../core/errors/viaductError";
import { errorInfo } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import type { Journal } from "../journal/journal";
import { noteCredentials } from "../secrecy/noteCredentials";
import { Serial } from "../serial";
import { ActiveRun } from "./activeRun";
import { StatementRecorder } from "./statementRecorder";

/** Runs statements in one engine, one at a time. */
export interface Executor {
  /** Runs one statement; its end, good or bad, is the outcome. */
  execute(
    text: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<StatementOutcome>;
  /** Stops what the run does now; answers how many server backends were told to stop. */
  cancel(run: ActiveRun): Promise<number>;
}

interface Entry {
  readonly run: ActiveRun;
  readonly executor: Executor;
  hasBegun: boolean;
}

/** Every run of the session: queued by target, in order, each until its first error. */
export class Runs {
  private readonly queues = new Map<string, Serial>();
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly executorFor: (target: RunRequest["target"]) => Executor,
    private readonly emit: EngineEventSink,
    private readonly redactor: Redactor,
    /** Gets every statement that has ended, before the next begins. */
    private readonly journal: Pick<Journal, "record">,
  ) {}

  async run({ runId, target, statements }: RunRequest): Promise<RunOutcome> {
    const entry: Entry = {
      run: new ActiveRun(runId),
      executor: this.executorFor(target),
      hasBegun: false,
    };
    this.entries.set(runId, entry);
    const key =
      target.engine === "duckdb"
        ? "duckdb"
        : `on ${target.alias.toLowerCase()}`;
    const queue = this.queues.get(key) ?? new Serial();
    this.queues.set(key, queue);
    try {
      return await queue.run(async () => {
        entry.hasBegun = true;
        const outcomes: StatementOutcome[] = [];
        for (const [index, { text }] of statements.entries()) {
          const startedAt = Date.now();
          const outcome = await this.runStatement(text, index, entry);
          outcomes.push(outcome);
          await this.journal.record({ text, target, startedAt, outcome });
          if (outcome.status !== "succeeded") {
            break;
          }
        }
        return { runId, statements: outcomes };
      });
    } finally {
      entry.run.settle();
      this.entries.delete(runId);
    }
  }

  async cancel(runId: string): Promise<CancelOutcome> {
    const entry = this.entries.get(runId);
    if (entry === undefined) {
      return { cancelled: false, serverBackends: 0 };
    }
    entry.run.cancel();
    const serverBackends = entry.hasBegun
      ? await entry.executor.cancel(entry.run)
      : 0;
    return { cancelled: true, serverBackends };
  }

  /** Cancels every run; answers when all have been told to stop. */
  async cancelAll(): Promise<void> {
    await Promise.all(
      [...this.entries.keys()].map((runId) => this.cancel(runId)),
    );
  }

  /** Answers when nothing runs any more. */
  async idle(): Promise<void> {
    await Promise.all(
      [...this.queues.values()].map((queue) =>
        queue.run(() => Promise.resolve()),
      ),
    );
  }

  private async runStatement(
    text: string,
    index: number,
    { run, executor }: Entry,
  ): Promise<StatementOutcome> {
    const recorder = new StatementRecorder(
      run.runId,
      index,
      this.emit,
      this.redactor,
    );
    noteCredentials(text, this.redactor);
    if (run.isCancelled()) {
      return recorder.cancelled([]);
    }
    try {
      return await executor.execute(text, recorder, run);
    } catch (error) {
      const info = toErrorInfo(error);
      return info.class === "cancelled" || run.isCancelled()
        ? recorder.cancelled([])
        : recorder.failed(
            info.class === "unknown"
              ? errorInfo("unknown", info.message)
              : info,
            [],
          );
    }
  }
}
