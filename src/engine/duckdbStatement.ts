/** Statements and results of `@duckdb/node-api`, as `duckdb.ts` hands them out. */
import {
  ResultReturnType,
  type DuckDBDataChunk,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
  type StatementType,
} from "@duckdb/node-api";
import type { OpenCalls } from "./openCalls";
import { storedColumns, type StoredColumn } from "./storedColumn";

/** Some rows as DuckDB hands them out; opaque outside this file. */
export type Chunk = DuckDBDataChunk;

/** A value as DuckDB has it; opaque outside this file. */
export interface BoundCell {
  readonly value: DuckDBValue;
  readonly type: DuckDBType;
}

/** A prepared statement: its kind and columns are known before it runs. */
export class Prepared {
  constructor(
    private readonly statement: DuckDBPreparedStatement,
    private readonly calls: OpenCalls,
  ) {}

  get kind(): StatementType {
    return this.statement.statementType;
  }

  /** With an empty type and storage where the type is not known: of a value that is not bound, or DuckDB's `TYPE`. */
  get columns(): StoredColumn[] {
    return storedColumns(this.statement);
  }

  /** Null where the type of one is not known. */
  get knownColumns(): StoredColumn[] | null {
    const { columns } = this;
    return columns.every(({ type }) => type !== "") ? columns : null;
  }

  /** Which parameter has a name or a number; null for none. */
  parameterIndex(name: string): number | null {
    return orNull(() => this.statement.parameterIndex(name));
  }

  /** The type that a parameter is expected to have; null when DuckDB cannot tell. */
  parameterType(index: number): string | null {
    return orNull(() => String(this.statement.parameterType(index)));
  }

  bind(index: number, { value, type }: BoundCell): void {
    this.statement.bindValue(index, value, type);
  }

  bindNull(index: number): void {
    this.statement.bindNull(index);
  }

  /** Runs to the end; every error is thrown. */
  async run(): Promise<Materialised> {
    const { calls } = this;
    return new Materialised(await calls.track(this.statement.run()), calls);
  }

  /** Begins to run; an error after that looks like the end (`ChunkStream.isWhole`). */
  async stream(): Promise<ChunkStream> {
    const { calls } = this;
    return new ChunkStream(await calls.track(this.statement.stream()), calls);
  }

  destroy(): void {
    this.statement.destroySync();
  }
}

/** A result that is whole in memory. */
export class Materialised {
  constructor(
    private readonly result: DuckDBMaterializedResult,
    private readonly calls: OpenCalls,
  ) {}

  /** True for rows of the user's, false for a count or for nothing. */
  get hasRows(): boolean {
    return this.result.returnType === ResultReturnType.QUERY_RESULT;
  }

  get rowsChanged(): number {
    return this.result.rowsChanged;
  }

  get columns(): StoredColumn[] {
    return storedColumns(this.result);
  }

  /** The number in the first cell: how many rows CREATE TABLE … AS has made; 0 without rows. */
  async firstCount(): Promise<number> {
    const chunk = await this.calls.track(this.result.fetchChunk());
    const [value] = chunk?.rowCount === 0 ? [] : (chunk?.getRowValues(0) ?? []);
    return typeof value === "bigint" ? Number(value) : 0;
  }

  async chunks(): Promise<Chunk[]> {
    return this.calls.track(this.result.fetchAllChunks());
  }
}

/** A result that is made while it is read. */
export class ChunkStream {
  constructor(
    private readonly result: DuckDBResult,
    private readonly calls: OpenCalls,
  ) {}

  /**
   * The rows to the last one **or to a failure**: the next ones are fetched while some are worked on. Nothing else may be
   * asked of the connection meanwhile.
   */
  async *chunks(): AsyncGenerator<Chunk, void> {
    let coming = this.next();
    try {
      for (let chunk = await coming; chunk !== null; chunk = await coming) {
        coming = this.next();
        // Whoever waits for it is told; until then nobody does.
        coming.catch(() => undefined);
        yield chunk;
      }
    } finally {
      // The statement must not be taken away from under it.
      await coming.catch(() => undefined);
    }
  }

  private async next(): Promise<Chunk | null> {
    const chunk = await this.calls.track(this.result.fetchChunk());
    return chunk === null || chunk.rowCount === 0 ? null : chunk;
  }

  /** After the end: false when the stream was cut short (measured: results.md, "Truncation"). */
  get isWhole(): boolean {
    return this.result.isStreaming;
  }

  get columns(): StoredColumn[] {
    return storedColumns(this.result);
  }
}

/** What node-api throws for instead of answering. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
