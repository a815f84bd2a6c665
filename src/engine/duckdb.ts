/** With `duckdbStatement.ts` the place where `@duckdb/*` is imported: a thin typed layer over what the engine needs of it. */
import {
  DuckDBConnection,
  DuckDBDataChunk,
  DuckDBInstance,
  DuckDBScalarFunction,
  StatementType,
  VARCHAR,
  type DuckDBAppender,
  type DuckDBType,
} from "@duckdb/node-api";
import type { Cell } from "../core/results/result";
import { Prepared, type BoundCell, type Chunk } from "./duckdbStatement";
import { withoutProxy } from "./extensions/proxy";
import { OpenCalls } from "./openCalls";
import { textRows } from "./textRows";

/** DuckDB's own kind of a statement. */
export { StatementType };

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
  private readonly calls = new OpenCalls();

  constructor(private readonly connection: DuckDBConnection) {}

  /** Runs one statement to its end, with named parameters. */
  async run(sql: string, values = new Map<string, string>()): Promise<void> {
    const bound = values.size === 0 ? undefined : Object.fromEntries(values);
    await this.calls.track(this.connection.run(sql, bound));
  }

  /** Rows of a statement of which every column is VARCHAR, with positional parameters. */
  async rows(sql: string, values?: readonly string[]): Promise<Cell[][]> {
    const given = values === undefined ? undefined : [...values];
    const result = await this.calls.track(this.connection.run(sql, given));
    return textRows(await this.calls.track(result.fetchAllChunks()));
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
    const { calls } = this;
    const prepared = await calls.track(
      this.connection.prepare(`SELECT TRY_CAST($1 AS ${type})`),
    );
    try {
      prepared.bindVarchar(1, text);
      const result = await calls.track(prepared.run());
      const [value] = (await result.fetchChunk())?.getRowValues(0) ?? [];
      return value === undefined || value === null
        ? null
        : { value, type: result.columnType(0) };
    } finally {
      prepared.destroySync();
    }
  }

  async prepare(sql: string): Promise<Prepared> {
    const prepared = this.connection.prepare(sql);
    return new Prepared(await this.calls.track(prepared), this.calls);
  }

  /** For a text that DuckDB takes apart into several statements (PIVOT is two): all but the last are run. */
  async prepareLast(sql: string): Promise<Prepared> {
    const { calls } = this;
    const statements = await calls.track(
      this.connection.extractStatements(sql),
    );
    for (let index = 0; index < statements.count - 1; index++) {
      const prepared = await calls.track(statements.prepare(index));
      try {
        await calls.track(prepared.run());
      } finally {
        prepared.destroySync();
      }
    }
    const last = statements.prepare(statements.count - 1);
    return new Prepared(await calls.track(last), calls);
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
    const appender = this.connection.createAppender(table);
    return new Appender(await this.calls.track(appender));
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

  /** Stops what still runs on it; where that does not stop, it is closed when it has ended, and no longer waited for. */
  close(): Promise<void> {
    return this.calls.closeAfter(
      () => {
        this.interrupt();
      },
      () => {
        this.connection.closeSync();
      },
    );
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
