import { CellStrip } from "./cellStrip";
import type { RowContext, RowData } from "./cellStrip";

/** One row's elements, used for different rows in turn. */
export class RowView {
  readonly element = rowElement();
  /** In its place, and in the page, while the row is to come in one of the next frames of a scroll. */
  readonly #coming = rowElement();
  readonly gutter = document.createElement("div");
  readonly #number = document.createTextNode("");
  /** Columns that stay at the left: moved against the layer that all rows move in. */
  readonly #frozen = document.createElement("div");
  readonly #frozenCells = new CellStrip(this.#frozen);
  readonly #cells = new CellStrip(this.element);
  #shown: HTMLElement | null = null;
  #top = -1;
  #numbered = -1;
  #inRange = false;
  #index = -1;
  #data: RowData["cells"] = null;
  #version = -1;
  #shift = "";

  constructor() {
    this.#frozen.className = "frozen-cells";
    this.#frozen.hidden = true;
    this.element.append(this.#frozen);
    this.#coming.setAttribute("aria-busy", "true");
    this.gutter.className = "gutter-cell";
    this.gutter.append(this.#number);
    this.element.hidden = this.gutter.hidden = true;
  }

  /** Whether it has these cells of this row. */
  has(index: number, cells: RowData["cells"]): boolean {
    return index === this.#index && cells === this.#data;
  }

  /** Shows a row at a place. */
  bind(row: RowData, top: number, context: RowContext): void {
    const { index, cells } = row;
    this.#show(this.element, row, top);
    if (this.has(index, cells) && context.version === this.#version) return;
    if (index !== this.#index) setRowIndex(this.element, index);
    if (cells === null) this.element.setAttribute("aria-busy", "true");
    else if (this.#data === null) this.element.removeAttribute("aria-busy");
    this.#index = index;
    this.#data = cells;
    this.#version = context.version;
    this.#bindCells(row, context);
  }

  /** Shows that there is a row, and nothing of it but its number. */
  announce(row: RowData, top: number): void {
    setRowIndex(this.#coming, row.index);
    this.#show(this.#coming, row, top);
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
    if (this.#shown === null) return;
    this.element.hidden = this.gutter.hidden = true;
    this.#coming.remove();
    this.#shown = null;
  }

  /** The element of a column when it is rendered. */
  cell(position: number): HTMLElement | null {
    return this.#frozenCells.cell(position) ?? this.#cells.cell(position);
  }

  /** The row whose cells are in sight; -1 for none. */
  get index(): number {
    return this.#shown === this.element ? this.#index : -1;
  }

  #show(element: HTMLElement, row: RowData, top: number): void {
    if (element !== this.#shown) {
      if (element === this.#coming) this.element.after(element);
      else this.#coming.remove();
      this.element.hidden = element !== this.element;
      this.gutter.hidden = false;
      this.#shown = element;
      this.#top = -1;
    }
    if (top !== this.#top) {
      this.#top = top;
      element.style.top = this.gutter.style.top = `${top}px`;
    }
    if (row.index !== this.#numbered) {
      this.#numbered = row.index;
      this.#number.data = String(row.index + 1);
    }
    if (row.inRange !== this.#inRange) {
      this.#inRange = row.inRange;
      this.gutter.classList.toggle("in-selection", row.inRange);
    }
  }

  #bindCells(row: RowData, context: RowContext): void {
    const { window, layout, frozen } = context;
    if (this.#frozen.hidden !== (frozen === 0)) {
      this.#frozen.hidden = frozen === 0;
    }
    if (frozen > 0) this.#frozen.style.width = `${layout.start(frozen)}px`;
    this.#frozenCells.bind(row, { first: 0, last: frozen }, context);
    this.#cells.bind(row, window, context);
  }
}

function rowElement(): HTMLElement {
  const element = document.createElement("div");
  element.className = "row";
  element.setAttribute("role", "row");
  return element;
}

function setRowIndex(row: HTMLElement, index: number): void {
  // Row 1 is the header.
  row.setAttribute("aria-rowindex", String(index + 2));
}
