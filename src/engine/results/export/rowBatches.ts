import type { RelationColumn } from "../resultRelation";
import type { RowsTask } from "../resultStore";
import { Steps } from "../steps";
import type { AreaRows } from "../area";

/** Some consecutive rows of what is exported; `to` is exclusive. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Rows that are read at once. */
const mostRows = 16_384;
/** Cells that are read at once: whoever makes texts of them holds up everybody else meanwhile. */
const mostCells = 100_000;
/** Bytes of long values that are read at once, roughly. */
const mostBytes = 16_000_000;

/** What is exported, in the order wanted: a FROM item with the columns and `pos`, cheap to read from by ranges of `pos`. */
export interface OrderedRows {
  readonly from: string;
  readonly range: RowRange;
}

/** The table that a view's rows are put in order in: of the task's connection alone. */
const orderedTable = "viaduct_ordered";

/**
 * Rows in their order. Those of a view are put in that order once: each range of a sorted view is spread over the whole
 * result.
 */
export async function inOrder(
  task: RowsTask,
  area: AreaRows,
  isView: boolean,
): Promise<OrderedRows> {
  const { rows } = task;
  const { fromRow, toRow } = area;
  if (!isView) {
    return { from: rows.from, range: { from: fromRow, to: toRow } };
  }
  const columns = [...new Set(area.columns.map(({ value }) => value))];
  task.dropAfterwards(orderedTable);
  await new Steps(task, { rows: toRow - fromRow, count: 1 }).run(
    `CREATE OR REPLACE TEMP TABLE ${orderedTable} AS SELECT ${["pos", ...columns].join(", ")} FROM ${rows.from} ` +
      `WHERE pos >= ${fromRow} AND pos < ${toRow} ORDER BY pos`,
  );
  return {
    from: `(SELECT * REPLACE (rowid AS pos) FROM temp.main.${orderedTable})`,
    range: { from: 0, to: toRow - fromRow },
  };
}

/** The ranges of rows to read one after the other: fewer rows where values are long. */
export async function* rowBatches(
  { connection }: Pick<RowsTask, "connection">,
  { from, range }: OrderedRows,
  columns: readonly RelationColumn[],
  /** Texts that are made of each row. */
  texts = columns.length,
): AsyncGenerator<RowRange, void, undefined> {
  const most = Math.max(
    1,
    Math.min(mostRows, Math.floor(mostCells / Math.max(1, texts))),
  );
  const lengths = columns
    .filter(mayBeLong)
    .map(({ text }) => `coalesce(strlen(${text}), 0)`);
  for (let at = range.from; at < range.to;) {
    const end = Math.min(range.to, at + most);
    const to = lengths.length === 0 ? end : await fitting(at, end);
    yield { from: at, to };
    at = to;
  }

  /** As many rows as fit, at least one. */
  async function fitting(at: number, end: number): Promise<number> {
    const rows = `FROM ${from} WHERE pos >= ${at} AND pos < ${end}`;
    const length = `list_sum([${lengths.join(", ")}])`;
    const [sum] = await connection.rows(
      `SELECT coalesce(sum(${length}), 0)::VARCHAR ${rows}`,
    );
    if (Number(sum?.[0] ?? 0) <= mostBytes) {
      return end;
    }
    const [count] = await connection.rows(
      `SELECT (count(*) FILTER (WHERE so_far <= ${mostBytes}))::VARCHAR FROM ` +
        `(SELECT sum(${length}) OVER (ORDER BY pos ROWS UNBOUNDED PRECEDING) AS so_far ${rows})`,
    );
    return at + Math.max(1, Number(count?.[0] ?? 1));
  }
}

/** True where a value may have any length. */
function mayBeLong({ kind, storage }: RelationColumn): boolean {
  return (
    storage === "VARCHAR" ||
    kind === "text" ||
    kind === "blob" ||
    kind === "json" ||
    kind === "other"
  );
}
