import {
  cellSql,
  cutText,
  lengthSql,
  mayBeLong,
  pageCellLimit,
  startSql,
} from "../../core/results/cellSql";
import type { KeptColumn } from "../../core/results/columnSql";
import type { Cell, ResultPage } from "../../core/results/result";
import type { ResultRequests, RowsRef } from "../../protocol/results";
import type { Connection } from "../duckdb";
import { Serial } from "../serial";
import type { ResultRelation } from "./resultRelation";
import { setText, type ResultTables, type TextSettings } from "./resultTables";
import type { ResultViews } from "./resultViews";

/** Rows of one place, and the connection on which they are read. */
export interface Reading {
  readonly connection: Connection;
  readonly rows: ResultRelation;
  /** Whether the server's texts are to be in the connection's zone. */
  readonly inZone: boolean;
}

/** Reads rows, one request after another, as texts. */
export class ResultPages {
  private readonly queue = new Serial();
  private applied: TextSettings | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly tables: ResultTables,
    private readonly views: ResultViews,
  ) {}

  /** Rows from `offset`, also while they are still arriving. */
  page({
    resultId,
    viewId = null,
    offset,
    limit,
    timeZone = null,
  }: ResultRequests["page"]["params"]): Promise<ResultPage> {
    const start = Math.max(0, Math.trunc(offset));
    const end = start + Math.max(0, Math.trunc(limit));
    return this.read({ resultId, viewId }, end, timeZone, async (reading) => ({
      offset: start,
      ...(await pageOf(reading, start, end)),
    }));
  }

  /** Reads from rows of which those before `end` are wanted, in a time zone; null for the one of the run. */
  async read<T>(
    ref: RowsRef,
    end: number,
    timeZone: string | null,
    read: (reading: Reading) => Promise<T>,
  ): Promise<T> {
    // Before the queue: an order that is still being made holds up nobody else.
    const rows = await this.views.relation(ref, end);
    return this.queue.run(async () => {
      try {
        const { text, places } = this.tables.find(ref.resultId, end);
        places.noteRead();
        await this.apply(timeZone === null ? text : { ...text, timeZone });
        const { connection } = this;
        return await read({ connection, rows, inZone: timeZone !== null });
      } catch (error) {
        // What was released meanwhile failed for no other reason.
        this.views.check(ref);
        throw error;
      }
    });
  }

  /** Does something while nothing is read. */
  between<T>(work: () => Promise<T>): Promise<T> {
    return this.queue.run(work);
  }

  private async apply(text: TextSettings): Promise<void> {
    if (
      this.applied?.timeZone !== text.timeZone ||
      this.applied.calendar !== text.calendar
    ) {
      this.applied = undefined;
      await setText(this.connection, text);
      this.applied = text;
    }
  }
}

async function pageOf(
  { connection, rows: { range, columns }, inZone }: Reading,
  start: number,
  end: number,
): Promise<Pick<ResultPage, "rows" | "cut">> {
  const texts = columns.map((column, index) => cellSql(index, column, inZone));
  const select = (cells: readonly string[]): Promise<Cell[][]> =>
    connection.rows(
      `SELECT ${cells.join(", ")} FROM ${range(start, end)} ORDER BY pos`,
    );
  const rows = await select(
    columns.map((column: KeptColumn, index) => {
      const text = texts[index] ?? "";
      return mayBeLong(column) ? startSql(text) : text;
    }),
  );
  const long = [...texts.keys()].filter((index) =>
    rows.some((row) => isLong(row[index])),
  );
  if (long.length === 0) {
    return { rows };
  }
  const lengths = await select(
    long.map((index) => `${lengthSql(texts[index] ?? "")}::VARCHAR`),
  );
  const cut: [number, number, number][] = [];
  rows.forEach((row, at) => {
    long.forEach((index, place) => {
      const cell = row[index];
      if (isLong(cell)) {
        row[index] = cutText(cell);
        cut.push([at, index, Number(lengths[at]?.[place])]);
      }
    });
  });
  return { rows, cut };
}

function isLong(cell: Cell | undefined): cell is string {
  return typeof cell === "string" && cell.length > pageCellLimit;
}
