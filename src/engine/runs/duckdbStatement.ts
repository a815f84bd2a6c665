import {
  commandTag,
  leadingWords,
  type StatementEffect,
} from "../../core/results/commandTag";
import { viaductError } from "../../core/errors/makeError";
import { findCredentials } from "../../core/secrecy/otherStatements";
import { splitStatements } from "../../core/sql/statements";
import { StatementType, type Connection } from "../duckdb";
import type { Materialised, Prepared } from "../duckdbStatement";
import type { Exactness } from "../exactness/exactness";
import { MadeTable } from "../exactness/madeTable";
import type { ResultStore } from "../results/resultStore";
import type { ActiveRun } from "./activeRun";
import { parameterTypes } from "./describeParameters";
import { OwnTransaction } from "./ownTransaction";
import type { OwnStatements } from "./ownStatements";
import { Preparation } from "./preparation";
import { SelectStream } from "./selectStream";
import type { StatementGuard } from "./statementGuard";
import type { StatementRecorder } from "./statementRecorder";
import { textSettings, zoneOf } from "./textSettings";
import type { WriteQuestions } from "./writeQuestions";

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
  readonly guard: StatementGuard;
  readonly questions: WriteQuestions;
  readonly own: OwnStatements;
  readonly exactness: Exactness;
  /** After an ATTACH, a DETACH or a LOAD of the user's, as it was run. */
  readonly onCatalogsChanged: (sql: string) => Promise<void>;
}

/** Carries out one statement in DuckDB; every error is thrown as DuckDB gives it. */
export class DuckdbStatements {
  private readonly select: SelectStream;
  private readonly preparation: Preparation;
  /** Kept track of: trying BEGIN to find out would abort the user's transaction (measured). */
  private isInUserTransaction = false;

  constructor(private readonly parts: DuckdbStatementParts) {
    const { connection, store, guard, questions, exactness } = parts;
    this.select = new SelectStream(connection, store, exactness);
    this.preparation = new Preparation(connection, guard, questions);
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
    const tag = await this.parts.own.perform(
      sql,
      recorder,
      this.isInUserTransaction,
    );
    if (tag !== null) {
      return { tag, rowCount: 0 };
    }
    return this.inTransaction(sql, recorder, run);
  }

  /**
   * Which types DuckDB expects the parameters of a statement to have; null for what it cannot tell. Nothing is prepared
   * that has a credential in it, or while an error could spoil a transaction of the user's.
   */
  async describe(
    sql: string,
    names: readonly string[],
  ): Promise<readonly (string | null)[]> {
    if (this.isInUserTransaction || findCredentials(sql).length > 0) {
      return [];
    }
    await this.parts.guard.watch(sql);
    return parameterTypes(this.parts.connection, sql, names);
  }

  /** Throws for what the text of a statement gives away, as the user wrote it. */
  async refuse(written: string): Promise<void> {
    await this.parts.guard.watch(written);
  }

  /** True while a transaction of the user's is open. */
  get isInTransaction(): boolean {
    return this.isInUserTransaction;
  }

  private async inTransaction(
    written: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const transaction = new OwnTransaction(
      this.parts.connection,
      !this.isInUserTransaction,
    );
    let prepared: Prepared | undefined;
    let hasFailed = true;
    try {
      const ready = await this.preparation.prepare(written, {
        transaction,
        recorder,
        run,
      });
      const { sql, plan } = ready;
      prepared = ready.prepared;
      await recorder.parameters.bindTo(prepared, this.parts.connection);
      let done: Done | null = null;
      if (prepared.kind === StatementType.SELECT) {
        const rowCount = await this.select.read({
          prepared,
          sql,
          plan,
          inUserTransaction: !transaction.isOurs,
          recorder,
          run,
        });
        done = effect(prepared.kind, sql, {
          rowsReturned: rowCount,
          rowsChanged: 0,
        });
      }
      await transaction.commit();
      done ??= await this.materialise(prepared, sql, recorder);
      hasFailed = false;
      return done;
    } finally {
      prepared?.destroy();
      if (run.isCancelled()) {
        run.settle();
      }
      await transaction.rollback(hasFailed);
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
    const made = await this.made(sql, kind);
    const result = await prepared.run();
    await made?.note();
    if (kind === StatementType.TRANSACTION && isBegin(sql)) {
      this.isInUserTransaction = true;
    }
    if (changesCatalogs.has(kind)) {
      await this.parts.onCatalogsChanged(sql);
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
    const text = await textSettings(this.parts.connection, result.columns);
    const writer = await this.parts.store.create(result.columns, text);
    for (const chunk of await result.chunks()) {
      writer.append(chunk);
      await this.parts.store.giveWay();
    }
    writer.close();
    recorder.opened(writer, result.columns, zoneOf(result.columns, text));
    return effect(kind, sql, {
      rowsReturned: writer.rowCount,
      rowsChanged: 0,
    });
  }

  /** A table that is made of a query has what the query gets, changed values and all. */
  private async made(
    sql: string,
    kind: StatementType,
  ): Promise<MadeTable | null> {
    return kind === StatementType.CREATE || kind === StatementType.INSERT
      ? MadeTable.begin(sql, this.parts.exactness).catch(() => null)
      : null;
  }

  /** Only a SELECT can be wrapped so that DuckDB makes the text; of the others, none may run and then hide a value. */
  private async refuseUnstorable(prepared: Prepared): Promise<void> {
    const columns = prepared.knownColumns ?? [];
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
}

const verbs: ReadonlyMap<StatementType, string> = new Map([
  [StatementType.INSERT, "INSERT"],
  [StatementType.UPDATE, "UPDATE"],
  [StatementType.DELETE, "DELETE"],
  [StatementType.MERGE_INTO, "MERGE"],
  [StatementType.COPY, "COPY"],
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
