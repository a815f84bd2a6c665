/** A rectangle of cells, columns by their place among those shown; `to…` is exclusive. */
export interface CellRange {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

/** A cell by row and column, from 0. */
export interface CellPosition {
  readonly row: number;
  readonly column: number;
}

/** Number of rows and columns that there are. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
}

/**
 * What is selected: the rectangle between the anchor and the focus; whole rows, whole columns or everything stay so
 * when rows arrive.
 */
export interface Selection {
  readonly kind: "cells" | "rows" | "columns" | "all";
  readonly anchor: CellPosition;
  /** The active cell. */
  readonly focus: CellPosition;
}

/** One cell. */
export function selectCell(focus: CellPosition): Selection {
  return { kind: "cells", anchor: focus, focus };
}

/** The rectangle of a selection within a grid. */
export function rangeOf(selection: Selection, size: GridSize): CellRange {
  const { kind, anchor, focus } = selection;
  const everyRow = kind === "columns" || kind === "all";
  const everyColumn = kind === "rows" || kind === "all";
  return {
    fromRow: everyRow ? 0 : Math.min(anchor.row, focus.row),
    toRow: everyRow
      ? size.rows
      : Math.min(size.rows, Math.max(anchor.row, focus.row) + 1),
    fromColumn: everyColumn ? 0 : Math.min(anchor.column, focus.column),
    toColumn: everyColumn
      ? size.columns
      : Math.min(size.columns, Math.max(anchor.column, focus.column) + 1),
  };
}

/** A position moved into the grid. */
export function within(position: CellPosition, size: GridSize): CellPosition {
  return {
    row: Math.max(0, Math.min(size.rows - 1, position.row)),
    column: Math.max(0, Math.min(size.columns - 1, position.column)),
  };
}

/** Moves the focus; the anchor stays when the selection is extended. */
export function moveTo(
  selection: Selection | null,
  focus: CellPosition,
  extend: boolean,
): Selection {
  if (!extend || selection === null) return selectCell(focus);
  const kind = selection.kind === "all" ? "cells" : selection.kind;
  return { kind, anchor: selection.anchor, focus };
}

/** True when a cell is in a rectangle. */
export function contains(range: CellRange, cell: CellPosition): boolean {
  return (
    cell.row >= range.fromRow &&
    cell.row < range.toRow &&
    cell.column >= range.fromColumn &&
    cell.column < range.toColumn
  );
}
