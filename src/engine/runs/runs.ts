import type {
  EngineEventSink,
  CancelOutcome,
  EngineRequests,
  RunOutcome,
  RunRequest,
  StatementInput,
  StatementOutcome,
} from "../../protocol/engine";
import type { ParameterDescription } from "../../protocol/parameters";
import { toErrorInfo } from "../../core/errors/viaductError";
import { errorInfo, viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import { unsendable } from "../../core/sql/sendable";
import type { Journal } from "../journal/journal";
import { noteCredentials } from "../secrecy/noteCredentials";
import { Serial } from "../serial";
import { ActiveRun } from "./activeRun";
import { Parameters } from "./parameters";
import { describeParameters, type Describing } from "./describeParameters";
import { StatementRecorder } from "./statementRecorder";

/** Runs statements in one engine, one at a time. */
export interface Executor extends Describing {
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

  /** What the parameters of a statement are expected to be, between two runs. */
  async describe({
    target,
    text,
  }: EngineRequests["describeParameters"]["params"]): Promise<
    readonly ParameterDescription[]
  > {
    return describeParameters(
      this.executorFor(target),
      this.queueOf(target),
      text,
      target.engine,
    );
  }

  async run({ runId, target, statements }: RunRequest): Promise<RunOutcome> {
    const entry: Entry = {
      run: new ActiveRun(runId),
      executor: this.executorFor(target),
      hasBegun: false,
    };
    this.entries.set(runId, entry);
    const queue = this.queueOf(target);
    try {
      return await queue.run(async () => {
        entry.hasBegun = true;
        const outcomes: StatementOutcome[] = [];
        for (const [index, input] of statements.entries()) {
          const startedAt = Date.now();
          const outcome = this.withRedactedText(
            input,
            await this.runStatement(input, index, entry, target),
          );
          outcomes.push(outcome);
          const { text } = input;
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

  /** What nobody else can take out of the statement's text: secrets that are known only here. */
  private withRedactedText(
    { text }: StatementInput,
    outcome: StatementOutcome,
  ): StatementOutcome {
    const redactedText = this.redactor.redact(text);
    return redactedText === text ? outcome : { ...outcome, redactedText };
  }

  private queueOf(target: RunRequest["target"]): Serial {
    const key =
      target.engine === "duckdb"
        ? "duckdb"
        : `on ${target.alias.toLowerCase()}`;
    const queue = this.queues.get(key) ?? new Serial();
    this.queues.set(key, queue);
    return queue;
  }

  private async runStatement(
    input: StatementInput,
    index: number,
    { run, executor }: Entry,
    target: RunRequest["target"],
  ): Promise<StatementOutcome> {
    const recorderOf = (parameters: Parameters): StatementRecorder =>
      new StatementRecorder(
        run.runId,
        index,
        this.emit,
        this.redactor,
        parameters,
      );
    noteCredentials(input.text, this.redactor);
    let parameters: Parameters;
    try {
      refuseUnsendable(input.text);
      parameters = Parameters.of(input, target.engine, this.redactor);
    } catch (error) {
      return recorderOf(Parameters.none(input.text)).failed(
        toErrorInfo(error),
        [],
      );
    }
    const recorder = recorderOf(parameters);
    if (run.isCancelled()) {
      return recorder.cancelled([]);
    }
    try {
      return await executor.execute(parameters.sql, recorder, run);
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

/** Before any part of it is run. */
function refuseUnsendable(text: string): void {
  const found = unsendable(text);
  if (found !== null) {
    throw viaductError(
      "syntax",
      `The statement has ${found.what}. Nothing was run.`,
      {
        position: found.position,
        hint: "Remove the character at the marked place; in a text, chr(0) or an escape stands for it.",
      },
    );
  }
}
