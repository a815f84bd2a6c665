import type { Cell } from "../../core/results/result";
import type { CellRef } from "../../protocol/results";
import type { GridColumn, GridModel } from "./gridModel";

/** A cell that somebody wants to see whole. */
export interface OpenedCell {
  readonly at: CellRef;
  readonly column: GridColumn;
  /** What the grid has of it. */
  readonly text: Cell;
  /** Length of the whole, when the grid does not have all of it. */
  readonly length: number | null;
}

/** The cell that the keyboard is on; null while there is none, or its row is still fetched. */
export function focusedCell(model: GridModel): OpenedCell | null {
  const { selection, shown, rows } = model;
  if (selection === null || model.header !== null) return null;
  const { row, column: position } = selection.focus;
  const column = shown[position];
  const cells = rows.row(row);
  if (column === undefined || cells === null) return null;
  const { resultId, viewId } = rows;
  return {
    at: { resultId, viewId, row, column: column.place },
    column,
    text: cells[column.place] ?? null,
    length: rows.cuts(row)?.get(column.place) ?? null,
  };
}
