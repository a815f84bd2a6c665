import type { CellArea } from "../../protocol/results";
import type { GridModel } from "./gridModel";
import { headerHeight } from "./gridSurface";
import { GridViewport } from "./gridViewport";
import { keyAction } from "./keyboard";
import type { DragZone, PointerPlace, PointerTarget } from "./pointer";
import { GridPointer } from "./pointer";
import type { CellPosition, GridSize } from "./selection";
import { moveTo, rangeOf } from "./selection";

/** What the grid tells the page. */
export interface GridListener {
  copy(area: CellArea, headers: boolean): void;
  /** The selection, or the place in the rows, changed. */
  moved(): void;
}

/** A key press and the browser's own copy event within this many milliseconds are one copy. */
const copyEchoMs = 500;

/** A virtual grid over rows that are fetched on demand: `<viaduct-grid>`. */
export class GridElement extends HTMLElement implements PointerTarget {
  readonly #viewport: GridViewport;
  #copiedAt = -Infinity;

  constructor(private readonly listener: GridListener) {
    super();
    this.#viewport = new GridViewport(() => {
      this.listener.moved();
    });
    const { scroller } = this.#viewport.surface;
    scroller.addEventListener("keydown", (event) => {
      this.#key(event);
    });
    scroller.addEventListener("pointerover", (event) => {
      tellWholeText(event.target);
    });
    new GridPointer(scroller, this);
  }

  connectedCallback(): void {
    this.append(this.#viewport.surface.scroller);
    document.addEventListener("copy", this.#copied);
  }

  disconnectedCallback(): void {
    document.removeEventListener("copy", this.#copied);
  }

  /** Shows a result where it was left. */
  show(model: GridModel): void {
    this.#viewport.show(model);
  }

  /** Draws after rows arrived; the first ones give the columns their widths. */
  rowsArrived(): void {
    if (this.#viewport.model?.measuredRows === false) this.#viewport.refresh();
    else this.#viewport.draw();
  }

  /** What is selected: rows as they are shown, columns of the result in the order shown. */
  selectedArea(): CellArea | null {
    const model = this.#viewport.model;
    if (model?.selection == null) return null;
    const range = rangeOf(model.selection, sizeOf(model));
    const { fromRow, toRow, fromColumn, toColumn } = range;
    return {
      resultId: model.rows.resultId,
      viewId: null,
      fromRow,
      toRow,
      columns: Array.from(
        { length: toColumn - fromColumn },
        (_, at) => fromColumn + at,
      ),
    };
  }

  placeAt(x: number, y: number): PointerPlace | null {
    const model = this.#viewport.model;
    if (model?.layout == null || model.layout.count === 0) return null;
    const box = this.#viewport.surface.scroller.getBoundingClientRect();
    const inX = x - box.left - this.#viewport.gutter;
    const inY = y - box.top - headerHeight;
    if (inX > this.#viewport.bodyWidth || inY > this.#viewport.bodyHeight) {
      return null;
    }
    const rows = model.rows.rowCount;
    const row = Math.floor((inY + model.top) / this.#viewport.rowHeight);
    const cell = {
      row: Math.max(0, Math.min(rows - 1, row)),
      column: model.layout.at(inX + model.left),
    };
    if (inY < 0 && inX < 0) return { zone: "corner" };
    if (inY < 0) return { zone: "header", cell };
    if (row >= rows) return null;
    if (inX < 0) return { zone: "gutter", cell };
    return inX + model.left < model.layout.totalWidth
      ? { zone: "body", cell }
      : null;
  }

  nearestCell(x: number, y: number): CellPosition {
    const box = this.#viewport.surface.scroller.getBoundingClientRect();
    const { bodyWidth, bodyHeight, gutter, model, rowHeight } = this.#viewport;
    const inX = between(x - box.left - gutter, bodyWidth - 1);
    const inY = between(y - box.top - headerHeight, bodyHeight - 1);
    const lastRow = Math.max(0, (model?.rows.rowCount ?? 0) - 1);
    const row = Math.floor((inY + (model?.top ?? 0)) / rowHeight);
    return {
      row: Math.min(lastRow, row),
      column: model?.layout?.at(inX + model.left) ?? 0,
    };
  }

  pressed(place: PointerPlace, extend: boolean): void {
    const model = this.#viewport.model;
    if (model === null || model.rows.rowCount === 0) return;
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
    this.#selected(null);
  }

  dragged(cell: CellPosition, zone: DragZone): void {
    const model = this.#viewport.model;
    if (model?.selection == null) return;
    const { focus, anchor } = model.selection;
    if (focus.row === cell.row && focus.column === cell.column) return;
    const kind = (
      { body: "cells", gutter: "rows", header: "columns" } as const
    )[zone];
    model.selection = { kind, anchor, focus: cell };
    this.#selected(null);
  }

  overshoot(x: number, y: number): { x: number; y: number } {
    const box = this.#viewport.surface.scroller.getBoundingClientRect();
    const inX = x - box.left - this.#viewport.gutter;
    const inY = y - box.top - headerHeight;
    return {
      x: inX - between(inX, this.#viewport.bodyWidth),
      y: inY - between(inY, this.#viewport.bodyHeight),
    };
  }

  nudge(x: number, y: number): void {
    const model = this.#viewport.model;
    if (model !== null) this.#viewport.scrollTo(model.top + y, model.left + x);
  }

  columnWidth(column: number): number {
    return this.#viewport.model?.layout?.width(column) ?? 0;
  }

  resizeColumn(column: number, width: number): void {
    this.#viewport.model?.layout?.resize(column, width);
    this.#viewport.refresh();
  }

  fitColumn(column: number): void {
    this.#viewport.fitColumn(column);
  }

  #key(event: KeyboardEvent): void {
    const model = this.#viewport.model;
    if (model?.layout == null) return;
    const { key, shiftKey, altKey } = event;
    const modKey = event.ctrlKey || event.metaKey;
    const action = keyAction(
      { key, shiftKey, altKey, modKey },
      {
        size: sizeOf(model),
        selection: model.selection,
        pageRows: this.#viewport.pageRows,
        origin: {
          row: this.#viewport.firstRow,
          column: model.layout.at(model.left),
        },
      },
    );
    if (action === null) return;
    event.preventDefault();
    if (action.kind === "copy") {
      this.#copiedAt = event.timeStamp;
      this.#copy(action.headers);
      return;
    }
    model.selection = action.selection;
    this.#selected(action.selection.focus);
  }

  #selected(reveal: CellPosition | null): void {
    const model = this.#viewport.model;
    if (model === null) return;
    if (reveal === null) this.#viewport.redraw();
    else this.#viewport.reveal(reveal);
    this.listener.moved();
  }

  /** The menu's Copy raises this event alone; the keys raise it too, after they were handled. */
  readonly #copied = (event: ClipboardEvent): void => {
    if (!this.contains(document.activeElement)) return;
    event.preventDefault();
    if (event.timeStamp - this.#copiedAt > copyEchoMs) this.#copy(false);
  };

  #copy(headers: boolean): void {
    const area = this.selectedArea();
    if (area !== null) this.listener.copy(area, headers);
  }
}

function sizeOf(model: GridModel): GridSize {
  return { rows: model.rows.rowCount, columns: model.columns.length };
}

function between(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}

/** A cell that is cut off tells its text to the pointer that rests on it. */
function tellWholeText(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement) || !target.classList.contains("cell")) {
    return;
  }
  const cut = target.scrollWidth > target.clientWidth;
  target.title = cut ? target.textContent : "";
}
