import { quoteName } from "../../core/connections/alias";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorClass, ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import { commandTag, leadingWords } from "../../core/results/commandTag";
import { lex } from "../../core/sql/lexer";
import type { SentStatement, StatementOutcome } from "../../protocol/engine";
import type { Attachments } from "../attachments/attachments";
import {
  StatementType,
  type Connection,
  type Materialised,
  type Prepared,
} from "../duckdb";
import { isBuiltInExtension, type Extensions } from "../extensions";
import type { GetenvGate } from "../getenvGate";
import type { ResultStore } from "../results/resultStore";
import type { ActiveRun } from "./activeRun";
import { refuseByName, refuseByPlan } from "./readOnlyGuard";
import type { Executor } from "./runs";
import { SelectStream } from "./selectStream";
import type { SentLog } from "./sentLog";
import type { ServerCancel } from "./serverCancel";
import type { StatementRecorder } from "./statementRecorder";

/** How long a cancelled statement is told to stop: a scan sends one query after another. */
const cancelForMs = 10_000;

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
  /** Of its own: the user's settings, transactions and prepared statements live on it. */
  readonly connection: Connection;
  /** The catalog that unqualified names are in. */
  readonly catalog: string;
  readonly store: ResultStore;
  readonly attachments: Attachments;
  readonly extensions: Extensions;
  readonly gate: GetenvGate;
  readonly sentLog: SentLog;
  readonly serverCancel: ServerCancel;
  readonly onCatalogsChanged: () => void;
}

interface Done {
  readonly tag: string;
  readonly rowCount: number;
}

/** Runs statements in DuckDB, over everything that is attached. */
export class DuckdbExecutor implements Executor {
  private readonly select: SelectStream;

  constructor(private readonly parts: DuckdbExecutorParts) {
    this.select = new SelectStream(parts.connection, parts.store);
  }

