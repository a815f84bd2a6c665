import { redactSql } from "../../core/credentials/redactSql";
import type { Redactor } from "../../core/errors/redactor";
import { journalCatalog, journalTable } from "../../core/journal/journalNames";
import type { RunTarget, StatementOutcome } from "../../protocol/engine";
import type { Connection } from "../duckdb";
import { Serial } from "../serial";

/** Statements that are kept; the oldest go first. */
const mostEntries = 10_000;

/** The columns of the patterns guide's monitoring queries under both of its names, and what else is known of a run. */
const createTable = `CREATE TABLE ${journalTable} (
  id UBIGINT,
  query_start TIMESTAMP WITH TIME ZONE,
  "timestamp" TIMESTAMP WITH TIME ZONE,
  query_text VARCHAR,
  query_duration_ms DOUBLE,
  duration_ms DOUBLE,
  first_rows_ms DOUBLE,
  engine VARCHAR,
  alias VARCHAR,
  status VARCHAR,
  row_count UBIGINT,
  complete BOOLEAN,
  error VARCHAR,
  error_class VARCHAR,
  sent VARCHAR[])`;

/** What one statement is remembered by. */
export interface JournalEntry {
  readonly text: string;
  readonly target: RunTarget;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly outcome: StatementOutcome;
}

/**
 * What was run in this session, as the table `viaduct.query_log`: DuckDB keeps neither durations nor errors. In memory,
 * redacted, the newest statements only.
 */
export class Journal {
  private readonly writing = new Serial();
  private entries = 0;

  private constructor(
    private readonly connection: Connection,
    private readonly redactor: Redactor,
  ) {}

  /** Makes the journal's database in the session's instance. */
  static async open(
    connection: Connection,
    redactor: Redactor,
  ): Promise<Journal> {
    await connection.run(`ATTACH ':memory:' AS ${journalCatalog}`);
    await connection.run(createTable);
    return new Journal(connection, redactor);
  }

  /** Writes a statement down. A journal that cannot be written to never spoils the run that it is about. */
  async record(entry: JournalEntry): Promise<void> {
    await this.writing
      .run(() => this.write(entry))
      .catch(() => {
        // Out of memory or closed: the run has its outcome all the same.
      });
  }

  private async write({
    text,
    target,
    startedAt,
    outcome,
  }: JournalEntry): Promise<void> {
    this.entries += 1;
    const sent = outcome.sent.map(({ alias, sql }) => `${alias}: ${sql}`);
    const values = new Map([
      ["id", String(this.entries)],
      ["at", String(Math.round(startedAt))],
      ["text", this.redactor.redact(redactSql(text))],
      ["ms", String(outcome.elapsedMs)],
      ["first", textOf(outcome.firstRowsMs)],
      ["engine", target.engine],
      ["alias", target.engine === "postgres" ? target.alias : ""],
      ["status", outcome.status],
      ["rows", String(outcome.rowCount)],
      ["complete", String(outcome.complete)],
      ["error", outcome.error?.message ?? ""],
      ["class", outcome.error?.class ?? ""],
      ["sent", JSON.stringify(sent)],
    ]);
    await this.connection.run(
      `INSERT INTO ${journalTable}
       SELECT $id::UBIGINT, make_timestamptz($at::BIGINT * 1000), make_timestamptz($at::BIGINT * 1000), $text,
         $ms::DOUBLE, $ms::DOUBLE, nullif($first, '')::DOUBLE, $engine, nullif($alias, ''), $status,
         $rows::UBIGINT, $complete::BOOLEAN, nullif($error, ''), nullif($class, ''), $sent::JSON::VARCHAR[]`,
      values,
    );
    if (this.entries > mostEntries && this.entries % 100 === 0) {
      await this.connection.run(
        `DELETE FROM ${journalTable} WHERE id <= ${this.entries - mostEntries}`,
      );
    }
  }
}

function textOf(value: number | null): string {
  return value === null ? "" : String(value);
}
