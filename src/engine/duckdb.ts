/** The one place where `@duckdb/*` is imported: a thin typed layer over what the engine needs of it. */
import {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBScalarFunction,
  DuckDBStructType,
  DuckDBUnionType,
  ResultReturnType,
  StatementType,
  VARCHAR,
  type DuckDBAppender,
  type DuckDBMaterializedResult,
  type DuckDBPreparedStatement,
  type DuckDBResult,
  type DuckDBType,
} from "@duckdb/node-api";
import { quoteIdentifier } from "../core/sql/quote";
import type { Cell, ResultColumn } from "../core/results/result";
import { withoutProxy } from "./extensions/proxy";

/** Some rows as DuckDB hands them out; opaque outside this file. */
export type Chunk = DuckDBDataChunk;
/** DuckDB's own kind of a statement. */
export { StatementType };

/** A column of a result: what a user sees, and the type with which another DuckDB instance can keep it. */
export interface StoredColumn extends ResultColumn {
  readonly storage: string;
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
    const result = await this.connection.run(
      sql,
      values === undefined ? undefined : [...values],
    );
    return textRows(await result.fetchAllChunks());
  }

  /** The same for exactly one statement; a text with more of them is an error. */
  async preparedRows(sql: string): Promise<Cell[][]> {
    const prepared = await this.connection.prepare(sql);
    try {
      return textRows(await (await prepared.run()).fetchAllChunks());
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

  get columns(): StoredColumn[] {
    return Array.from({ length: this.statement.columnCount }, (_, index) =>
      storedColumn(
        this.statement.columnName(index),
        this.statement.columnType(index),
      ),
    );
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
    return columnsOf(this.result);
  }

  /** The number in the first cell: how many rows CREATE TABLE … AS has made; 0 without rows. */
  async firstCount(): Promise<number> {
    const chunk = await this.result.fetchChunk();
    const value =
      chunk === null || chunk.rowCount === 0 ? null : chunk.getRowValues(0)[0];
    return typeof value === "bigint" ? Number(value) : 0;
  }

  async chunks(): Promise<Chunk[]> {
    return this.result.fetchAllChunks();
  }
}

/** A result that is made while it is read. */
export class ChunkStream {
  constructor(private readonly result: DuckDBResult) {}

  /** The next rows, or null after the last one **or after a failure**. */
  async next(): Promise<Chunk | null> {
    const chunk = await this.result.fetchChunk();
    return chunk === null || chunk.rowCount === 0 ? null : chunk;
  }

  /** After the end: false when the stream was cut short (measured: results.md, "Truncation"). */
  get isWhole(): boolean {
    return this.result.isStreaming;
  }

  get columns(): StoredColumn[] {
    return columnsOf(this.result);
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

/** The cells of chunks as text; exact only where every column is VARCHAR. */
function textRows(chunks: readonly Chunk[]): Cell[][] {
  return chunks.flatMap((chunk) =>
    chunk
      .getRows()
      .map((row) =>
        row.map((value) => (value === null ? null : String(value))),
      ),
  );
}

function columnsOf(result: DuckDBResult): StoredColumn[] {
  return result
    .columnNames()
    .map((name, index) => storedColumn(name, result.columnType(index)));
}

function storedColumn(name: string, type: DuckDBType): StoredColumn {
  return {
    name,
    type: type.alias ?? type.toString(),
    storage: storageOf(type),
  };
}

/** The type with JSON where JSON is: `['{}'::JSON]` and `['{}']` do not have the same text. */
function storageOf(type: DuckDBType): string {
  if (type.alias === "JSON") {
    return "JSON";
  }
  if (type instanceof DuckDBListType) {
    return `${storageOf(type.valueType)}[]`;
  }
  if (type instanceof DuckDBArrayType) {
    return `${storageOf(type.valueType)}[${type.length}]`;
  }
  if (type instanceof DuckDBMapType) {
    return `MAP(${storageOf(type.keyType)}, ${storageOf(type.valueType)})`;
  }
  if (type instanceof DuckDBStructType) {
    return `STRUCT(${members(type.entryNames, type.entryTypes)})`;
  }
  if (type instanceof DuckDBUnionType) {
    return `UNION(${members(type.memberTags, type.memberTypes)})`;
  }
  return type.toString();
}

function members(
  names: readonly string[],
  types: readonly DuckDBType[],
): string {
  const name = (index: number): string => quoteIdentifier(names[index] ?? "");
  return types.map((type, at) => `${name(at)} ${storageOf(type)}`).join(", ");
}
