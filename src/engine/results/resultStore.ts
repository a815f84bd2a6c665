import { totalmem } from "node:os";
import { setImmediate as turn } from "node:timers/promises";
import { cellSql } from "../../core/results/cellSql";
import type { ResultPage } from "../../core/results/result";
import type { EngineEventSink } from "../../protocol/engine";
import type { ResultRequests, RowsRef } from "../../protocol/results";
import { Duckdb, type Connection } from "../duckdb";
import type { StoredColumn } from "../storedColumn";
import type { ResultRelation } from "./resultRelation";
import {
  ResultTables,
  setText,
  type NewColumn,
  type TextSettings,
} from "./resultTables";
import { ResultTasks, type ResultTask } from "./resultTasks";
import { ResultCells } from "./resultCells";
import { ResultPages } from "./resultPages";
import { RowPlaces } from "./rowPlaces";
import { ResultViews } from "./resultViews";
import type { ResultWriter } from "./resultWriter";
import type { RowSource } from "./rowSource";

export type { TextSettings } from "./resultTables";

/** A task over a result's rows. */
export interface RowsTask extends ResultTask {
  readonly rows: ResultRelation;
}

/** Rows that a task is about, and the zone in which it writes their times; null or absent for that of the run. */
interface ZonedRows extends RowsRef {
  readonly timeZone?: string | null;
}

/** What tests set otherwise than it is for a user. */
interface StoreOptions {
  /** DuckDB's `memory_limit`. */
  readonly memory?: string;
  /** Milliseconds without a page read, after which the places of rows are made. */
  readonly placesAfterMs?: number;
}

const gigabyte = 1_000_000_000;

/**
 * Memory that results may take before DuckDB moves them to the temporary folder by itself: a quarter of the machine's.
 * Not less than 2 GB: while rows are added, DuckDB holds two blocks of 256 KiB for each column, and results of 2,000
 * columns are kept.
 */
function memoryLimit(): string {
  const share = Math.min(4 * gigabyte, Math.max(2 * gigabyte, totalmem() / 4));
  return `${Math.round(share / 1_000_000)}MB`;
}

/**
 * Keeps the rows of every result until it is released: tables of a DuckDB instance of its own, so that neither the
 * user's settings nor statements reach them (docs/decisions/0005). Pages are DuckDB's own text of the values.
 */
export class ResultStore {
  private readonly tables: ResultTables;
  /** Sorted and filtered views of the results. */
  readonly views: ResultViews;
  private readonly pages: ResultPages;
  /** Single cells that a page does not carry whole. */
  readonly cells: ResultCells;

  private constructor(
    private readonly instance: Duckdb,
    private readonly writing: Connection,
    private readonly reading: Connection,
    private readonly places: RowPlaces,
    readonly tasks: ResultTasks,
  ) {
    this.tables = new ResultTables(writing, places);
    this.views = new ResultViews(this.tables, tasks, writing);
    this.pages = new ResultPages(reading, this.tables, this.views);
    this.cells = new ResultCells(this.pages);
  }

  /** Opens an empty store that spills to `folder` what is more than fits into its memory. */
  static async open(
    folder: string,
    emit: EngineEventSink,
    { memory = memoryLimit(), placesAfterMs = 500 }: StoreOptions = {},
  ): Promise<ResultStore> {
    const instance = await Duckdb.open({
      memory_limit: memory,
      temp_directory: folder,
      threads: "1",
      // Nothing is in a file: a checkpoint only costs time, and one that runs out of memory ends the whole instance.
      checkpoint_threshold: "1000TB",
      autoinstall_known_extensions: "false",
      autoload_known_extensions: "false",
      // A page of a view is a join with its rowids: measured on 10M rows, 350 ms without this and 50 ms with it.
      dynamic_or_filter_threshold: "4096",
    });
    return new ResultStore(
      instance,
      await instance.connect(),
      await instance.connect(),
      new RowPlaces(await instance.connect(), placesAfterMs),
      new ResultTasks(() => instance.connect(), emit),
    );
  }

  /** Begins a result. Throws when a column's type cannot be kept (an unnamed struct): ask `storable` which. */
  create(
    columns: readonly NewColumn[],
    text: TextSettings,
  ): Promise<ResultWriter> {
    return this.tables.create(columns, text);
  }

  /** For each column, whether its type can be kept. */
  storable(columns: readonly StoredColumn[]): Promise<boolean[]> {
    return this.tables.storable(columns);
  }

  /** While rows arrive: whoever has asked for some of them meanwhile is answered before more are added. */
  async giveWay(): Promise<void> {
    await turn();
    await this.pages.between(() => Promise.resolve());
  }

  /** Rows from `offset`, also while they are still arriving. */
  page(params: ResultRequests["page"]["params"]): Promise<ResultPage> {
    return this.pages.page(params);
  }

  /**
   * Runs work over the rows that there are by now, beside the pages, under the text settings of the result. Fails as
   * `resultGone`, or as `cancelled` when the task was cancelled.
   */
  over<T>(
    taskId: string,
    rows: ZonedRows,
    work: (task: RowsTask) => Promise<T>,
  ): Promise<T> {
    return this.on(taskId, rows, async (task) => {
      const relation = await task.wait(this.views.relation(rows));
      const isOther = (rows.timeZone ?? null) !== null;
      return work({ ...task, rows: isOther ? inZone(relation) : relation });
    });
  }

  /** The same without waiting for the rows' order. */
  on<T>(
    taskId: string,
    rows: ZonedRows,
    work: (task: ResultTask, source: RowSource) => Promise<T>,
  ): Promise<T> {
    return this.tasks.run(taskId, async (task) => {
      const { text } = this.tables.find(rows.resultId);
      const timeZone = rows.timeZone ?? text.timeZone;
      await setText(task.connection, { ...text, timeZone });
      return this.unlessGone(rows, work(task, this.views.source(rows)));
    });
  }

  /** Drops results and their views; an unknown id is not an error. */
  async release(ids: readonly string[]): Promise<void> {
    for (const id of ids) {
      await this.views.closeOf(id);
      await this.pages.between(() => this.tables.drop(id));
    }
  }

  /** Drops everything and removes what was spilled. */
  async close(): Promise<void> {
    await this.tasks.close();
    await this.release(this.tables.ids);
    await Promise.all([
      this.places.close(),
      this.reading.close(),
      this.writing.close(),
    ]);
    this.instance.close();
  }

  /** What was released while it was read failed for no other reason. */
  private async unlessGone<T>(rows: RowsRef, reading: Promise<T>): Promise<T> {
    try {
      return await reading;
    } catch (error) {
      this.views.check(rows);
      throw error;
    }
  }
}

/** The rows with the server's own texts in the connection's zone, too. */
function inZone(rows: ResultRelation): ResultRelation {
  const columns = rows.columns.map((column, index) => ({
    ...column,
    text: cellSql(index, column, true),
  }));
  return { ...rows, columns };
}