  async execute(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<StatementOutcome> {
    let problem: ErrorInfo | null = null;
    let done: Done = { tag: "", rowCount: 0 };
    try {
      await this.reviveNamed(sql);
      done = await this.attempt(sql, recorder, run);
    } catch (error) {
      problem = await this.secondChance(error, sql, recorder, run, (again) => {
        done = again;
      });
    }
    const sent = await this.sent(sql);
    if (problem === null) {
      return recorder.succeeded(done.tag, done.rowCount, sent);
    }
    return run.isCancelled || problem.class === "cancelled"
      ? recorder.cancelled(sent)
      : recorder.failed(problem, sent);
  }

  async cancel(run: ActiveRun): Promise<number> {
    this.parts.connection.interrupt();
    const count = await this.parts.serverCancel.cancel();
    this.keepCancelling(run, performance.now() + cancelForMs);
    return count;
  }

  /** An interrupt between two steps of a statement is lost, and a scan has many queries: say it until it is heard. */
  private keepCancelling(run: ActiveRun, until: number): void {
    if (run.isSettled || performance.now() > until) {
      return;
    }
    this.parts.connection.interrupt();
    void this.parts.serverCancel.cancel().then(() => {
      setTimeout(() => {
        this.keepCancelling(run, until);
      }, 100);
    });
  }

  private async attempt(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const special = await this.withoutDuckdb(sql, recorder);
    if (special !== null) {
      return special;
    }
    if (this.parts.attachments.hasReadOnly) {
      refuseByName(sql);
    }
    try {
      return await this.parts.gate.during(sql, () =>
        this.perform(sql, recorder, run),
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

  /** A local statement that failed because a server is gone works once the dead catalog is detached. */
  private async secondChance(
    error: unknown,
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
    use: (done: Done) => void,
  ): Promise<ErrorInfo | null> {
    const problem = toErrorInfo(error);
    if (run.isCancelled || !connectionClasses.has(problem.class)) {
      return problem;
    }
    const lost = await this.parts.attachments.detachDead();
    if (lost.length === 0) {
      return problem;
    }
    await this.leaveLostCatalog();
    if (
      recorder.rows !== undefined ||
      lost.some((alias) => names(sql, alias))
    ) {
      return problem;
    }
    try {
      use(await this.attempt(sql, recorder, run));
      return null;
    } catch (again) {
      return toErrorInfo(again);
    }
  }

  private async perform(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const { connection } = this.parts;
    const isOurs = await this.begin();
    let isEnded = false;
    let prepared: Prepared | undefined;
    try {
      prepared = await this.prepare(sql);
      if (this.parts.attachments.hasReadOnly && isOurs) {
        await refuseByPlan(connection, sql);
      }
      if (prepared.kind === StatementType.SELECT) {
        const rowCount = await this.select.read({
          prepared,
          sql,
          inUserTransaction: !isOurs,
          recorder,
          run,
        });
        if (isOurs) {
          isEnded = true;
          await connection.run("COMMIT");
        }
        return {
          tag: commandTag("SELECT", sql, {
            rowsReturned: rowCount,
            rowsChanged: 0,
          }),
          rowCount,
        };
      }
      if (isOurs) {
        isEnded = true;
        await connection.run("COMMIT");
      }
      return await this.materialise(prepared, sql, recorder);
    } finally {
      prepared?.destroy();
      if (run.isCancelled) {
        run.settle();
      }
      if (isOurs && !isEnded) {
        await connection.run("ROLLBACK").catch(() => undefined);
      }
    }
  }

  /** A transaction around the statement shows whether its stream failed; false in a transaction of the user's. */
  private async begin(): Promise<boolean> {
    try {
      await this.parts.connection.run("BEGIN TRANSACTION");
      return true;
    } catch (error) {
      if (
        error instanceof Error &&
        /within a transaction|transaction is aborted/.test(error.message)
      ) {
        return false;
      }
      throw error;
    }
  }

  private async prepare(sql: string): Promise<Prepared> {
    try {
      return await this.parts.connection.prepare(sql);
    } catch (error) {
      if (
        error instanceof Error &&
        error.message.includes("Cannot prepare multiple statements")
      ) {
        return this.parts.connection.prepareLast(sql);
      }
      throw error;
    }
  }

  private async materialise(
    prepared: Prepared,
    sql: string,
    recorder: StatementRecorder,
  ): Promise<Done> {
    const { kind } = prepared;
    const result = await prepared.run();
    const verb = verbs.get(kind) ?? "";
    if (
      kind === StatementType.ATTACH ||
      kind === StatementType.DETACH ||
      kind === StatementType.LOAD
    ) {
      await this.parts.sentLog.enable().catch(() => undefined);
      this.parts.onCatalogsChanged();
    }
    if (
      !result.hasRows ||
      kind === StatementType.CREATE ||
      isPlainSuccess(result)
    ) {
      const rowsChanged =
        kind === StatementType.CREATE
          ? await result.firstCount()
          : result.rowsChanged;
      return {
        tag: commandTag(verb, sql, { rowsReturned: null, rowsChanged }),
        rowCount: rowsChanged,
      };
    }
    const writer = await this.parts.store.create(result.columns, {
      timeZone: "UTC",
      calendar: "gregorian",
    });
    for (const chunk of await result.chunks()) {
      writer.append(chunk);
    }
    recorder.opened(writer, result.columns);
    const rowsReturned = writer.rowCount;
    return {
      tag: commandTag(verb, sql, { rowsReturned, rowsChanged: 0 }),
      rowCount: rowsReturned,
    };
  }

  /** Statements that need no DuckDB, or are better done by hand: nothing at all, and INSTALL. */
  private async withoutDuckdb(
    sql: string,
    recorder: StatementRecorder,
  ): Promise<Done | null> {
    const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
    if (tokens.every(({ start, end }) => sql.slice(start, end) === ";")) {
      return { tag: "", rowCount: 0 };
    }
    const words = leadingWords(sql, 4);
    const [verb, name] = words;
    if (verb !== "INSTALL" || name === undefined || words.length > 2) {
      return null;
    }
    if (isBuiltInExtension(name)) {
      const message = `The extension ${name.toLowerCase()} is built into DuckDB: there is nothing to install.`;
      recorder.notice({ severity: "INFO", message });
    } else {
      await this.parts.extensions.install(name, "installOnly");
    }
    return { tag: "INSTALL", rowCount: 0 };
  }

  private async reviveNamed(sql: string): Promise<void> {
    for (const { spec, problem } of this.parts.attachments.all) {
      if (problem !== null && names(sql, spec.alias)) {
        await this.parts.attachments.revive(spec.alias);
      }
    }
  }

  /** After `USE alias` of a database that was detached, every statement would fail. */
  private async leaveLostCatalog(): Promise<void> {
    const { connection, catalog } = this.parts;
    await connection
      .rows("SELECT current_database()::VARCHAR")
      .catch(async () => {
        await connection.run(`USE ${quoteName(catalog)}`);
      });
  }

  private async sent(sql: string): Promise<SentStatement[]> {
    return this.parts.sentLog
      .take(this.parts.connection.id, sql)
      .catch(() => []);
  }
}

const verbs: ReadonlyMap<StatementType, string> = new Map([
  [StatementType.INSERT, "INSERT"],
  [StatementType.UPDATE, "UPDATE"],
  [StatementType.DELETE, "DELETE"],
  [StatementType.MERGE_INTO, "MERGE"],
  [StatementType.COPY, "COPY"],
]);

/** CHECKPOINT and the like: a column `Success` and no row. */
function isPlainSuccess(result: Materialised): boolean {
  const [first, second] = result.columns;
  return (
    first?.name === "Success" &&
    first.type === "BOOLEAN" &&
    second === undefined
  );
}

/** True when a statement names an alias, quoted or not. */
function names(sql: string, alias: string): boolean {
  const wanted = alias.toLowerCase();
  return lex(sql).some(({ start, end }) => {
    const word = sql.slice(start, end).toLowerCase();
    return (
      word === wanted || word === quoteName(wanted) || word === `'${wanted}'`
    );
  });
}
