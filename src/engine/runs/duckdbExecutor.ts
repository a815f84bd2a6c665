import {
  classifyDuckdbError,
  refusedCatalog,
} from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type { StatementOutcome } from "../../protocol/engine";
import type { Attachments } from "../attachments/attachments";
import { withLimit, withSchemas, type LimitsFor } from "../attachments/limits";
import type { WorkspaceDatabase } from "../database";
import type { Connection } from "../duckdb";
import type { GetenvGate } from "../getenvGate";
import type { Secrecy } from "../secrecy/secrecy";
import type { ActiveRun } from "./activeRun";
import type { Done, DuckdbStatements } from "./duckdbStatement";
import { mentions, withoutSemicolon } from "./mentions";
import type { Needs } from "./needs";
import type { Executor } from "./runs";
import type { SentLog } from "./sentLog";
import type { ServerCancel } from "./serverCancel";
import { withoutServer, type Servers } from "./servers";
import type { StatementRecorder } from "./statementRecorder";

/** How long a cancelled statement is told to stop, and how often. */
const cancelForMs = 10_000;
const cancelEveryMs = 100;

/** What to do about a write to the workspace's file when that is opened read-only. */
const readOnlyAdvice: Pick<ErrorInfo, "hint" | "actions"> = {
  hint: "The DuckDB file is opened read-only: switch the setting viaduct.databaseReadOnly off to change it.",
  actions: ["openSettings"],
};

/** An ATTACH with a password in its string does the same, but not by the same way. */
const attachedBySecret =
  "The password was put into a temporary secret while the statement ran: DuckDB's lists, logs and errors do not have it.";

/** What the executor is made of. */
export interface DuckdbExecutorParts {
  readonly connection: Connection;
  readonly database: WorkspaceDatabase;
  readonly statements: DuckdbStatements;
  readonly attachments: Attachments;
  readonly servers: Servers;
  readonly gate: GetenvGate;
  readonly secrecy: Secrecy;
  readonly sentLog: SentLog;
  readonly serverCancel: ServerCancel;
  readonly limits: LimitsFor;
  readonly needs: Needs;
}

/** Runs statements in DuckDB, over everything that is attached, and deals with servers that come and go. */
export class DuckdbExecutor implements Executor {
  constructor(private readonly parts: DuckdbExecutorParts) {}

