import { randomUUID } from "node:crypto";
import { quoteLiteral } from "../../core/sql/quote";
import { viaductError } from "../../core/errors/makeError";
import type { KeptColumn } from "../../core/results/columnSql";
import type { ResultPage } from "../../core/results/result";
import type { EngineEventSink } from "../../protocol/engine";
import type { ResultRequests, RowsRef } from "../../protocol/results";
import { Duckdb, type Connection, type StoredColumn } from "../duckdb";
import { Serial } from "../serial";
import { wholeRelation, type ResultRelation } from "./resultRelation";
import { ResultTasks, type ResultTask } from "./resultTasks";
import { ResultWriter } from "./resultWriter";

/** DuckDB settings of the session at the time of a run on which the text of a value depends. */
export interface TextSettings {
  readonly timeZone: string;
  readonly calendar: string;
}

interface StoredResult {
  readonly table: string;
  readonly columns: readonly KeptColumn[];
  readonly text: TextSettings;
  readonly writer: ResultWriter;
}

/** A task over a result's rows. */
export interface RowsTask extends ResultTask {
  readonly rows: ResultRelation;
}

/**
 * Memory that results may take before DuckDB moves them to the temporary folder by itself. Not less: while rows are
 * added, DuckDB holds two blocks of 256 KiB for each column, and a PostgreSQL table may have 1,600.
 */
const memoryLimit = "1GB";

/**
 * Keeps the rows of every result until it is released: tables of a DuckDB instance of its own, so that neither the
 * user's settings nor statements reach them (docs/decisions/0005). Pages are DuckDB's own text of the values.
 */
export class ResultStore {
  private readonly results = new Map<string, StoredResult>();
  private readonly reading = new Serial();
  /** No result of an earlier engine process has such an id: a stale id is `resultGone`, never another result's rows. */
  private readonly idBase = randomUUID().slice(0, 8);
  private count = 0;
  private applied: TextSettings | undefined;

  private constructor(
    private readonly instance: Duckdb,
    private readonly writing: Connection,
    private readonly pages: Connection,
    readonly tasks: ResultTasks,
  ) {}

  /** Opens an empty store that spills to `folder`. */
  static async open(
    folder: string,
    emit: EngineEventSink,
  ): Promise<ResultStore> {
    const instance = await Duckdb.open({
      memory_limit: memoryLimit,
      temp_directory: folder,
      threads: "1",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
    });
    return new ResultStore(
      instance,
      await instance.connect(),
      await instance.connect(),
      new ResultTasks(() => instance.connect(), emit),
    );
  }

  /** Begins a result. Throws when a column's type cannot be kept (an unnamed struct): ask `storable` which. */
  async create(
    columns: readonly StoredColumn[],
    text: TextSettings,
  ): Promise<ResultWriter> {
    this.count += 1;
    const table = `r${this.count}`;
    const definitions = columns.map(
      ({ storage }, index) => `c${index} ${storage}`,
    );
    await this.writing.run(`CREATE TABLE ${table} (${definitions.join(", ")})`);
    const id = `${this.idBase}-${this.count}`;
    const writer = new ResultWriter(id, await this.writing.appender(table));
    this.results.set(id, { table, columns, text, writer });
    return writer;
  }

  /** For each column, whether its type can be kept. */
  async storable(columns: readonly StoredColumn[]): Promise<boolean[]> {
    const answers = [];
    for (const { storage } of columns) {
      const isStorable = await this.writing
        .prepare(`SELECT NULL::${storage}`)
        .then(
          (prepared) => {
            prepared.destroy();
            return true;
          },
          () => false,
        );
      answers.push(isStorable);
    }
    return answers;
  }

  /** Rows from `offset`, also while they are still arriving. */
  page({
    resultId,
    offset,
    limit,
  }: ResultRequests["page"]["params"]): Promise<ResultPage> {
    return this.reading.run(async () => {
      const result = this.find(resultId);
      result.writer.flush();
      await this.apply(result.text);
      const start = Math.max(0, Math.trunc(offset));
      const end = start + Math.max(0, Math.trunc(limit));
      const cells = Array.from(
        { length: result.columns.length },
        (_, index) => `c${index}::VARCHAR`,
      );
      const rows = await this.pages.rows(
        `SELECT ${cells.join(", ")} FROM ${result.table} WHERE rowid >= ${start} AND rowid < ${end} ORDER BY rowid`,
      );
      return { offset: start, rows };
    });
  }

  /**
   * Runs work over the rows that there are by now, beside the pages, under the text settings of the result. Fails as
   * `resultGone`, or as `cancelled` when the task was cancelled.
   */
  over<T>(
    taskId: string,
    rows: RowsRef,
    work: (task: RowsTask) => Promise<T>,
  ): Promise<T> {
    return this.tasks.run(taskId, async (task) => {
      const { table, columns, writer, text } = this.find(rows.resultId);
      writer.flush();
      await setText(task.connection, text);
      const relation = wholeRelation(table, columns, writer.rowCount);
      return work({ ...task, rows: relation });
    });
  }

  /** Drops results; an unknown id is not an error. */
  release(ids: readonly string[]): Promise<void> {
    return this.reading.run(async () => {
      for (const id of ids) {
        const result = this.results.get(id);
        if (result !== undefined) {
          this.results.delete(id);
          result.writer.abandon();
          await this.writing.run(`DROP TABLE ${result.table}`);
        }
      }
    });
  }

  /** Drops everything and removes what was spilled. */
  async close(): Promise<void> {
    await this.tasks.close();
    await this.release([...this.results.keys()]);
    this.pages.close();
    this.writing.close();
    this.instance.close();
  }

  private find(id: string): StoredResult {
    const result = this.results.get(id);
    if (result === undefined) {
      throw viaductError("resultGone", "These rows are not there any more.");
    }
    return result;
  }

  private async apply(text: TextSettings): Promise<void> {
    if (
      this.applied?.timeZone !== text.timeZone ||
      this.applied.calendar !== text.calendar
    ) {
      this.applied = undefined;
      await setText(this.pages, text);
      this.applied = text;
    }
  }
}

async function setText(
  connection: Connection,
  { timeZone, calendar }: TextSettings,
): Promise<void> {
  await connection.run(`SET TimeZone = ${quoteLiteral(timeZone)}`);
  await connection.run(`SET Calendar = ${quoteLiteral(calendar)}`);
}
