import {
  classifyDuckdbError,
  parseDuckdbError,
} from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { errorInfo } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { lex } from "../../core/sql/lexer";
import type { Connection } from "../duckdb";
import type { ChunkStream, Prepared } from "../duckdbStatement";
import type { StoredColumn } from "../storedColumn";
import type { Exactness } from "../exactness/exactness";
import { ColumnMarks } from "../exactness/markedColumns";
import type { ResultStore, TextSettings } from "../results/resultStore";
import type { ResultWriter } from "../results/resultWriter";
import type { ActiveRun } from "./activeRun";
import type { Plan } from "./explained";
import type { Parameters } from "./parameters";
import type { StatementRecorder } from "./statementRecorder";
import { allTextSettings, textSettings, zoneOf } from "./textSettings";

/** Longest time that is spent on finding out why rows stopped arriving. */
const recoveryLimitMs = 10_000;

/** Functions that change something when they are called: a statement with one is not run a second time. */
const changing = new Set([
  "nextval",
  "setval",
  "postgres_execute",
  "set_config",
  "pg_notify",
  "dblink_exec",
]);

/** A stream that has begun, and where its rows go. */
interface Opened {
  readonly stream: ChunkStream;
  readonly writer: ResultWriter;
  readonly columns: readonly StoredColumn[];
  readonly text: TextSettings;
}

/** A SELECT that is about to be streamed. */
export interface SelectRequest {
  readonly prepared: Prepared;
  readonly sql: string;
  /** Null where it is not known yet. */
  readonly plan: Plan | null;
  /** True in a transaction of the user's, which an error ends and which is not ours to close. */
  readonly inUserTransaction: boolean;
  readonly recorder: StatementRecorder;
  readonly run: ActiveRun;
}

/** Streams a SELECT into the result store, and proves that the end was the end. */
export class SelectStream {
  constructor(
    private readonly connection: Connection,
    private readonly store: ResultStore,
    private readonly exactness: Exactness,
  ) {}

  /** Answers the number of rows. Throws what ended the stream early. */
  async read(request: SelectRequest): Promise<number> {
    const { recorder } = request;
    const marks = await this.marks(request);
    const { stream, writer, columns, text } = recorder.parameters.isEmpty
      ? await this.open(request)
      : await this.openBound(request);
    const zone = zoneOf(columns, text);
    let isOpened = false;
    for await (const chunk of stream.chunks()) {
      writer.append(chunk);
      if (isOpened) {
        recorder.progress(this.connection.progress);
      } else {
        recorder.opened(writer, await marks.mark(columns), zone);
        isOpened = true;
      }
      await this.store.giveWay();
    }
    // node-api ends a failed stream like a finished one (engine-facts 3.4): two proofs, either is enough to refuse.
    const isCutShort = !stream.isWhole || (await this.isAborted());
    if (isCutShort) {
      if (!isOpened) {
        await this.store.release([writer.id]);
      }
      throw new ViaductError(await this.cause(request, writer.rowCount));
    }
    // Now, so that rows that cannot be kept fail the statement.
    writer.close();
    if (!isOpened) {
      recorder.opened(writer, await marks.mark(columns), zone);
    }
    await marks.complete(columns);
    return writer.rowCount;
  }

  /** Before the stream, which another statement on the connection would end. */
  private async marks({
    prepared,
    sql,
    plan,
    recorder,
  }: SelectRequest): Promise<ColumnMarks> {
    const bind = (other: Prepared): Promise<void> =>
      recorder.parameters.bindTo(other, this.connection);
    const names = prepared.columns.map(({ name }) => name);
    const examination =
      names.length === 0
        ? null
        : await this.exactness
            .begin(sql, { names, plan, bind })
            .catch(() => null);
    return new ColumnMarks(examination, recorder);
  }

  private async open(request: SelectRequest): Promise<Opened> {
    const { prepared } = request;
    const columns = prepared.knownColumns ?? (await this.toldColumns(request));
    const text = await textSettings(this.connection, columns);
    const writer = await this.store.create(columns, text).catch(() => null);
    return writer === null
      ? this.openAsText(request, columns, text)
      : { stream: await this.start(prepared, writer), writer, columns, text };
  }

  /** A type that node-api does not know has a word all the same; its values come as text. */
  private async toldColumns({
    prepared,
    sql,
  }: SelectRequest): Promise<StoredColumn[]> {
    const told = await this.connection
      .preparedRows(`SELECT column_type FROM (DESCRIBE ${sql}\n)`)
      .catch(() => []);
    return prepared.columns.map((column, index) =>
      column.type === "" ? { ...column, type: told[index]?.[0] ?? "" } : column,
    );
  }

