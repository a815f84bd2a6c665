import type { Appender, Chunk } from "../duckdb";

/** Rows between two flushes: a flush blocks the process (measured: about 30 ms for so many rows of ten columns). */
const flushRows = 20_480;

/** Takes the rows of one result while they arrive. */
export class ResultWriter {
  private rows = 0;
  private unflushed = 0;
  private isOpen = true;

  constructor(
    readonly id: string,
    private readonly appender: Appender,
  ) {}

  /** Rows so far. */
  get rowCount(): number {
    return this.rows;
  }

  /** Adds rows; the first ones can be read at once, later ones after a flush. */
  append(chunk: Chunk): void {
    if (!this.isOpen) {
      return;
    }
    const isFirst = this.rows === 0;
    this.appender.append(chunk);
    this.rows += chunk.rowCount;
    this.unflushed += chunk.rowCount;
    if (isFirst || this.unflushed >= flushRows) {
      this.flush();
    }
  }

  /** Makes every row readable. */
  flush(): void {
    if (this.isOpen && this.unflushed > 0) {
      this.appender.flush();
      this.unflushed = 0;
    }
  }

  /** No more rows will come. */
  close(): void {
    this.flush();
    this.abandon();
  }

  /** The result is released while rows may still arrive: these are dropped. */
  abandon(): void {
    if (this.isOpen) {
      this.isOpen = false;
      this.appender.close();
    }
  }
}
