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
  /** The same for the rows of a range, which it finds sooner than a condition on `pos` does. */
  readonly range: (fromRow: number, toRow: number) => string;
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
    range: (fromRow, toRow) => {
      const to = Math.min(toRow, rowCount);
      return hasPlaces
        ? `(SELECT * RENAME (${placeColumn} AS pos) FROM ${table} WHERE ${placeColumn} >= ${fromRow} AND ${placeColumn} < ${to})`
        : `(SELECT rowid AS pos, * FROM ${table} ${rowids(fromRow, to)})`;
    },
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
    range: (fromRow, toRow) =>
      `(SELECT v.pos, r.* FROM (SELECT rowid AS pos, rid FROM ${view} ${rowids(fromRow, toRow)}) v JOIN ${table} r ON r.rowid = v.rid)`,
    rowCount,
    columns: relationColumns(columns),
  };
}

/**
 * Rows of a range as they are kept. DuckDB tests every rowid before them, and as often as there are conditions; with a
 * limit none behind them (the order of a table's rows is kept where there is one).
 */
function rowids(fromRow: number, toRow: number): string {
  return `WHERE rowid >= ${fromRow} LIMIT ${Math.max(0, toRow - fromRow)}`;
}

function relationColumns(columns: readonly KeptColumn[]): RelationColumn[] {
  return columns.map((column, index) => ({
    ...column,
    ...columnSql(index, column),
  }));
}
