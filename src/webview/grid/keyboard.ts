import type { GridAction, GridKey, GridSituation } from "./gridKey";
import { headerAction } from "./headerKeyboard";
import type { CellPosition, Selection } from "./selection";
import { moveTo, within } from "./selection";

/** The action of a key, or null when the key is not the grid's. */
export function keyAction(key: GridKey, at: GridSituation): GridAction | null {
  if (at.size.columns === 0) return null;
  if (key.altKey) return columnKey(key);
  if (key.modKey && key.key.toLowerCase() === "c") {
    return at.selection === null
      ? null
      : { kind: "copy", headers: key.shiftKey };
  }
  if (key.modKey && !key.shiftKey && key.key.toLowerCase() === "g") {
    return at.size.rows === 0 ? null : { kind: "jump" };
  }
  if (at.header !== null) return headerAction(key, at, at.header);
  if (goesToHeader(key, at)) {
    const { column } = at.selection?.focus ?? at.origin;
    return { kind: "header", column, selection: at.selection };
  }
  if (at.size.rows === 0) return null;
  if (key.key === "Enter" && !key.modKey && !key.shiftKey) {
    return at.selection === null ? null : { kind: "open" };
  }
  const selection = wholes(key, at) ?? moved(key, at);
  return selection === null ? null : { kind: "select", selection };
}

function columnKey({ key, shiftKey, modKey }: GridKey): GridAction | null {
  if (modKey) return null;
  switch (key) {
    case "ArrowDown":
      return shiftKey ? null : { kind: "column", key: "menu" };
    case "ArrowLeft":
      return { kind: "column", key: shiftKey ? "narrower" : "moveLeft" };
    case "ArrowRight":
      return { kind: "column", key: shiftKey ? "wider" : "moveRight" };
    default:
      return null;
  }
}

/** Above the first row is the header; without rows it is all that there is. */
function goesToHeader(key: GridKey, at: GridSituation): boolean {
  if (key.shiftKey) return false;
  if (at.size.rows === 0) return key.key.startsWith("Arrow");
  return key.key === "ArrowUp" && at.selection?.focus.row === 0;
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
