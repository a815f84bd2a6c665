import type { CopyFormatName } from "../../../core/results/copy/rowFormat";
import { hasExactJson } from "../../../core/results/copy/copiedColumn";
import type { Cell } from "../../../core/results/result";
import type { RelationColumn } from "../resultRelation";
import type { RowsTask } from "../resultStore";
import { rowBatches, type OrderedRows } from "./rowBatches";

/** Some rows as a copy format is fed with them; `to` is the row after the last of them. */
export interface CellBatch {
  readonly rows: readonly (readonly Cell[])[];
  readonly to: number;
}

/** Cells as the texts that a copy format writes, some rows at a time. */
export async function* cellBatches(
  { connection }: Pick<RowsTask, "connection">,
  ordered: OrderedRows,
  columns: readonly RelationColumn[],
  format: CopyFormatName,
): AsyncGenerator<CellBatch, void, undefined> {
  const cells = columns.map((column) =>
    format === "json" && hasExactJson(column)
      ? `to_json(${column.value})::VARCHAR`
      : column.text,
  );
  const batches = rowBatches({ connection }, ordered, columns);
  for await (const { from, to } of batches) {
    const rows = await connection.rows(
      `SELECT ${cells.join(", ")} FROM ${ordered.from} WHERE pos >= ${from} AND pos < ${to} ORDER BY pos`,
    );
    yield { rows, to };
  }
}
