import type { Appender, Chunk } from "../duckdb";
import { chunkSize } from "./chunkSize";

/** Rows between two flushes: a flush blocks the process (measured: about 30 ms for so many rows of ten columns). */
const flushRows = 20_480;
/** Bytes between two flushes, roughly: what is not flushed is in memory, beside the store's limit. */
const flushBytes = 32_000_000;
/** More of them for a wide table: a flush makes a new block of 256 KiB for each column, twice. */
const flushBytesOfColumn = 64_000;

/** Takes the rows of one result while they arrive. */
export class ResultWriter {
  private rows = 0;
  private unflushed = 0;
  private unflushedBytes = 0;
  private isOpen = true;

  constructor(
    readonly id: string,
    private readonly appender: Appender,
    private readonly columnCount: number,
  ) {}

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
    this.unflushedBytes += chunkSize(chunk);
    if (
      isFirst ||
      this.unflushed >= flushRows ||
      this.unflushedBytes >=
        Math.max(flushBytes, this.columnCount * flushBytesOfColumn)
    ) {
      this.flush();
    }
  }

  /** Makes every row readable. */
  flush(): void {
    if (this.isOpen && this.unflushed > 0) {
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
    this.abandon();
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
