import { make } from "../dom";
import type { GridColumn } from "./gridModel";
import type { RowContext } from "./rowView";

/** The header row: a name over a type for each column in sight, with a grip to resize it. */
export class HeaderView {
  readonly element = make("div", "head-strip");
  #version = -1;

  constructor() {
    this.element.setAttribute("role", "row");
    this.element.setAttribute("aria-rowindex", "1");
  }

  /** Shows the columns of a window. */
  bind(context: RowContext): void {
    const { columns, layout, window, range, version } = context;
    if (version === this.#version) return;
    this.#version = version;
    const base = layout.start(window.first);
    const cells: HTMLElement[] = [];
    for (let index = window.first; index < window.last; index += 1) {
      const column = columns[index];
      if (column === undefined) break;
      const cell = headerCell(column, index);
      cell.style.left = `${layout.start(index) - base}px`;
      cell.style.width = `${layout.width(index)}px`;
      const inRange =
        range !== null && index >= range.fromColumn && index < range.toColumn;
      cell.classList.toggle("in-selection", inRange);
      cells.push(cell);
    }
    this.element.replaceChildren(...cells);
  }
}

function headerCell(column: GridColumn, index: number): HTMLElement {
  const grip = make("div", "grip");
  grip.dataset["grip"] = String(index);
  const cell = make(
    "div",
    column.numeric ? "head-cell numeric" : "head-cell",
    make("span", "head-name", column.name === "" ? " " : column.name),
    make("span", "head-type", column.type),
    grip,
  );
  cell.setAttribute("role", "columnheader");
  cell.setAttribute("aria-colindex", String(index + 1));
  cell.title = `${column.name}: ${column.type}`;
  cell.dataset["column"] = String(index);
  return cell;
}
