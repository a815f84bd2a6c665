import {
  missesTable,
  refusesParameters,
} from "../../core/errors/classifyDuckdb";
import {
  journalName,
  journalTable,
  withJournalNames,
} from "../../core/journal/journalNames";
import { StatementType, type Connection } from "../duckdb";
import type { Prepared } from "../duckdbStatement";
import type { ActiveRun } from "./activeRun";
import type { Plan } from "./explained";
import type { OwnTransaction } from "./ownTransaction";
import { parameterRefusal } from "./parameters";
import type { Examined, StatementGuard } from "./statementGuard";
import type { StatementRecorder } from "./statementRecorder";
import type { Watched } from "./watched";
import type { WriteQuestions } from "./writeQuestions";

/** A statement that is about to be prepared. */
export interface Preparing {
  readonly transaction: OwnTransaction;
  readonly recorder: StatementRecorder;
  readonly run: ActiveRun;
}

/** A statement that may run now. */
export interface Ready {
  readonly prepared: Prepared;
  readonly sql: string;
  /** Where it was asked for already. */
  readonly plan: Plan | null;
}

/** Kinds of statements that may mean the journal: none that would change it. */
const readsJournal: ReadonlySet<StatementType> = new Set([
  StatementType.SELECT,
  StatementType.EXPLAIN,
  StatementType.CREATE,
  StatementType.COPY,
]);

/** Prepares statements in a transaction, and looks at them before they run: what is refused, and what is asked about. */
export class Preparation {
  constructor(
    private readonly connection: Connection,
    private readonly guard: StatementGuard,
    private readonly questions: WriteQuestions,
  ) {}

  /** The transaction is open afterwards, and allows what the statement does. */
  async prepare(written: string, preparing: Preparing): Promise<Ready> {
    const watched = await this.guard.watch(written);
    // In a read-only transaction DuckDB says by itself what a statement would write to.
    await preparing.transaction.begin(watched === null ? "" : "READ ONLY");
    const ready = await this.known(written, watched, preparing);
    if (watched === null || ready.isExamined) {
      return ready;
    }
    const { sql, prepared } = ready;
    let examined: Examined;
    try {
      examined = await this.guard.examine(
        sql,
        prepared.kind,
        watched,
        !preparing.transaction.isOurs,
        preparing.recorder.parameters,
      );
    } catch (error) {
      prepared.destroy();
      throw error;
    }
    const { plan } = examined;
    if (examined.isReading && examined.targets.length === 0) {
      return { ...ready, plan };
    }
    if (!preparing.transaction.isOurs) {
      await this.ask(examined, preparing);
      return { ...ready, plan };
    }
    prepared.destroy();
    await this.allow(examined, preparing);
    return { sql, prepared: await this.connection.prepare(sql), plan };
  }

  /** Asks while no transaction of ours is open, and begins one that allows writes. */
  private async allow(examined: Examined, preparing: Preparing): Promise<void> {
    await preparing.transaction.rollback();
    await this.ask(examined, preparing);
    await preparing.transaction.begin("");
  }

  private async ask(
    { targets }: Examined,
    { recorder, run }: Preparing,
  ): Promise<void> {
    for (const { alias, verb } of targets) {
      await this.questions.ask(alias, verb, { run, index: recorder.index });
    }
  }

  /**
   * A statement that reads a query log is about the journal where there is no table of that name: any other error of
   * it is its own, or the journal would answer for a table of the user's.
   */
  private async known(
    sql: string,
    watched: Watched | null,
    preparing: Preparing,
  ): Promise<Ready & { readonly isExamined: boolean }> {
    try {
      const ready = await this.prepared(sql, watched, preparing);
      return { ...ready, sql, plan: null };
    } catch (error) {
      const isMissing =
        error instanceof Error && missesTable(error.message, journalName);
      const text = isMissing ? withJournalNames(sql) : null;
      if (text === null) {
        throw error;
      }
      const ready = await this.prepared(text, watched, preparing).catch(() => {
        throw error;
      });
      if (!readsJournal.has(ready.prepared.kind)) {
        ready.prepared.destroy();
        throw error;
      }
      const message = `DuckDB keeps no query log: this is ${journalTable}, what was run in this session.`;
      preparing.recorder.notice({ severity: "INFO", message });
      return { ...ready, sql: text, plan: null };
    }
  }

  private async prepared(
    sql: string,
    watched: Watched | null,
    preparing: Preparing,
  ): Promise<{ readonly prepared: Prepared; readonly isExamined: boolean }> {
    try {
      const prepared = await this.connection.prepare(sql);
      return { prepared, isExamined: false };
    } catch (error) {
      const isSeveral =
        error instanceof Error &&
        error.message.includes("Cannot prepare multiple statements");
      if (
        !preparing.recorder.parameters.isEmpty &&
        (isSeveral ||
          (error instanceof Error && refusesParameters(error.message)))
      ) {
        throw parameterRefusal();
      }
      if (!isSeveral) {
        throw error;
      }
      if (watched !== null) {
        await this.allow(
          await this.guard.examineParts(sql, watched),
          preparing,
        );
      }
      const prepared = await this.connection.prepareLast(sql);
      return { prepared, isExamined: true };
    }
  }
}
