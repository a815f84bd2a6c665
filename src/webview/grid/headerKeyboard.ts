import type { GridAction, GridKey, GridSituation } from "./gridKey";
import type { Selection } from "./selection";

/** The action of a key while the keyboard is on a column's header. */
export function headerAction(
  key: GridKey,
  at: GridSituation,
  column: number,
): GridAction | null {
  const to = target(key, at.size.columns, column);
  if (to !== null) {
    const selection = key.shiftKey ? columns(at, column, to) : at.selection;
    return { kind: "header", column: to, selection };
  }
  switch (key.key) {
    case "ArrowDown":
    case "PageDown":
      return at.size.rows === 0 ? null : { kind: "cells" };
    case "Enter":
      return { kind: "column", key: key.shiftKey ? "addSort" : "sort" };
    case "Escape":
      return { kind: "column", key: "clearSort" };
    case "ContextMenu":
      return { kind: "column", key: "menu" };
    case "F10":
      return key.shiftKey ? { kind: "column", key: "menu" } : null;
    case " ":
      return { kind: "header", column, selection: columns(at, column, column) };
    case "a":
      return key.modKey ? all(at, column) : null;
    default:
      return null;
  }
}

function target(
  { key, modKey }: GridKey,
  count: number,
  column: number,
): number | null {
  const last = count - 1;
  switch (key) {
    case "ArrowLeft":
      return modKey ? 0 : Math.max(0, column - 1);
    case "ArrowRight":
      return modKey ? last : Math.min(last, column + 1);
    case "Home":
      return 0;
    case "End":
      return last;
    default:
      return null;
  }
}

/** Whole columns from where a selection of columns began, or from the one that the keyboard is on. */
function columns(at: GridSituation, from: number, to: number): Selection {
  const { row } = at.selection?.focus ?? at.origin;
  const began = from !== to && at.selection?.kind === "columns";
  const anchor = began ? at.selection.anchor : { row, column: from };
  return { kind: "columns", anchor, focus: { row, column: to } };
}

function all(at: GridSituation, column: number): GridAction {
  const { row } = at.selection?.focus ?? at.origin;
  const anchor = { row: 0, column: 0 };
  const selection = { kind: "all", anchor, focus: { row, column } } as const;
  return { kind: "header", column, selection };
}
