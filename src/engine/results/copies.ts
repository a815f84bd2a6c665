import { CopyText } from "../../core/results/copy/copyText";
import { copyFormat } from "../../core/results/copy/copyFormat";
import {
  hasExactJson,
  copiedColumn,
} from "../../core/results/copy/copiedColumn";
import type { Cell } from "../../core/results/result";
import type { CopyFormat, ResultRequests } from "../../protocol/results";
import { areaOf, type AreaRows } from "./area";
import type { RelationColumn } from "./resultRelation";
import type { ResultStore, RowsTask } from "./resultStore";

/** Characters that a clipboard is given at most. */
const mostCharacters = 100_000_000;
/** Rows that are read at once; a page of a view costs about as much whatever its size. */
const mostRows = 16_384;
/** Characters of long values that are read at once, roughly. */
const pageCharacters = 16_000_000;

/** Cells as text for the clipboard: as many rows as there is place for. */
export function copyText(
  store: ResultStore,
  params: ResultRequests["copyText"]["params"],
  limit = mostCharacters,
): Promise<ResultRequests["copyText"]["result"]> {
  return store.over(params.taskId, params, async (task) => {
    const area = areaOf(task.rows, params);
    const format = copyFormat(
      params.format,
      area.columns.map(copiedColumn),
      params,
    );
    const text = new CopyText(format, limit);
    let at = area.columns.length === 0 ? area.toRow : area.fromRow;
    while (at < area.toRow && !text.isFull) {
      const to = await pageEnd(task, area, at);
      text.add(await page(task, area, at, to, params.format));
      at = to;
      task.progress(at - area.fromRow, area.toRow - area.fromRow);
      task.check();
    }
    return text.finish();
  });
}

/** Where a page that begins at `at` ends: earlier than usual when its values are long. */
async function pageEnd(
  { connection, rows }: RowsTask,
  { columns, toRow }: AreaRows,
  at: number,
): Promise<number> {
  const most = Math.min(
    toRow,
    at + Math.max(1, Math.floor(mostRows / Math.max(1, columns.length / 16))),
  );
  const long = columns.filter(isLong);
  if (long.length === 0) {
    return most;
  }
  const length = long
    .map(({ text }) => `coalesce(strlen(${text}), 0)`)
    .join(" + ");
  const [first] = await connection.rows(
    `SELECT (count(*) FILTER (WHERE so_far <= ${pageCharacters}))::VARCHAR FROM (` +
      `SELECT sum(${length}) OVER (ORDER BY pos ROWS UNBOUNDED PRECEDING) AS so_far ` +
      `FROM ${rows.from} WHERE pos >= ${at} AND pos < ${most})`,
  );
  return at + Math.max(1, Number(first?.[0] ?? 1));
}

/** True where a value may have any length. */
function isLong({ kind, storage }: RelationColumn): boolean {
  return (
    kind === "text" ||
    kind === "blob" ||
    kind === "json" ||
    kind === "other" ||
    storage === "VARCHAR"
  );
}

async function page(
  { connection, rows }: RowsTask,
  { columns }: AreaRows,
  from: number,
  to: number,
  format: CopyFormat,
): Promise<readonly (readonly Cell[])[]> {
  const cells = columns.map((column) =>
    format === "json" && hasExactJson(column)
      ? `to_json(${column.value})::VARCHAR`
      : column.text,
  );
  return connection.rows(
    `SELECT ${cells.join(", ")} FROM ${rows.from} WHERE pos >= ${from} AND pos < ${to} ORDER BY pos`,
  );
}
