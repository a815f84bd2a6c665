import type { Connection } from "../duckdb";
import { Serial } from "../serial";

/** The column of a large result's table that has the place of each row, from 0. */
export const placeColumn = "place";

/** Fewer rows are found as fast without it. */
const manyRows = 1_000_000;

/**
 * Gives the tables of large results a column of their rows' places when all rows are there: DuckDB finds a range of a
 * column by what each row group has at most, and one of rowids by testing every row (measured on 10M rows: 4 instead of
 * 15 ms for a page; the column costs a second beside whatever else is done).
 */
export class RowPlaces {
  private readonly queue = new Serial();

  /** @param idleMs milliseconds without a page read, before which nothing is done that would slow these down */
  constructor(
    private readonly connection: Connection,
    private readonly idleMs: number,
  ) {}

  /** The places of one table. */
  of(table: string): TablePlaces {
    return new TablePlaces(table, this.connection, this.queue, this.idleMs);
  }

  /** Closes the connection that places are made on. */
  close(): Promise<void> {
    return this.connection.close();
  }
}

/** Whether the rows of a table have places, and the work on it. */
export class TablePlaces {
  private isKnown = false;
  private isRunning = false;
  private isWanted = true;
  private lastRead = -Infinity;
  private timer: NodeJS.Timeout | undefined;
  private work: Promise<void> = Promise.resolve();

  constructor(
    private readonly table: string,
    private readonly connection: Connection,
    private readonly queue: Serial,
    private readonly idleMs: number,
  ) {}

  /** True when rows can be found by their places. */
  get areKnown(): boolean {
    return this.isKnown;
  }

  /** No more rows will come: makes the places, where there are enough, as soon as nobody reads. */
  begin(rowCount: number): void {
    if (rowCount >= manyRows) {
      this.makeWhenIdle();
    }
  }

  /** Rows are being read: other work on them can wait. */
  noteRead(): void {
    this.lastRead = performance.now();
  }

  /** The table will be dropped: nothing else changes it from now on. */
  async end(): Promise<void> {
    this.isWanted = false;
    clearTimeout(this.timer);
    if (this.isRunning) {
      this.connection.interrupt();
    }
    await this.work;
  }

  private makeWhenIdle(): void {
    this.timer = setTimeout(() => {
      if (performance.now() - this.lastRead < this.idleMs) {
        this.makeWhenIdle();
        return;
      }
      // Without them, memory full for example, rows are found all the same.
      this.work = this.queue.run(() => this.make()).catch(() => undefined);
    }, this.idleMs);
    this.timer.unref();
  }

  private async make(): Promise<void> {
    if (!this.isWanted) {
      return;
    }
    this.isRunning = true;
    try {
      await this.addColumn();
      // That the numbers follow the rows is DuckDB's habit, and not its promise.
      const [row] = await this.connection.rows(
        `SELECT count(*)::VARCHAR FROM ${this.table} WHERE ${placeColumn} IS DISTINCT FROM rowid`,
      );
      this.isKnown = row?.[0] === "0";
    } finally {
      this.isRunning = false;
    }
  }

  private async addColumn(): Promise<void> {
    const { table, connection } = this;
    const sequence = `${table}_places`;
    await connection.run(`CREATE SEQUENCE ${sequence} MINVALUE 0 START 0`);
    await connection.run(
      `ALTER TABLE ${table} ADD COLUMN ${placeColumn} BIGINT DEFAULT nextval('${sequence}')`,
    );
    await connection.run(
      `ALTER TABLE ${table} ALTER COLUMN ${placeColumn} DROP DEFAULT`,
    );
    await connection.run(`DROP SEQUENCE ${sequence}`);
  }
}
