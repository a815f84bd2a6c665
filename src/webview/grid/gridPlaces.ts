import { headerHeight } from "./gridSurface";
import type { GridViewport } from "./gridViewport";
import type { CellPosition } from "./selection";

/** Where a selection by dragging began. */
export type DragZone = "body" | "gutter" | "header";

/** Where the pointer is, in the grid's terms. */
export type PointerPlace =
  | { readonly zone: DragZone; readonly cell: CellPosition }
  | { readonly zone: "corner" };

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Finds cells by points of the window. */
export class GridPlaces {
  constructor(private readonly viewport: GridViewport) {}

  /** The place at a point of the window; null beside the cells. */
  placeAt(x: number, y: number): PointerPlace | null {
    const { model, frozen, bodyWidth, bodyHeight, rowHeight } = this.viewport;
    if (model?.layout == null || model.layout.count === 0) return null;
    const { layout, top, left } = model;
    const at = this.#inBody(x, y);
    if (at.x > bodyWidth || at.y > bodyHeight) return null;
    const rows = model.rows.rowCount;
    const row = Math.floor((at.y + top) / rowHeight);
    const cell = {
      row: Math.max(0, Math.min(rows - 1, row)),
      column: layout.atInView(at.x, left, frozen),
    };
    const isBeside = at.x + left >= layout.totalWidth;
    if (at.y < 0) {
      if (at.x < 0) return { zone: "corner" };
      return isBeside ? null : { zone: "header", cell };
    }
    if (row >= rows) return null;
    if (at.x < 0) return { zone: "gutter", cell };
    return isBeside ? null : { zone: "body", cell };
  }

  /** The cell at a point of the window, or the nearest one in sight. */
  nearestCell(x: number, y: number): CellPosition {
    const { model, frozen, bodyWidth, bodyHeight, rowHeight } = this.viewport;
    const at = this.#inBody(x, y);
    const inY = between(at.y, bodyHeight - 1);
    const lastRow = Math.max(0, (model?.rows.rowCount ?? 0) - 1);
    const row = Math.floor((inY + (model?.top ?? 0)) / rowHeight);
    const inX = between(at.x, bodyWidth - 1);
    return {
      row: Math.min(lastRow, row),
      column: model?.layout?.atInView(inX, model.left, frozen) ?? 0,
    };
  }

  /** The gap between columns that is nearest to a point, and where it is in pixels from the left of the view. */
  gapAt(x: number): { readonly gap: number; readonly left: number } {
    const { model, frozen, gutter, bodyWidth } = this.viewport;
    const layout = model?.layout;
    if (model === null || layout == null) return { gap: 0, left: gutter };
    const inX = between(this.#inBody(x, 0).x, bodyWidth - 1);
    const position = layout.atInView(inX, model.left, frozen);
    const shift = (of: number): number => (of < frozen ? 0 : model.left);
    const middle =
      layout.start(position) + layout.width(position) / 2 - shift(position);
    const gap = inX > middle ? position + 1 : position;
    const edge = layout.start(gap) - shift(position);
    return { gap, left: gutter + between(edge, bodyWidth) };
  }

  /** Pixels by which a point lies outside the rows: the grid scrolls along. */
  overshoot(x: number, y: number): Point {
    const at = this.#inBody(x, y);
    return {
      x: at.x - between(at.x, this.viewport.bodyWidth),
      y: at.y - between(at.y, this.viewport.bodyHeight),
    };
  }

  #inBody(x: number, y: number): Point {
    const { surface, gutter } = this.viewport;
    const box = surface.scroller.getBoundingClientRect();
    return { x: x - box.left - gutter, y: y - box.top - headerHeight };
  }
}

function between(value: number, max: number): number {
  return Math.min(Math.max(0, value), max);
}
