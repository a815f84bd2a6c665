import { quoteIdentifier } from "../../core/sql/quote";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorClass, ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type { StatementOutcome } from "../../protocol/engine";
import type { Attachments } from "../attachments/attachments";
import type { WorkspaceDatabase } from "../database";
import type { Connection } from "../duckdb";
import type { GetenvGate } from "../getenvGate";
import type { ActiveRun } from "./activeRun";
import type { Done, DuckdbStatements } from "./duckdbStatement";
import { mentions, withoutSemicolon } from "./mentions";
import type { Executor } from "./runs";
import type { SentLog } from "./sentLog";
import type { ServerCancel } from "./serverCancel";
import type { StatementRecorder } from "./statementRecorder";

/** How long a cancelled statement is told to stop, and how often. */
const cancelForMs = 10_000;
const cancelEveryMs = 100;

/** Errors after which it is worth looking whether a server is gone. */
const connectionClasses: ReadonlySet<ErrorClass> = new Set([
  "connectionLost",
  "connectionRefused",
  "connectTimeout",
  "hostUnknown",
  "incomplete",
]);

/** What the executor is made of. */
export interface DuckdbExecutorParts {
  readonly connection: Connection;
  readonly workspace: {
    readonly database: WorkspaceDatabase;
    /** Tries the workspace's file again; true when it is open now and was not before. */
    reopen(): Promise<boolean>;
  };
  readonly statements: DuckdbStatements;
  readonly attachments: Attachments;
  readonly gate: GetenvGate;
  readonly sentLog: SentLog;
  readonly serverCancel: ServerCancel;
}

/** Runs statements in DuckDB, over everything that is attached, and deals with servers that come and go. */
export class DuckdbExecutor implements Executor {
  constructor(private readonly parts: DuckdbExecutorParts) {}

  async execute(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<StatementOutcome> {
    const { sentLog, connection, attachments } = this.parts;
    const statement = withoutSemicolon(sql);
    await this.reopenWorkspace(recorder);
    const result = await this.tryTwice(statement, recorder, run);
    if (run.isCancelled()) {
      run.settle();
      await this.parts.serverCancel.settled();
    }
    const sent = await sentLog.take(connection.id, statement).catch(() => []);
    if (!("class" in result)) {
      return recorder.succeeded(result.tag, result.rowCount, sent);
    }
    if (sent.length > 0) {
      // A failed CREATE TABLE stays in the extension's cache as if it had worked (engine-facts 2.4).
      await attachments.clearCache();
    }
    return run.isCancelled() || result.class === "cancelled"
      ? recorder.cancelled(sent)
      : recorder.failed(this.withWorkspaceProblem(result), sent);
  }

  async cancel(run: ActiveRun): Promise<number> {
    const until = performance.now() + cancelForMs;
    this.keepInterrupting(run, until);
    // A server that hangs is waited for here, and by nobody else.
    const count = await this.cancelServers(run);
    void this.keepCancelling(run, until);
    return count;
  }

  /** An interrupt between two steps of a statement is lost: say it until it is heard. */
  private keepInterrupting(run: ActiveRun, until: number): void {
    if (!run.isSettled() && performance.now() < until) {
      this.parts.connection.interrupt();
      setTimeout(() => {
        this.keepInterrupting(run, until);
      }, cancelEveryMs);
    }
  }

  /** A scan has many queries, one after the other. */
  private async keepCancelling(run: ActiveRun, until: number): Promise<void> {
    while (!run.isSettled() && performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, cancelEveryMs));
      await this.cancelServers(run);
    }
  }

  private cancelServers(run: ActiveRun): Promise<number> {
    return this.parts.serverCancel.cancel(() => !run.isSettled());
  }

  /** A local statement that failed because a server is gone works once the dead catalog is detached. */
  private async tryTwice(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done | ErrorInfo> {
    try {
      await this.reviveMentioned(sql);
      return await this.attempt(sql, recorder, run);
    } catch (error) {
      const problem = toErrorInfo(error);
      if (run.isCancelled() || !connectionClasses.has(problem.class)) {
        return problem;
      }
      const lost = await this.parts.attachments.detachDead();
      if (lost.length > 0) {
        await this.leaveLostCatalog();
      }
      const isConcerned =
        lost.length === 0 ||
        recorder.rows !== undefined ||
        lost.some((alias) => mentions(sql, alias));
      return isConcerned
        ? problem
        : await this.attempt(sql, recorder, run).catch(toErrorInfo);
    }
  }

  private async attempt(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    try {
      return await this.parts.gate.during(sql, () =>
        this.parts.statements.perform(sql, recorder, run),
      );
    } catch (error) {
      throw error instanceof ViaductError
        ? error
        : new ViaductError(
            classifyDuckdbError(
              error instanceof Error ? error.message : String(error),
              sql,
            ),
          );
    }
  }

  private async reviveMentioned(sql: string): Promise<void> {
    for (const { spec, problem } of this.parts.attachments.all) {
      if (problem !== null && mentions(sql, spec.alias)) {
        await this.parts.attachments.revive(spec.alias);
      }
    }
  }

  /** After `USE alias` of a database that was detached, every statement would fail. */
  private async leaveLostCatalog(): Promise<void> {
    const { connection, workspace } = this.parts;
    await connection
      .rows("SELECT current_database()::VARCHAR")
      .catch(() =>
        connection.run(`USE ${quoteIdentifier(workspace.database.usable)}`),
      );
  }

  /** A file that was locked may be free by now; while it is not, each statement says where it really ran. */
  private async reopenWorkspace(recorder: StatementRecorder): Promise<void> {
    const { connection, workspace } = this.parts;
    const { database } = workspace;
    if (await workspace.reopen()) {
      await connection.run(`USE ${quoteIdentifier(database.usable)}`);
    }
    if (database.problem !== null) {
      const message = `${database.problem.message} This statement ran beside it, in memory: nothing that it makes is kept.`;
      recorder.notice({ severity: "WARNING", message });
    }
  }

  /** A name that is not found while the workspace's file is not open is most likely in that file. */
  private withWorkspaceProblem(error: ErrorInfo): ErrorInfo {
    const { problem } = this.parts.workspace.database;
    return problem !== null &&
      (error.class === "catalog" || error.class === "binder")
      ? {
          ...error,
          ...problem,
          message: `${problem.message}\n${error.message}`,
        }
      : error;
  }
}