  /** With values of its own the types of a statement's columns are known only when it runs. */
  private async openBound(request: SelectRequest): Promise<Opened> {
    const text = await allTextSettings(this.connection);
    const stream = await request.prepared.stream();
    const { columns } = stream;
    const writer = await this.store.create(columns, text).catch(() => null);
    return writer === null
      ? this.openAsText(request, columns, text)
      : { stream, writer, columns, text };
  }

  private async openAsText(
    { recorder, sql }: SelectRequest,
    columns: readonly StoredColumn[],
    text: TextSettings,
  ): Promise<Opened> {
    // Some types (an unnamed struct) cannot be a table's: DuckDB makes the text where it still has the value.
    const storable = await this.store.storable(columns);
    const cells = storable.map((isStorable, index) =>
      isStorable ? `#${index + 1}` : `CAST(#${index + 1} AS VARCHAR)`,
    );
    const prefix = `SELECT ${cells.join(", ")} FROM (`;
    const wrapped = await this.connection.prepare(`${prefix}${sql}\n)`);
    try {
      await recorder.parameters.bindTo(wrapped, this.connection);
      const stored = columns.map((column, index) =>
        storable[index] === true ? column : { ...column, storage: "VARCHAR" },
      );
      const writer = await this.store.create(stored, text);
      const stream = await this.start(wrapped, writer);
      return { stream, writer, columns, text };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      throw new ViaductError(
        withoutPrefix(classifyDuckdbError(message, prefix + sql), prefix),
      );
    } finally {
      wrapped.destroy();
    }
  }

  /** Begins to run; a statement that fails at once leaves no result behind. */
  private async start(
    prepared: Prepared,
    writer: ResultWriter,
  ): Promise<ChunkStream> {
    try {
      return await prepared.stream();
    } catch (error) {
      await this.store.release([writer.id]);
      throw error;
    }
  }

  /** The second guard: a failed stream leaves its transaction aborted. */
  private async isAborted(): Promise<boolean> {
    return this.connection.run("SELECT 1").then(
      () => false,
      () => true,
    );
  }

  /** Why a stream was cut short: the engine has lost the text, but running the statement again gives it. */
  private async cause(
    { sql, inUserTransaction, recorder, run }: SelectRequest,
    rowCount: number,
  ): Promise<ErrorInfo> {
    const kept = `The result is not complete: it ends after ${rowCount} rows.`;
    if (run.isCancelled()) {
      return errorInfo("cancelled", kept);
    }
    if (inUserTransaction || changesSomething(sql)) {
      return errorInfo("incomplete", `${kept} The engine did not say why.`, {
        origin: "duckdb",
      });
    }
    // Fails when the server that the transaction was open in is gone; DuckDB has left it all the same.
    await this.connection.run("ROLLBACK").catch(() => undefined);
    // Nobody is to find later what a failed statement has changed: the caller rolls this back, too.
    await this.connection.run("BEGIN TRANSACTION").catch(() => undefined);
    const message = await this.runAgain(sql, recorder.parameters);
    if (run.isCancelled()) {
      return errorInfo("cancelled", kept);
    }
    const prefix = "EXPLAIN ANALYZE ";
    const info =
      message === null ? null : classifyDuckdbError(message, prefix + sql);
    if (info === null || info.class === "cancelled") {
      return errorInfo(
        "connectionLost",
        `${kept} Running the statement again gave no error, so a connection to a server was most likely lost.`,
        { origin: "duckdb" },
      );
    }
    const isAway =
      info.class === "connectionRefused" || info.class === "connectTimeout";
    const base = isAway
      ? errorInfo("connectionLost", info.message, {
          origin: "postgres",
          code: info.code,
        })
      : info;
    return {
      ...withoutPrefix(base, prefix),
      message: `${parseDuckdbError(base.message).message}\n${kept}`,
    };
  }

  /** The error text of a statement, without keeping its rows; null when it ends well or takes too long. */
  private async runAgain(
    sql: string,
    parameters: Parameters,
  ): Promise<string | null> {
    const timer = setTimeout(() => {
      this.connection.interrupt();
    }, recoveryLimitMs);
    try {
      const explaining = `EXPLAIN ANALYZE ${sql}`;
      await (parameters.isEmpty
        ? this.connection.run(explaining)
        : this.connection.preparedRows(explaining, (prepared) =>
            parameters.bindTo(prepared, this.connection),
          ));
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** The error with its place in the statement, which was run behind a prefix. */
function withoutPrefix(error: ErrorInfo, prefix: string): ErrorInfo {
  const { position, ...rest } = error;
  return position === undefined || position < prefix.length
    ? rest
    : { ...rest, position: position - prefix.length };
}

function changesSomething(sql: string): boolean {
  return lex(sql).some((token) =>
    changing.has(sql.slice(token.start, token.end).toLowerCase()),
  );
}
