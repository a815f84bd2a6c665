import { CellStrip } from "./cellStrip";
import type { RowContext, RowData } from "./cellStrip";

/** One row's elements, used for different rows in turn. */
export class RowView {
  readonly element = document.createElement("div");
  readonly gutter = document.createElement("div");
  readonly #gutterText = document.createTextNode("");
  /** Columns that stay at the left: moved against the layer that all rows move in. */
  readonly #frozen = document.createElement("div");
  readonly #frozenCells = new CellStrip(this.#frozen);
  readonly #cells = new CellStrip(this.element);
  #index = -1;
  #data: RowData["cells"] = null;
  #version = -1;
  #top = -1;
  #shift = "";
  #hidden = false;

  constructor() {
    this.element.className = "row";
    this.element.setAttribute("role", "row");
    this.#frozen.className = "frozen-cells";
    this.#frozen.hidden = true;
    this.element.append(this.#frozen);
    this.gutter.className = "gutter-cell";
    this.gutter.append(this.#gutterText);
  }

  /** Shows a row at a place. */
  bind(row: Omit<RowData, "inRange">, top: number, context: RowContext): void {
    this.#show(true);
    if (top !== this.#top) {
      this.#top = top;
      this.element.style.top = this.gutter.style.top = `${top}px`;
    }
    const { index, cells } = row;
    const same = index === this.#index && cells === this.#data;
    if (same && context.version === this.#version) return;
    if (index !== this.#index) this.#setIndex(index);
    if (cells === null) this.element.setAttribute("aria-busy", "true");
    else if (this.#data === null) this.element.removeAttribute("aria-busy");
    this.#index = index;
    this.#data = cells;
    this.#version = context.version;
    this.#bindCells(row, context);
  }

  /** Keeps the frozen columns where they are while the others pass: `x` is where the layer stands. */
  hold(x: number): void {
    if (this.#frozen.hidden) return;
    const shift = `translateX(${(-x).toFixed(2)}px)`;
    if (shift === this.#shift) return;
    this.#shift = shift;
    this.#frozen.style.transform = shift;
  }

  /** Takes the row out of sight. */
  hide(): void {
    this.#show(false);
  }

  /** The element of a column when it is rendered. */
  cell(position: number): HTMLElement | null {
    return this.#frozenCells.cell(position) ?? this.#cells.cell(position);
  }

  get index(): number {
    return this.#hidden ? -1 : this.#index;
  }

  #show(shown: boolean): void {
    if (this.#hidden === !shown) return;
    this.#hidden = !shown;
    this.element.hidden = this.gutter.hidden = !shown;
  }

  #setIndex(index: number): void {
    // Row 1 is the header.
    this.element.setAttribute("aria-rowindex", String(index + 2));
    this.#gutterText.data = String(index + 1);
  }

  #bindCells(given: Omit<RowData, "inRange">, context: RowContext): void {
    const { range, window, layout, frozen } = context;
    const { index } = given;
    const inRange =
      range !== null && index >= range.fromRow && index < range.toRow;
    const row = { ...given, inRange };
    this.gutter.classList.toggle("in-selection", inRange);
    if (this.#frozen.hidden !== (frozen === 0)) {
      this.#frozen.hidden = frozen === 0;
    }
    if (frozen > 0) this.#frozen.style.width = `${layout.start(frozen)}px`;
    this.#frozenCells.bind(row, { first: 0, last: frozen }, context);
    this.#cells.bind(row, window, context);
  }
}
