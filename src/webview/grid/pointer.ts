import type { DragZone, GridPlaces, PointerPlace } from "./gridPlaces";
import type { CellPosition } from "./selection";

/** What the pointer does to the grid. */
export interface PointerTarget {
  pressed(place: PointerPlace, extend: boolean): void;
  dragged(cell: CellPosition, zone: DragZone): void;
  nudge(x: number, y: number): void;
  /** True when the column is one of several that are selected as a whole. */
  isInBlock(position: number): boolean;
  /** Columns are being dragged to a place in the window; null: not any more. */
  draggingColumns(position: number, x: number | null): void;
  dropColumns(position: number, x: number): void;
  columnWidth(position: number): number;
  resizeColumn(position: number, width: number): void;
  fitColumn(position: number): void;
  openCell(): void;
}

type Gesture =
  | { readonly kind: "select"; readonly zone: DragZone }
  | {
      readonly kind: "resize";
      readonly position: number;
      readonly startX: number;
      readonly startWidth: number;
    }
  | {
      readonly kind: "columns";
      readonly place: PointerPlace & { readonly zone: DragZone };
      readonly startX: number;
      moved: boolean;
    };

/** A press that moves by fewer pixels than this is a click. */
const clickSlack = 4;

/** Selects by click and drag; moves and resizes columns. */
export class GridPointer {
  #gesture: Gesture | null = null;
  #point = { x: 0, y: 0 };
  #frame: number | null = null;

  constructor(
    private readonly scroller: HTMLElement,
    private readonly places: GridPlaces,
    private readonly target: PointerTarget,
  ) {
    scroller.addEventListener("pointerdown", (event) => {
      this.#down(event);
    });
    scroller.addEventListener("pointermove", (event) => {
      this.#move(event);
    });
    scroller.addEventListener("pointerup", (event) => {
      this.#up(event);
    });
    scroller.addEventListener("pointercancel", () => {
      this.cancel();
    });
    scroller.addEventListener("dblclick", (event) => {
      const { clientX, clientY } = event;
      // The event goes to the scroller, which has captured the pointer.
      const grip = gripOf(document.elementFromPoint(clientX, clientY));
      if (grip !== null) target.fitColumn(grip);
      else if (places.placeAt(clientX, clientY)?.zone === "body") {
        target.openCell();
      }
    });
  }

  /** Gives up what is under way; false when nothing is. */
  cancel(): boolean {
    const gesture = this.#gesture;
    this.#end();
    if (gesture?.kind !== "columns" || !gesture.moved) return false;
    this.target.draggingColumns(gesture.place.cell.column, null);
    return true;
  }

  #down(event: PointerEvent): void {
    const { clientX, clientY, button, shiftKey } = event;
    const place = this.places.placeAt(clientX, clientY);
    // Outside of every place is the scroll bar; a tool in the header is a button of its own.
    if (place === null || isTool(event.target)) return;
    const grip = gripOf(event.target);
    if (button === 0) {
      this.#gesture =
        grip === null
          ? this.#press(place, shiftKey, clientX)
          : {
              kind: "resize",
              position: grip,
              startX: clientX,
              startWidth: this.target.columnWidth(grip),
            };
    } else {
      return;
    }
    this.scroller.setPointerCapture(event.pointerId);
    this.scroller.focus({ preventScroll: true });
    event.preventDefault();
  }

  #press(place: PointerPlace, extend: boolean, x: number): Gesture | null {
    if (place.zone === "corner") {
      this.target.pressed(place, extend);
      return null;
    }
    const { zone } = place;
    if (zone !== "header" || extend) {
      this.target.pressed(place, extend);
      return { kind: "select", zone };
    }
    // Several columns are moved together: pressing one of them does not yet select it alone.
    if (!this.target.isInBlock(place.cell.column)) {
      this.target.pressed(place, false);
    }
    return { kind: "columns", place, startX: x, moved: false };
  }

  #move(event: PointerEvent): void {
    this.#point = { x: event.clientX, y: event.clientY };
    const gesture = this.#gesture;
    if (gesture === null) return;
    if (gesture.kind === "resize") {
      const { position, startX, startWidth } = gesture;
      this.target.resizeColumn(position, startWidth + event.clientX - startX);
      return;
    }
    if (gesture.kind === "columns" && !gesture.moved) {
      const distance = Math.abs(event.clientX - gesture.startX);
      if (distance < clickSlack) return;
      gesture.moved = true;
    }
    this.#drag(gesture);
    this.#frame ??= requestAnimationFrame(() => {
      this.#autoScroll();
    });
  }

  #drag(gesture: Gesture): void {
    const { x, y } = this.#point;
    if (gesture.kind === "columns") {
      this.target.draggingColumns(gesture.place.cell.column, x);
    } else if (gesture.kind === "select") {
      this.target.dragged(this.places.nearestCell(x, y), gesture.zone);
    }
  }

  /** While the pointer is held outside the rows, they move along. */
  #autoScroll(): void {
    this.#frame = null;
    const gesture = this.#gesture;
    if (gesture === null || gesture.kind === "resize") return;
    const zone = gesture.kind === "select" ? gesture.zone : "header";
    const { x, y } = this.places.overshoot(this.#point.x, this.#point.y);
    const dx = zone === "gutter" ? 0 : x;
    const dy = zone === "header" ? 0 : y;
    if (dx === 0 && dy === 0) return;
    this.target.nudge(dx, dy);
    this.#drag(gesture);
    this.#frame = requestAnimationFrame(() => {
      this.#autoScroll();
    });
  }

  #up({ clientX }: PointerEvent): void {
    const gesture = this.#gesture;
    this.#end();
    if (gesture?.kind !== "columns") return;
    const { place, moved } = gesture;
    if (moved) this.target.dropColumns(place.cell.column, clientX);
    else this.target.pressed(place, false);
  }

  #end(): void {
    this.#gesture = null;
    if (this.#frame !== null) cancelAnimationFrame(this.#frame);
    this.#frame = null;
  }
}

function gripOf(target: EventTarget | null): number | null {
  if (!(target instanceof HTMLElement)) return null;
  const grip = target.dataset["grip"];
  return grip === undefined ? null : Number(grip);
}

function isTool(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(".head-tool") !== null;
}
