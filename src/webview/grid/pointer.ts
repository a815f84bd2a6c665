import type { CellPosition } from "./selection";

/** Where a selection by dragging began. */
export type DragZone = "body" | "gutter" | "header";

/** Where the pointer is, in the grid's terms. */
export type PointerPlace =
  | { readonly zone: DragZone; readonly cell: CellPosition }
  | { readonly zone: "corner" };

/** What the pointer does to the grid. */
export interface PointerTarget {
  /** The place at a point of the window; null beside the cells. */
  placeAt(x: number, y: number): PointerPlace | null;
  /** The cell at a point of the window, or the nearest one in sight. */
  nearestCell(x: number, y: number): CellPosition;
  pressed(place: PointerPlace, extend: boolean): void;
  dragged(cell: CellPosition, zone: DragZone): void;
  /** Pixels by which a point lies outside the rows: the grid scrolls along. */
  overshoot(x: number, y: number): { readonly x: number; readonly y: number };
  nudge(x: number, y: number): void;
  columnWidth(column: number): number;
  resizeColumn(column: number, width: number): void;
  fitColumn(column: number): void;
}

/** Selects by click and drag, and resizes columns. */
export class GridPointer {
  #zone: DragZone | null = null;
  #grip: { column: number; startX: number; startWidth: number } | null = null;
  #point = { x: 0, y: 0 };
  #frame: number | null = null;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly target: PointerTarget,
  ) {
    scroller.addEventListener("pointerdown", (event) => {
      this.#down(event);
    });
    scroller.addEventListener("pointermove", (event) => {
      this.#move(event);
    });
    for (const end of ["pointerup", "pointercancel"] as const) {
      scroller.addEventListener(end, () => {
        this.#end();
      });
    }
    scroller.addEventListener("dblclick", (event) => {
      const grip = gripOf(event.target);
      if (grip !== null) target.fitColumn(grip);
    });
  }

  #down(event: PointerEvent): void {
    const place = this.target.placeAt(event.clientX, event.clientY);
    // Outside of every place is the scroll bar.
    if (place === null) return;
    const grip = gripOf(event.target);
    if (grip !== null && event.button === 0) {
      this.#grip = {
        column: grip,
        startX: event.clientX,
        startWidth: this.target.columnWidth(grip),
      };
    } else if (event.button === 0) {
      this.target.pressed(place, event.shiftKey);
      this.#zone = place.zone === "corner" ? null : place.zone;
    } else {
      return;
    }
    this.scroller.setPointerCapture(event.pointerId);
    this.scroller.focus({ preventScroll: true });
    event.preventDefault();
  }

  #move(event: PointerEvent): void {
    this.#point = { x: event.clientX, y: event.clientY };
    if (this.#grip !== null) {
      const { column, startX, startWidth } = this.#grip;
      this.target.resizeColumn(column, startWidth + event.clientX - startX);
      return;
    }
    if (this.#zone === null) return;
    this.#drag();
    this.#frame ??= requestAnimationFrame(() => {
      this.#autoScroll();
    });
  }

  #drag(): void {
    if (this.#zone === null) return;
    const { x, y } = this.#point;
    this.target.dragged(this.target.nearestCell(x, y), this.#zone);
  }

  /** While the pointer is held outside the rows, they move along. */
  #autoScroll(): void {
    this.#frame = null;
    if (this.#zone === null) return;
    const { x, y } = this.target.overshoot(this.#point.x, this.#point.y);
    const dx = this.#zone === "gutter" ? 0 : x;
    const dy = this.#zone === "header" ? 0 : y;
    if (dx === 0 && dy === 0) return;
    this.target.nudge(dx, dy);
    this.#drag();
    this.#frame = requestAnimationFrame(() => {
      this.#autoScroll();
    });
  }

  #end(): void {
    this.#zone = null;
    this.#grip = null;
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }
}

function gripOf(target: EventTarget | null): number | null {
  if (!(target instanceof HTMLElement)) return null;
  const grip = target.dataset["grip"];
  return grip === undefined ? null : Number(grip);
}
