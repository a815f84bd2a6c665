import {
  columnSql,
  type ColumnSql,
  type KeptColumn,
} from "../../core/results/columnSql";
import { placeColumn } from "./rowPlaces";

/** One column of a relation: what it is, and the SQL over it. */
export interface RelationColumn extends KeptColumn, ColumnSql {}

/** Rows of a result, or of a view of it, as SQL: what searches, statistics, copies and exports read from. */
export interface ResultRelation {
  /**
   * A FROM item without an alias: columns `c0`, `c1`, … and `pos`, the row's place from 0. It has no order of its own:
   * `ORDER BY pos` where order counts.
   */
  readonly from: string;
  /** Rows at the time of asking: more may arrive while a statement runs. */
  readonly rowCount: number;
  readonly columns: readonly RelationColumn[];
}

/** A FROM item of the first rows of a table as they came: the columns, and `pos`, the row's place from 0. */
export function keptRows(
  table: string,
  rowCount: number,
  /** Whether the table has the column of places, which finds rows faster. */
  hasPlaces = false,
): string {
  // More rows may arrive at any time: whoever reads twice is to see the same ones.
  return hasPlaces
    ? `(SELECT * RENAME (${placeColumn} AS pos) FROM ${table} WHERE ${placeColumn} < ${rowCount})`
    : `(SELECT rowid AS pos, * FROM ${table} WHERE rowid < ${rowCount})`;
}

/** All rows of a table as they came. */
export function wholeRelation(
  table: string,
  columns: readonly KeptColumn[],
  rowCount: number,
  hasPlaces = false,
): ResultRelation {
  return {
    from: keptRows(table, rowCount, hasPlaces),
    rowCount,
    columns: relationColumns(columns),
  };
}

/** Rows of a table in the order of a view: a table whose column `rid` has the rowids, in the view's order. */
export function viewRelation(
  table: string,
  view: string,
  columns: readonly KeptColumn[],
  rowCount: number,
): ResultRelation {
  return {
    from: `(SELECT v.rowid AS pos, r.* FROM ${view} v JOIN ${table} r ON r.rowid = v.rid)`,
    rowCount,
    columns: relationColumns(columns),
  };
}

function relationColumns(columns: readonly KeptColumn[]): RelationColumn[] {
  return columns.map((column, index) => ({
    ...column,
    ...columnSql(index, column),
  }));
}
