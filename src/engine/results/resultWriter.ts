import { mayBeLong } from "../../core/results/cellSql";
import type { KeptColumn } from "../../core/results/columnSql";
import type { Appender } from "../duckdb";
import type { Chunk } from "../duckdbStatement";
import { chunkSize } from "./chunkSize";

/**
 * Rows between two flushes: those of a row group of DuckDB's become part of the table as they are, fewer are copied into
 * it once more (measured for each million rows of ten columns: 330 instead of 580 ms).
 */
const groupRows = 122_880;
/** A flush blocks the process (measured: about 40 ms for a group of ten columns): fewer rows of wide tables. */
const wideRows = 20_480;
const wideColumns = 20;
/**
 * Bytes between two flushes, roughly: what is not flushed is in memory, beside the store's limit. Of 2,000 numbers a row
 * that is one chunk (measured: 200 ms; four of them at a time block for 700 ms, and are kept 15 % sooner).
 */
const flushBytes = 32_000_000;

/** Takes the rows of one result while they arrive. */
export class ResultWriter {
  private rows = 0;
  private unflushed = 0;
  private unflushedBytes = 0;
  private isOpen = true;
  private readonly mostUnflushed: number;
  private readonly longColumns: readonly number[];

  constructor(
    readonly id: string,
    private readonly appender: Appender,
    columns: readonly KeptColumn[],
    /** Hears how many rows there are when no more will come. */
    private readonly onComplete: (rowCount: number) => void,
  ) {
    this.mostUnflushed = columns.length > wideColumns ? wideRows : groupRows;
    this.longColumns = [...columns.keys()].filter((index) => {
      const column = columns[index];
      return column !== undefined && mayBeLong(column);
    });
  }

  /** Rows so far. */
  get rowCount(): number {
    return this.rows;
  }

  /** Adds rows; the first ones can be read at once, later ones after a flush. Throws when they cannot be kept. */
  append(chunk: Chunk): void {
    if (!this.isOpen) {
      return;
    }
    const isFirst = this.rows === 0;
    this.guarded(() => {
      this.appender.append(chunk);
    });
    this.rows += chunk.rowCount;
    this.unflushed += chunk.rowCount;
    this.unflushedBytes += chunkSize(chunk, this.longColumns);
    if (
      isFirst ||
      this.unflushed >= this.mostUnflushed ||
      this.unflushedBytes >= flushBytes
    ) {
      this.flush();
    }
  }

  /** Makes the rows before `end` readable. */
  flush(end = Infinity): void {
    const readable = this.rows - this.unflushed;
    if (this.isOpen && this.unflushed > 0 && end > readable) {
      this.guarded(() => {
        this.appender.flush();
      });
      this.unflushed = 0;
      this.unflushedBytes = 0;
    }
  }

  /** No more rows will come. */
  close(): void {
    this.flush();
    if (this.isOpen) {
      this.abandon();
      this.onComplete(this.rows);
    }
  }

  /** The result is released while rows may still arrive, or rows could not be kept: these are dropped. */
  abandon(): void {
    if (this.isOpen) {
      this.isOpen = false;
      try {
        this.appender.close();
      } catch {
        // It tries to keep the rows once more.
      }
    }
  }

  /** Rows that could not be kept do not count, and no more are taken. */
  private guarded(task: () => void): void {
    try {
      task();
    } catch (error) {
      this.rows -= this.unflushed;
      this.unflushed = 0;
      this.abandon();
      throw error;
    }
  }
}