  execute(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<StatementOutcome> {
    // Any name may be one of the workspace's file: it stays open until the statement has ended.
    return this.parts.database.use(() => {
      this.tellWorkspaceProblem(recorder);
      return this.executeOpen(sql, recorder, run);
    });
  }

  describe(
    sql: string,
    names: readonly string[],
  ): Promise<readonly (string | null)[]> {
    const { database, statements } = this.parts;
    return database.use(() =>
      statements.describe(withoutSemicolon(sql), names),
    );
  }

  private async executeOpen(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<StatementOutcome> {
    const { sentLog, connection, attachments } = this.parts;
    const statement = withoutSemicolon(sql);
    const resume = await sentLog.hush(recorder);
    const result = await this.tryTwice(statement, recorder, run);
    if (run.isCancelled()) {
      run.settle();
      await this.parts.serverCancel.settled();
    }
    const sent = await sentLog.take(connection.id, statement).catch(() => []);
    await resume();
    if (!("class" in result)) {
      return recorder.succeeded(result.tag, result.rowCount, sent);
    }
    if (sent.length > 0) {
      // A failed CREATE TABLE stays in the extension's cache as if it had worked (engine-facts 2.4).
      await attachments.clearCache();
    }
    return run.isCancelled() || result.class === "cancelled"
      ? recorder.cancelled(sent)
      : recorder.failed(
          this.withLimits(
            attachments.attempts.explain(this.withWorkspaceProblem(result)),
            statement,
          ),
          sent,
        );
  }

  /** An error about a limit or a name tells of the databases that the statement is about, and their limits. */
  private withLimits(error: ErrorInfo, sql: string): ErrorInfo {
    const { attachments, limits } = this.parts;
    return attachments.all
      .filter(({ spec }) => mentions(sql, spec.alias))
      .reduce(
        (info, { spec }) =>
          withSchemas(withLimit(info, spec.alias, limits("run", spec)), spec),
        error,
      );
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
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, cancelEveryMs));
      if (run.isSettled() || performance.now() > until) {
        return;
      }
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
      await this.parts.servers.makeReady(sql, run);
      return await this.attemptWithNeeds(sql, recorder, run);
    } catch (error) {
      const problem = problemOf(error);
      return run.isCancelled() || !this.parts.servers.isAbout(problem.class)
        ? problem
        : this.tryWithout(problem, sql, recorder, run).catch(toErrorInfo);
    }
  }

  /** What a statement needs and has not named, or not loaded, is fetched, and the statement is run again. */
  private async attemptWithNeeds(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const inUserTransaction = this.parts.statements.isInTransaction;
    try {
      return await this.attempt(sql, recorder, run);
    } catch (error) {
      const needing = { recorder, run, inUserTransaction };
      const mayRepeat =
        !run.isCancelled() &&
        (await run.unlessCancelled(
          this.parts.needs.fetch(toErrorInfo(error), needing),
        ));
      if (!mayRepeat) {
        throw error;
      }
      return this.attempt(sql, recorder, run);
    }
  }

  /** Servers that are gone are detached. What is about one of them can only be answered from local copies. */
  private async tryWithout(
    problem: ErrorInfo,
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done | ErrorInfo> {
    const { servers, statements } = this.parts;
    const lost = await servers.detachDead(recorder, run);
    if (recorder.rows !== undefined) {
      return problem;
    }
    const copied =
      statements.isInTransaction || !servers.mayStandIn(problem)
        ? null
        : await servers.withCopies(sql, recorder, () =>
            this.attempt(sql, recorder, run).catch((error: unknown) =>
              toErrorInfo(withoutServer(error, problem)),
            ),
          );
    if (copied !== null) {
      return copied;
    }
    // Its own server may have been found to be away before another's.
    const isConcerned =
      lost.length === 0 ||
      [...lost, ...this.parts.attachments.awayAliases].some((alias) =>
        mentions(sql, alias),
      );
    return isConcerned
      ? servers.hintAtCopies(problem, sql)
      : await this.attempt(sql, recorder, run).catch(toErrorInfo);
  }

  private async attempt(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    return this.parts.secrecy.during(sql, async (safe) => {
      if (safe.isAttachedBySecret) {
        recorder.notice({ severity: "INFO", message: attachedBySecret });
      }
      if (safe.sql !== sql) {
        // A literal that is taken out may say what a read-only database must not be told.
        await this.parts.statements.refuse(sql);
      }
      try {
        return await this.parts.gate.during(safe, () =>
          this.parts.statements.perform(safe.sql, recorder, run),
        );
      } catch (error) {
        throw new ViaductError(safe.atHome(problemOf(error, safe.sql)));
      }
    });
  }

  /** While the file cannot be opened, each statement says where it really ran. */
  private tellWorkspaceProblem(recorder: StatementRecorder): void {
    const { database } = this.parts;
    if (database.problem !== null) {
      const message = `${database.problem.message} This statement ran beside it, in memory: nothing that it makes is kept.`;
      recorder.notice({ severity: "WARNING", message });
    }
  }

  /** A name that is not found while the workspace's file is not open is most likely in that file. */
  private withWorkspaceProblem(error: ErrorInfo): ErrorInfo {
    const { problem, readOnly, catalog } = this.parts.database;
    if (readOnly && refusedCatalog(error) === catalog) {
      return { ...error, ...readOnlyAdvice };
    }
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

/** An error of the statement's, or of what was made ready for it: what is not ours is DuckDB's. */
function problemOf(error: unknown, sql = ""): ErrorInfo {
  return error instanceof ViaductError
    ? error.info
    : classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
        sql,
      );
}
