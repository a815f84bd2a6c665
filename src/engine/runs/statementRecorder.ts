import type { ErrorInfo } from "../../core/errors/errorInfo";
import { errorInfo } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import type { Notice, ResultColumn } from "../../core/results/result";
import type {
  EngineEventSink,
  ExactWay,
  SentStatement,
  StatementOutcome,
} from "../../protocol/engine";
import type { ResultWriter } from "../results/resultWriter";
import { Parameters } from "./parameters";

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
  private timeZone: string | null = null;
  private exactWays: readonly ExactWay[] | undefined;
  private writer: ResultWriter | undefined;
  private firstRowsMs: number | null = null;
  private lastProgress = this.started;

  constructor(
    private readonly runId: string,
    readonly index: number,
    private readonly emit: EngineEventSink,
    private readonly redactor: Redactor,
    /** The values that the statement runs with. */
    readonly parameters: Parameters = Parameters.none(""),
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
    const notice = { severity, message: this.redacted(message) };
    this.notices.push(notice);
    this.emit("notice", { runId: this.runId, index: this.index, notice });
  }

  /** The statement returns rows, and the first of them (or none) can be read. */
  opened(
    writer: ResultWriter,
    columns: readonly ResultColumn[],
    /** As `StatementOutcome.timeZone`. */
    timeZone: string | null = null,
  ): void {
    this.writer = writer;
    this.columns = columns.map(resultColumn);
    this.timeZone = timeZone;
    this.firstRowsMs = this.elapsed();
    this.emit("resultOpened", {
      runId: this.runId,
      index: this.index,
      resultId: writer.id,
      columns: this.columns,
      timeZone,
      rowCount: writer.rowCount,
      firstRowsMs: this.firstRowsMs,
    });
  }

  /** More is known of the columns than when the result was opened: the outcome says it. */
  describe(
    columns: readonly ResultColumn[],
    exactWays: readonly ExactWay[],
  ): void {
    this.columns = columns.map(resultColumn);
    // One that cannot be shown as it is could not be run as it is shown.
    this.exactWays = exactWays.filter(({ sql }) => this.redacted(sql) === sql);
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
      timeZone: this.timeZone,
      ...(this.exactWays === undefined ? {} : { exactWays: this.exactWays }),
      complete: status === "succeeded",
      notices: this.notices,
      elapsedMs: this.elapsed(),
      firstRowsMs: this.firstRowsMs,
      commandTag: rest.commandTag,
      rowCount: rest.rowCount,
      sent: rest.sent.map(({ alias, sql }) => ({
        alias,
        sql: this.redacted(sql),
      })),
      error: rest.error === null ? null : this.told(rest.error),
    };
    this.emit("statementEnded", { runId: this.runId, outcome });
    return outcome;
  }

  private told(error: ErrorInfo): ErrorInfo {
    const redact = (text: string): string => this.redacted(text);
    return redactedError(this.parameters.atHome(error), { redact });
  }

  private redacted(text: string): string {
    return this.parameters.redact(this.redactor.redact(text));
  }

  private elapsed(): number {
    return performance.now() - this.started;
  }
}

/** Without what the engine alone knows of it. */
function resultColumn({
  name,
  type,
  inexact,
  caution,
}: ResultColumn): ResultColumn {
  return {
    name,
    type,
    ...(inexact === undefined ? {} : { inexact }),
    ...(caution === undefined ? {} : { caution }),
  };
}

/** An error without secrets in its texts. */
export function redactedError(
  error: ErrorInfo,
  redactor: Pick<Redactor, "redact">,
): ErrorInfo {
  return {
    ...error,
    message: redactor.redact(error.message),
    hint: redactor.redact(error.hint),
  };
}
