import { visibleText } from "../../core/results/formatText";
import type { Cell } from "../../core/results/result";
import type { ColumnLayout, ColumnWindow } from "./columnLayout";
import type { GridColumn } from "./gridModel";
import type { CellPosition, CellRange } from "./selection";

/** Characters of a cell that are put into the page; the whole text is one copy away. */
const shownCharacters = 600;

/** What all rows of one rendering share. */
export interface RowContext {
  readonly columns: readonly GridColumn[];
  readonly layout: ColumnLayout;
  readonly window: ColumnWindow;
  readonly range: CellRange | null;
  readonly active: CellPosition | null;
  /** Changes with columns, widths and selection: a row of an older one is bound again. */
  readonly version: number;
}

interface CellView {
  readonly element: HTMLElement;
  readonly text: Text;
  column: number;
  className: string;
  selected: boolean;
}

/** One row's elements, used for different rows in turn. */
export class RowView {
  readonly element = document.createElement("div");
  readonly gutter = document.createElement("div");
  readonly #gutterText = document.createTextNode("");
  readonly #cells: CellView[] = [];
  #index = -1;
  #data: readonly Cell[] | null = null;
  #version = -1;
  #top = -1;
  #hidden = false;

  constructor() {
    this.element.className = "row";
    this.element.setAttribute("role", "row");
    this.gutter.className = "gutter-cell";
    this.gutter.append(this.#gutterText);
  }

  /** Shows a row at a place; null data is a row that is still fetched. */
  bind(
    index: number,
    data: readonly Cell[] | null,
    top: number,
    context: RowContext,
  ): void {
    this.#show(true);
    if (top !== this.#top) {
      this.#top = top;
      this.element.style.top = this.gutter.style.top = `${top}px`;
    }
    const same = index === this.#index && data === this.#data;
    if (same && context.version === this.#version) return;
    if (index !== this.#index) this.#setIndex(index);
    if (data === null) this.element.setAttribute("aria-busy", "true");
    else if (this.#data === null) this.element.removeAttribute("aria-busy");
    this.#index = index;
    this.#data = data;
    this.#version = context.version;
    this.#bindCells(context);
  }

  /** Takes the row out of sight. */
  hide(): void {
    this.#show(false);
  }

  /** The element of a column when it is rendered. */
  cell(column: number): HTMLElement | null {
    return this.#cells.find((cell) => cell.column === column)?.element ?? null;
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
    this.element.classList.toggle("odd", index % 2 === 1);
  }

  #bindCells(context: RowContext): void {
    const { first, last } = context.window;
    const { range, active } = context;
    const inRows =
      range !== null &&
      this.#index >= range.fromRow &&
      this.#index < range.toRow;
    this.gutter.classList.toggle("in-selection", inRows);
    const base = context.layout.start(first);
    for (let column = first; column < last; column += 1) {
      const view = this.#cellView(column - first);
      this.#place(view, column, base, context.layout);
      const selected =
        inRows && column >= range.fromColumn && column < range.toColumn;
      const isActive = active?.row === this.#index && active.column === column;
      this.#fill(view, context.columns[column]?.numeric === true, isActive);
      if (view.selected !== selected) {
        view.selected = selected;
        view.element.setAttribute("aria-selected", String(selected));
      }
    }
    while (this.#cells.length > last - first) {
      this.#cells.pop()?.element.remove();
    }
  }

  #cellView(slot: number): CellView {
    const existing = this.#cells[slot];
    if (existing !== undefined) return existing;
    const element = document.createElement("div");
    element.setAttribute("role", "gridcell");
    element.setAttribute("aria-selected", "false");
    const text = document.createTextNode("");
    element.append(text);
    this.element.append(element);
    const view = { element, text, column: -1, className: "", selected: false };
    this.#cells.push(view);
    return view;
  }

  #place(view: CellView, column: number, base: number, layout: ColumnLayout) {
    const style = view.element.style;
    style.left = `${layout.start(column) - base}px`;
    style.width = `${layout.width(column)}px`;
    if (view.column === column) return;
    view.column = column;
    view.element.setAttribute("aria-colindex", String(column + 1));
  }

  #fill(view: CellView, numeric: boolean, isActive: boolean): void {
    const cell = this.#data === null ? "" : (this.#data[view.column] ?? null);
    const text = cell === null ? "NULL" : visibleText(cell, shownCharacters);
    if (view.text.data !== text) view.text.data = text;
    let className = "cell";
    if (this.#data === null) className += " pending";
    else if (cell === null) className += " null";
    if (numeric) className += " numeric";
    if (isActive) className += " active";
    if (view.className !== className) {
      view.className = view.element.className = className;
    }
    const id = isActive ? cellId(this.#index, view.column) : "";
    if (view.element.id !== id) view.element.id = id;
  }
}

/** Id of a cell's element while it is the active one. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}
