import type { ErrorInfo } from "../../core/errors/errorInfo";
import { errorInfo } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import type { Notice, ResultColumn } from "../../core/results/result";
import type {
  EngineEventSink,
  SentStatement,
  StatementOutcome,
} from "../../protocol/engine";
import type { ResultWriter } from "../results/resultWriter";

/** Least time between two progress events of a statement. */
const progressIntervalMs = 250;

/** Notices of a statement that are kept: a loop can make millions, and each goes through three processes. */
const mostNotices = 1_000;

/** Collects what is known of one statement while it runs, tells the host, and makes the outcome of it. */
export class StatementRecorder {
  private readonly started = performance.now();
  private readonly notices: Notice[] = [];
  private droppedNotices = 0;
  private columns: readonly ResultColumn[] = [];
  private writer: ResultWriter | undefined;
  private firstRowsMs: number | null = null;
  private lastProgress = this.started;

  constructor(
    private readonly runId: string,
    readonly index: number,
    private readonly emit: EngineEventSink,
    private readonly redactor: Redactor,
  ) {
    emit("statementStarted", { runId, index });
  }

  /** The result that is being filled, if the statement has one. */
  get rows(): ResultWriter | undefined {
    return this.writer;
  }

  notice({ severity, message }: Notice): void {
    if (this.notices.length >= mostNotices) {
      this.droppedNotices += 1;
      return;
    }
    const notice = { severity, message: this.redactor.redact(message) };
    this.notices.push(notice);
    this.emit("notice", { runId: this.runId, index: this.index, notice });
  }

  /** The statement returns rows, and the first of them (or none) can be read. */
  opened(writer: ResultWriter, columns: readonly ResultColumn[]): void {
    this.writer = writer;
    this.columns = columns.map(({ name, type }) => ({ name, type }));
    this.firstRowsMs = this.elapsed();
    this.emit("resultOpened", {
      runId: this.runId,
      index: this.index,
      resultId: writer.id,
      columns: this.columns,
      rowCount: writer.rowCount,
      firstRowsMs: this.firstRowsMs,
    });
  }

  /** Tells how far it is, a few times a second at most. */
  progress(percentage: number | null): void {
    const now = performance.now();
    if (now - this.lastProgress >= progressIntervalMs) {
      this.lastProgress = now;
      this.emit("statementProgress", {
        runId: this.runId,
        index: this.index,
        rowCount: this.writer?.rowCount ?? 0,
        percentage,
      });
    }
  }

  /** Ended well: every row is there. */
  succeeded(
    commandTag: string,
    rowCount: number,
    sent: readonly SentStatement[],
  ): StatementOutcome {
    return this.ended("succeeded", { commandTag, rowCount, sent, error: null });
  }

  /** Ended with an error; rows that came before it stay, marked as not complete. */
  failed(error: ErrorInfo, sent: readonly SentStatement[]): StatementOutcome {
    const rowCount = this.writer?.rowCount ?? 0;
    return this.ended("failed", { commandTag: "", rowCount, sent, error });
  }

  /** Ended because the user asked for it. */
  cancelled(sent: readonly SentStatement[]): StatementOutcome {
    const rowCount = this.writer?.rowCount ?? 0;
    const message =
      this.writer === undefined
        ? "The statement was cancelled."
        : `The statement was cancelled after ${rowCount} rows; the result is not complete.`;
    return this.ended("cancelled", {
      commandTag: "",
      rowCount,
      sent,
      error: errorInfo("cancelled", message),
    });
  }

  private ended(
    status: StatementOutcome["status"],
    rest: Pick<StatementOutcome, "commandTag" | "rowCount" | "sent" | "error">,
  ): StatementOutcome {
    this.writer?.close();
    if (this.droppedNotices > 0) {
      const message = `${this.droppedNotices} more notices came; they are not kept.`;
      this.notices.push({ severity: "WARNING", message });
    }
    const outcome: StatementOutcome = {
      index: this.index,
      status,
      resultId: this.writer?.id ?? null,
      columns: this.columns,
      complete: status === "succeeded",
      notices: this.notices,
      elapsedMs: this.elapsed(),
      firstRowsMs: this.firstRowsMs,
      commandTag: rest.commandTag,
      rowCount: rest.rowCount,
      sent: rest.sent.map(({ alias, sql }) => ({
        alias,
        sql: this.redactor.redact(sql),
      })),
      error:
        rest.error === null ? null : redactedError(rest.error, this.redactor),
    };
    this.emit("statementEnded", { runId: this.runId, outcome });
    return outcome;
  }

  private elapsed(): number {
    return performance.now() - this.started;
  }
}

/** An error without secrets in its texts. */
export function redactedError(error: ErrorInfo, redactor: Redactor): ErrorInfo {
  return {
    ...error,
    message: redactor.redact(error.message),
    hint: redactor.redact(error.hint),
  };
}
