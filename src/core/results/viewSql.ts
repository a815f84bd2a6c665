/** SQL of a view: which rows, and in which order. Columns are those of `columnSql`. */
import { viaductError } from "../errors/makeError";
import { columnSql, type KeptColumn } from "./columnSql";
import type { SortKey } from "./view";

/** Terms of ORDER BY. NULL comes last in either direction. */
export function orderTerms(
  columns: readonly KeptColumn[],
  sort: readonly SortKey[],
): string[] {
  return sort.map(({ column, descending }) => {
    const kept = columns[column];
    if (kept === undefined) {
      throw viaductError("unknown", `The result has no column ${column}.`);
    }
    const { order } = columnSql(column, kept);
    return `${order} ${descending ? "DESC" : "ASC"} NULLS LAST`;
  });
}
