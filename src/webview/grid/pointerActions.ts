import type { ColumnCommands } from "./columnCommands";
import type { DragZone, GridPlaces, PointerPlace } from "./gridPlaces";
import { sizeOf } from "./gridModel";
import type { GridViewport } from "./gridViewport";
import type { PointerTarget } from "./pointer";
import type { CellPosition } from "./selection";
import { contains, moveTo, rangeOf } from "./selection";

/** What these need besides the viewport. */
export interface PointerHooks {
  /** The selection changed. */
  selected(): void;
  openCell(): void;
}

/** Carries out what the pointer does: selects cells, moves and resizes columns. */
export class PointerActions implements PointerTarget {
  constructor(
    private readonly viewport: GridViewport,
    private readonly places: GridPlaces,
    private readonly columns: ColumnCommands,
    private readonly hooks: PointerHooks,
  ) {}

  pressed(place: PointerPlace, extend: boolean): void {
    const { model } = this.viewport;
    if (model === null) return;
    model.header = null;
    if (place.zone === "corner") {
      const origin = { row: 0, column: 0 };
      const focus = model.selection?.focus ?? origin;
      model.selection = { kind: "all", anchor: origin, focus };
    } else if (place.zone === "body") {
      model.selection = moveTo(model.selection, place.cell, extend);
    } else {
      const kind = place.zone === "gutter" ? "rows" : "columns";
      const before = model.selection;
      const anchor =
        extend && before?.kind === kind ? before.anchor : place.cell;
      model.selection = { kind, anchor, focus: place.cell };
    }
    this.hooks.selected();
  }

  /** The menu of cells is about what is selected: the cell under the pointer, unless it already is. */
  pointed(place: PointerPlace & { readonly zone: DragZone }): void {
    const { model } = this.viewport;
    if (model === null) return;
    const { selection } = model;
    const isSelected =
      selection !== null &&
      contains(rangeOf(selection, sizeOf(model)), place.cell);
    if (!isSelected) this.pressed(place, false);
  }

  dragged(cell: CellPosition, zone: DragZone): void {
    const { model } = this.viewport;
    if (model?.selection == null) return;
    const { focus, anchor } = model.selection;
    if (focus.row === cell.row && focus.column === cell.column) return;
    const kind = (
      { body: "cells", gutter: "rows", header: "columns" } as const
    )[zone];
    model.selection = { kind, anchor, focus: cell };
    this.hooks.selected();
  }

  nudge(x: number, y: number): void {
    const { model } = this.viewport;
    if (model !== null) this.viewport.scrollTo(model.top + y, model.left + x);
  }

  isInBlock(position: number): boolean {
    const { from, to } = this.columns.block(position);
    return to - from > 1;
  }

  draggingColumns(position: number, x: number | null): void {
    const { surface } = this.viewport;
    if (x === null) {
      surface.showDrop(null);
      return;
    }
    const { gap, left } = this.places.gapAt(x);
    const { from, to } = this.columns.block(position);
    // At its own place it would stay.
    surface.showDrop(gap >= from && gap <= to ? -1 : left);
  }

  dropColumns(position: number, x: number): void {
    this.viewport.surface.showDrop(null);
    const { gap } = this.places.gapAt(x);
    this.columns.move(this.columns.block(position), gap);
  }

  columnWidth(position: number): number {
    return this.viewport.model?.layout?.width(position) ?? 0;
  }

  resizeColumn(position: number, width: number): void {
    this.columns.resize(position, width);
  }

  fitColumn(position: number): void {
    this.columns.fit(position);
  }

  openCell(): void {
    this.hooks.openCell();
  }
}

/** A cell that is cut off tells its text to the pointer that rests on it. */
export function tellWholeText(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement) || !target.classList.contains("cell")) {
    return;
  }
  const cut = target.scrollWidth > target.clientWidth;
  target.title = cut ? target.textContent : "";
}
