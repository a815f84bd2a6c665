import {
  commandTag,
  leadingWords,
  type StatementEffect,
} from "../../core/results/commandTag";
import {
  journalTable,
  withJournalNames,
} from "../../core/journal/journalNames";
import { viaductError } from "../../core/errors/makeError";
import { splitStatements } from "../../core/sql/statements";
import type { Attachments } from "../attachments/attachments";
import {
  StatementType,
  type Connection,
  type Materialised,
  type Prepared,
} from "../duckdb";
import { isBuiltInExtension, type Extensions } from "../extensions";
import type { ResultStore } from "../results/resultStore";
import type { ActiveRun } from "./activeRun";
import { refuseByName, refuseByParts, refuseByPlan } from "./readOnlyGuard";
import { SelectStream } from "./selectStream";
import type { StatementRecorder } from "./statementRecorder";

/** How a statement ended that ended well. */
export interface Done {
  readonly tag: string;
  readonly rowCount: number;
}

/** What `DuckdbStatements` is made of. */
export interface DuckdbStatementParts {
  /** Of its own: the user's settings, transactions and prepared statements live on it. */
  readonly connection: Connection;
  readonly store: ResultStore;
  readonly attachments: Attachments;
  readonly extensions: Extensions;
  /** After an ATTACH, a DETACH or a LOAD of the user's. */
  readonly onCatalogsChanged: () => Promise<void>;
}

/** Carries out one statement in DuckDB; every error is thrown as DuckDB gives it. */
export class DuckdbStatements {
  private readonly select: SelectStream;
  /** Kept track of: trying BEGIN to find out would abort the user's transaction (measured). */
  private isInUserTransaction = false;

  constructor(private readonly parts: DuckdbStatementParts) {
    this.select = new SelectStream(parts.connection, parts.store);
  }

  async perform(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    if (sql === "") {
      return { tag: "", rowCount: 0 };
    }
    const [, second] = splitStatements(sql);
    if (second !== undefined) {
      throw viaductError("syntax", "Only one statement can be run at a time.", {
        position: second.start,
      });
    }
    if (await this.install(sql, recorder)) {
      return { tag: "INSTALL", rowCount: 0 };
    }
    if (this.parts.attachments.hasReadOnly) {
      refuseByName(sql);
    }
    return this.inTransaction(sql, recorder, run);
  }

  private async inTransaction(
    written: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const { connection } = this.parts;
    const isOurs = await this.begin();
    let isEnded = false;
    let prepared: Prepared | undefined;
    try {
      const known = await this.prepareKnown(written, recorder);
      const { sql } = known;
      prepared = known.prepared;
      if (this.parts.attachments.hasReadOnly && canCall.has(prepared.kind)) {
        await refuseByPlan(connection, sql);
      }
      let done: Done | null = null;
      if (prepared.kind === StatementType.SELECT) {
        const rowCount = await this.select.read({
          prepared,
          sql,
          inUserTransaction: !isOurs,
          recorder,
          run,
        });
        done = effect(prepared.kind, sql, {
          rowsReturned: rowCount,
          rowsChanged: 0,
        });
      }
      if (isOurs) {
        isEnded = true;
        await connection.run("COMMIT");
      }
      return done ?? (await this.materialise(prepared, sql, recorder));
    } finally {
      prepared?.destroy();
      if (run.isCancelled()) {
        run.settle();
      }
      if (isOurs && !isEnded) {
        await connection.run("ROLLBACK").catch(() => undefined);
      }
    }
  }

  /** A transaction around the statement shows whether its stream failed; false in a transaction of the user's. */
  private async begin(): Promise<boolean> {
    if (this.isInUserTransaction) {
      return false;
    }
    await this.parts.connection.run("BEGIN TRANSACTION");
    return true;
  }

