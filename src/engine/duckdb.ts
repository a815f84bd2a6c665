/** The one place where `@duckdb/*` is imported: a thin typed layer over what the engine needs of it. */
import {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBScalarFunction,
  ResultReturnType,
  StatementType,
  VARCHAR,
  type DuckDBAppender,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  type DuckDBType,
  type DuckDBValue,
} from "@duckdb/node-api";
import type { Cell } from "../core/results/result";
import { withoutProxy } from "./extensions/proxy";
import { storedColumns, type StoredColumn } from "./storedColumn";
import { textRows } from "./textRows";

/** Some rows as DuckDB hands them out; opaque outside this file. */
export type Chunk = DuckDBDataChunk;
/** DuckDB's own kind of a statement. */
export { StatementType };
export type { StoredColumn };

/** A value as DuckDB has it; opaque outside this file. */
export interface BoundCell {
  readonly value: DuckDBValue;
  readonly type: DuckDBType;
}

/** A DuckDB instance with settings of its own. */
export class Duckdb {
  private constructor(private readonly instance: DuckDBInstance) {}

  /** Opens an instance in memory. */
  static async open(
    settings: Readonly<Record<string, string>>,
  ): Promise<Duckdb> {
    const create = () => DuckDBInstance.create(":memory:", { ...settings });
    return new Duckdb(await withoutProxy(create));
  }

  async connect(): Promise<Connection> {
    return new Connection(await this.instance.connect());
  }

  /** Releases files and memory; every connection and prepared statement has to be closed before. */
  close(): void {
    this.instance.closeSync();
  }
}

/** One connection; DuckDB queues its statements, so each purpose has its own. */
export class Connection {
  constructor(private readonly connection: DuckDBConnection) {}

  /** Runs one statement to its end, with named parameters. */
  async run(sql: string, values = new Map<string, string>()): Promise<void> {
    const bound = values.size === 0 ? undefined : Object.fromEntries(values);
    await this.connection.run(sql, bound);
  }

  /** Rows of a statement of which every column is VARCHAR, with positional parameters. */
  async rows(sql: string, values?: readonly string[]): Promise<Cell[][]> {
    const given = values === undefined ? undefined : [...values];
    const result = await this.connection.run(sql, given);
    return textRows(await result.fetchAllChunks());
  }

  /** The same for exactly one statement, to which `bind` gives its values; a text with more of them is an error. */
  async preparedRows(
    sql: string,
    bind: (prepared: Prepared) => Promise<void> = () => Promise.resolve(),
  ): Promise<Cell[][]> {
    const prepared = await this.prepare(sql);
    try {
      await bind(prepared);
      return await textRows(await (await prepared.run()).chunks());
    } finally {
      prepared.destroy();
    }
  }

  /** A text as a value of a type; null for one that is none. The text is in no statement. */
  async convert(text: string, type: string): Promise<BoundCell | null> {
    const prepared = await this.connection.prepare(
      `SELECT TRY_CAST($1 AS ${type})`,
    );
    try {
      prepared.bindVarchar(1, text);
      const result = await prepared.run();
      const [value] = (await result.fetchChunk())?.getRowValues(0) ?? [];
      return value === undefined || value === null
        ? null
        : { value, type: result.columnType(0) };
    } finally {
      prepared.destroySync();
    }
  }

  async prepare(sql: string): Promise<Prepared> {
    return new Prepared(await this.connection.prepare(sql));
  }

  /** For a text that DuckDB takes apart into several statements (PIVOT is two): all but the last are run. */
  async prepareLast(sql: string): Promise<Prepared> {
    const statements = await this.connection.extractStatements(sql);
    for (let index = 0; index < statements.count - 1; index++) {
      const prepared = await statements.prepare(index);
      try {
        await prepared.run();
      } finally {
        prepared.destroySync();
      }
    }
    return new Prepared(await statements.prepare(statements.count - 1));
  }

  /** Stops what runs on this connection inside DuckDB; harmless when nothing does. */
  interrupt(): void {
    this.connection.interrupt();
  }

  /** Per cent done of the running statement, or null when DuckDB does not know. */
  get progress(): number | null {
    const { percentage } = this.connection.progress;
    return percentage < 0 ? null : percentage;
  }

  async appender(table: string): Promise<Appender> {
    return new Appender(await this.connection.createAppender(table));
  }

  /** Registers a scalar function `name(VARCHAR) → VARCHAR` for the whole instance; what `answer` throws fails the query. */
  registerTextFunction(
    name: string,
    answer: (argument: string) => string,
  ): void {
    const scalar = DuckDBScalarFunction.create({
      name,
      returnType: VARCHAR,
      parameterTypes: [VARCHAR],
      mainFunction: (info, input, output) => {
        try {
          input.getColumnValues(0).forEach((argument, row) => {
            output.setItem(row, answer(String(argument)));
          });
          output.flush();
        } catch (error) {
          info.setError(error instanceof Error ? error.message : String(error));
        }
      },
    });
    this.connection.registerScalarFunction(scalar);
  }

  /** DuckDB's number of this connection, as its log has it. */
  get id(): string {
    return String(this.connection.clientContext.connectionId);
  }

  close(): void {
    this.connection.closeSync();
  }
}

/** A prepared statement: its kind and columns are known before it runs. */
export class Prepared {
  constructor(private readonly statement: DuckDBPreparedStatement) {}

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
    return new Materialised(await this.statement.run());
  }

  /** Begins to run; an error after that looks like the end (`ChunkStream.isWhole`). */
  async stream(): Promise<ChunkStream> {
    return new ChunkStream(await this.statement.stream());
  }

  destroy(): void {
    this.statement.destroySync();
  }
}

/** A result that is whole in memory. */
export class Materialised {
  constructor(private readonly result: DuckDBMaterializedResult) {}

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
    const chunk = await this.result.fetchChunk();
    const [value] = chunk?.rowCount === 0 ? [] : (chunk?.getRowValues(0) ?? []);
    return typeof value === "bigint" ? Number(value) : 0;
  }

  async chunks(): Promise<Chunk[]> {
    return this.result.fetchAllChunks();
  }
}

/** A result that is made while it is read. */
export class ChunkStream {
  constructor(private readonly result: DuckDBResult) {}

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
    const chunk = await this.result.fetchChunk();
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

/** Writes rows to a table, many times faster than INSERT. They can be read after a flush. */
export class Appender {
  constructor(private readonly appender: DuckDBAppender) {}

  append(chunk: Chunk): void {
    this.appender.appendDataChunk(chunk);
  }

  flush(): void {
    this.appender.flushSync();
  }

  close(): void {
    this.appender.closeSync();
  }
}

/** DuckDB's vector size: a chunk holds no more rows. */
export const chunkCapacity = 2048;

/** Rows of text as a chunk of VARCHAR columns; at most `chunkCapacity` rows. */
export function textChunk(
  rows: readonly (readonly Cell[])[],
  columnCount: number,
): Chunk {
  const chunk = DuckDBDataChunk.create(
    new Array<DuckDBType>(columnCount).fill(VARCHAR),
  );
  chunk.setColumns(
    Array.from({ length: columnCount }, (_, column) =>
      rows.map((row) => row[column] ?? null),
    ),
  );
  return chunk;
}

/** What node-api throws for instead of answering. */
function orNull<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
