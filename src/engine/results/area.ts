import { viaductError } from "../../core/errors/makeError";
import type { CellArea } from "../../protocol/results";
import type { RelationColumn, ResultRelation } from "./resultRelation";

/** The rows and columns of an area that there really are. */
export interface AreaRows {
  readonly fromRow: number;
  readonly toRow: number;
  readonly columns: readonly RelationColumn[];
}

/** Rows beyond the end are left out; a column that is not there is an error. */
export function areaOf(rows: ResultRelation, area: CellArea): AreaRows {
  const fromRow = Math.max(0, Math.trunc(area.fromRow));
  const toRow = Math.min(rows.rowCount, Math.trunc(area.toRow));
  return {
    fromRow,
    toRow: Math.max(fromRow, toRow),
    columns: area.columns.map((index) => columnAt(rows, index)),
  };
}

/** The column at a place. */
export function columnAt(rows: ResultRelation, index: number): RelationColumn {
  const column = rows.columns[index];
  if (column === undefined) {
    throw viaductError("unknown", `The result has no column ${index}.`);
  }
  return column;
}