  /** A statement about a query log that DuckDB does not have is about the journal, unless a table has that name. */
  private async prepareKnown(
    sql: string,
    recorder: StatementRecorder,
  ): Promise<{ readonly prepared: Prepared; readonly sql: string }> {
    try {
      return { prepared: await this.prepare(sql), sql };
    } catch (error) {
      const text = withJournalNames(sql);
      if (text === null) {
        throw error;
      }
      const prepared = await this.prepare(text).catch(() => {
        throw error;
      });
      const message = `DuckDB keeps no query log: this is ${journalTable}, what was run in this session.`;
      recorder.notice({ severity: "INFO", message });
      return { prepared, sql: text };
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
        if (this.parts.attachments.hasReadOnly) {
          await refuseByParts(this.parts.connection, sql);
        }
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
    await this.refuseUnstorable(prepared);
    if (kind === StatementType.TRANSACTION && !isBegin(sql)) {
      // However it ends: a COMMIT that fails has ended the transaction, too.
      this.isInUserTransaction = false;
    }
    const result = await prepared.run();
    if (kind === StatementType.TRANSACTION && isBegin(sql)) {
      this.isInUserTransaction = true;
    }
    if (changesCatalogs.has(kind)) {
      await this.parts.onCatalogsChanged();
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
      return effect(kind, sql, { rowsReturned: null, rowsChanged });
    }
    const text = await this.select.textSettings(result.columns);
    const writer = await this.parts.store.create(result.columns, text);
    for (const chunk of await result.chunks()) {
      writer.append(chunk);
    }
    writer.close();
    recorder.opened(writer, result.columns);
    return effect(kind, sql, {
      rowsReturned: writer.rowCount,
      rowsChanged: 0,
    });
  }

  /** Only a SELECT can be wrapped so that DuckDB makes the text; of the others, none may run and then hide a value. */
  private async refuseUnstorable({ columns }: Prepared): Promise<void> {
    const storable = await this.parts.store.storable(columns);
    const column = columns.find((_, index) => storable[index] === false);
    if (column !== undefined) {
      throw viaductError(
        "binder",
        `The column "${column.name}" has the type ${column.type}, which has no field names: cast it to VARCHAR here. Nothing was run.`,
        { origin: "viaduct" },
      );
    }
  }

  /** INSTALL looks through every repository, and is content with what DuckDB has inside. */
  private async install(
    sql: string,
    recorder: StatementRecorder,
  ): Promise<boolean> {
    const words = leadingWords(sql, 4);
    const [verb, name] = words;
    if (verb !== "INSTALL" || name === undefined || words.length > 2) {
      return false;
    }
    if (isBuiltInExtension(name)) {
      const message = `The extension ${name.toLowerCase()} is built into DuckDB: there is nothing to install.`;
      recorder.notice({ severity: "INFO", message });
    } else {
      await this.parts.extensions.install(name, "installOnly");
    }
    return true;
  }
}

const verbs: ReadonlyMap<StatementType, string> = new Map([
  [StatementType.INSERT, "INSERT"],
  [StatementType.UPDATE, "UPDATE"],
  [StatementType.DELETE, "DELETE"],
  [StatementType.MERGE_INTO, "MERGE"],
  [StatementType.COPY, "COPY"],
]);

/** Kinds that can call a table function. */
const canCall: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.INSERT,
  StatementType.UPDATE,
  StatementType.DELETE,
  StatementType.MERGE_INTO,
  StatementType.CREATE,
  StatementType.COPY,
  StatementType.EXPLAIN,
  StatementType.EXECUTE,
  StatementType.PREPARE,
  StatementType.CALL,
]);

const changesCatalogs: ReadonlySet<StatementType> = new Set([
  StatementType.ATTACH,
  StatementType.DETACH,
  StatementType.LOAD,
]);

function effect(kind: StatementType, sql: string, what: StatementEffect): Done {
  return {
    tag: commandTag(verbs.get(kind) ?? "", sql, what),
    rowCount: what.rowsReturned ?? what.rowsChanged,
  };
}

function isBegin(sql: string): boolean {
  return ["BEGIN", "START"].includes(leadingWords(sql, 1)[0] ?? "");
}

/** CHECKPOINT and the like: a column `Success` and no row. */
function isPlainSuccess(result: Materialised): boolean {
  const [first, second] = result.columns;
  return (
    first?.name === "Success" &&
    first.type === "BOOLEAN" &&
    second === undefined
  );
}
