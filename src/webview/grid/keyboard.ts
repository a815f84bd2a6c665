import type { CellPosition, GridSize, Selection } from "./selection";
import { moveTo, within } from "./selection";

/** What a key asks of the grid. */
export type GridAction =
  | { readonly kind: "select"; readonly selection: Selection }
  | { readonly kind: "copy"; readonly headers: boolean };

/** The parts of a keyboard event that count. */
export interface GridKey {
  readonly key: string;
  readonly shiftKey: boolean;
  /** Control, or Command on a Mac. */
  readonly modKey: boolean;
  readonly altKey: boolean;
}

/** Where the keyboard stands. */
export interface GridSituation {
  readonly size: GridSize;
  readonly selection: Selection | null;
  /** Rows that fit the view: what PageUp and PageDown move by. */
  readonly pageRows: number;
  /** First visible cell: where the keyboard starts without a selection. */
  readonly origin: CellPosition;
}

/** The action of a key, or null when the key is not the grid's. */
export function keyAction(key: GridKey, at: GridSituation): GridAction | null {
  if (at.size.columns === 0 || key.altKey) return null;
  if (key.modKey && key.key.toLowerCase() === "c") {
    return at.selection === null
      ? null
      : { kind: "copy", headers: key.shiftKey };
  }
  if (at.size.rows === 0) return null;
  const selection = wholes(key, at) ?? moved(key, at);
  return selection === null ? null : { kind: "select", selection };
}

function wholes(key: GridKey, at: GridSituation): Selection | null {
  const focus = at.selection?.focus ?? at.origin;
  if (key.modKey && !key.shiftKey && key.key.toLowerCase() === "a") {
    return { kind: "all", anchor: { row: 0, column: 0 }, focus };
  }
  if (key.key === " " && key.shiftKey && !key.modKey) {
    return { kind: "rows", anchor: focus, focus };
  }
  if (key.key === " " && key.modKey && !key.shiftKey) {
    return { kind: "columns", anchor: focus, focus };
  }
  if (key.key === "Escape" && at.selection !== null) {
    return moveTo(null, focus, false);
  }
  return null;
}

function moved(key: GridKey, at: GridSituation): Selection | null {
  const from = at.selection?.focus;
  const isMove = target(key, at.origin, at) !== null;
  if (!isMove) return null;
  // The first key shows where the keyboard is; Ctrl+Home and the like already name a place.
  if (from === undefined && key.key.startsWith("Arrow") && !key.modKey) {
    return moveTo(null, at.origin, false);
  }
  const to = target(key, from ?? at.origin, at);
  if (to === null) return null;
  return moveTo(at.selection, within(to, at.size), key.shiftKey);
}

function target(
  key: GridKey,
  { row, column }: CellPosition,
  { size, pageRows }: GridSituation,
): CellPosition | null {
  const lastRow = size.rows - 1;
  const lastColumn = size.columns - 1;
  switch (key.key) {
    case "ArrowUp":
      return { row: key.modKey ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: key.modKey ? lastRow : row + 1, column };
    case "ArrowLeft":
      return { row, column: key.modKey ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: key.modKey ? lastColumn : column + 1 };
    case "PageUp":
      return { row: row - pageRows, column };
    case "PageDown":
      return { row: row + pageRows, column };
    case "Home":
      return { row: key.modKey ? 0 : row, column: 0 };
    case "End":
      return { row: key.modKey ? lastRow : row, column: lastColumn };
    default:
      return null;
  }
}
