import { visibleText } from "../../core/results/formatText";
import type { Cell } from "../../core/results/result";
import { count } from "../texts";
import type { ColumnLayout, ColumnWindow } from "./columnLayout";
import type { GridColumn } from "./gridModel";
import type { CellMarks } from "./marks";
import type { RowCuts } from "./rowStore";
import type { CellPosition, CellRange } from "./selection";
import type { TextRoom } from "./textRoom";

/** Characters of a cell that are put into the page; the whole text is one copy away. */
const shownCharacters = 600;

/** What all rows of one rendering share. */
export interface RowContext {
  /** The columns shown, in their order. */
  readonly columns: readonly GridColumn[];
  readonly layout: ColumnLayout;
  readonly window: ColumnWindow;
  /** How many columns stay at the left, before the window. */
  readonly frozen: number;
  readonly range: CellRange | null;
  readonly active: CellPosition | null;
  readonly marks: CellMarks;
  readonly room: TextRoom;
  /** Changes with columns, widths, selection and marks: a row of an older one is bound again. */
  readonly version: number;
}

/** One row's data: null cells while it is fetched. */
export interface RowData {
  readonly index: number;
  readonly cells: readonly Cell[] | null;
  readonly cuts: RowCuts | undefined;
  readonly inRange: boolean;
}

/** A cell's element and what it shows: compared here, as asking the page costs more than what is asked. */
interface CellView {
  readonly element: HTMLElement;
  readonly text: Text;
  shown: string;
  position: number;
  width: number;
  className: string;
  selected: boolean;
  /** Length that is told of a cut cell; 0 for a whole one. */
  length: number;
  difference: ReturnType<CellMarks["differenceOf"]>;
}

/** The cells of consecutive columns in one row, used for different rows in turn. */
export class CellStrip {
  readonly #cells: CellView[] = [];

  constructor(private readonly parent: HTMLElement) {}

  /** Shows a row's cells in columns that follow one another from the parent's left. */
  bind(row: RowData, { first, last }: ColumnWindow, context: RowContext): void {
    const { range, active, layout } = context;
    this.#turn(first, last);
    for (let position = first; position < last; position += 1) {
      const view = this.#cellView(position - first);
      place(view, position, layout.width(position));
      const isActive = active?.row === row.index && active.column === position;
      fill(view, row, context, isActive);
      const selected =
        row.inRange &&
        range !== null &&
        position >= range.fromColumn &&
        position < range.toColumn;
      if (view.selected !== selected) {
        view.selected = selected;
        view.element.setAttribute("aria-selected", String(selected));
      }
    }
    while (this.#cells.length > last - first) {
      this.#cells.pop()?.element.remove();
    }
  }

  /** The element of a column when it is here. */
  cell(position: number): HTMLElement | null {
    const cell = this.#cells.find((each) => each.position === position);
    return cell?.element ?? null;
  }

  /** Cells that stay in sight keep their columns: those that went out at one end come in at the other. */
  #turn(first: number, last: number): void {
    const cells = this.#cells;
    const by = first - (cells[0]?.position ?? first);
    if (Math.abs(by) >= cells.length) return;
    const gone = by > 0 ? cells.splice(0, by) : [];
    this.parent.append(...gone.map(({ element }) => element));
    cells.push(...gone);
    for (let missing = by; missing < 0; missing += 1) {
      const isGone = (cells.at(-1)?.position ?? last) >= last;
      const cell = (isGone ? cells.pop() : undefined) ?? newCell();
      cells[0]?.element.before(cell.element);
      cells.unshift(cell);
    }
  }

  #cellView(slot: number): CellView {
    const existing = this.#cells[slot];
    if (existing !== undefined) return existing;
    const view = newCell();
    this.parent.append(view.element);
    this.#cells.push(view);
    return view;
  }
}

function newCell(): CellView {
  const element = document.createElement("div");
  element.setAttribute("role", "gridcell");
  element.setAttribute("aria-selected", "false");
  const text = document.createTextNode("");
  element.append(text);
  return {
    element,
    text,
    shown: "",
    position: -1,
    width: -1,
    className: "",
    selected: false,
    length: 0,
    difference: "",
  };
}

function place(view: CellView, position: number, width: number): void {
  if (view.width !== width) {
    view.width = width;
    view.element.style.width = `${width}px`;
  }
  if (view.position === position) return;
  view.position = position;
  view.element.setAttribute("aria-colindex", String(position + 1));
}

function fill(
  view: CellView,
  { index, cells, cuts }: RowData,
  { columns, marks, room }: RowContext,
  isActive: boolean,
): void {
  const column = columns[view.position];
  const at = column?.place ?? -1;
  const cell = cells === null ? "" : (cells[at] ?? null);
  const length = cuts?.get(at) ?? 0;
  const shown = cell === null ? "NULL" : visibleText(cell, shownCharacters);
  const text = length > 0 && !shown.endsWith("…") ? `${shown}…` : shown;
  if (view.shown !== text) view.shown = view.text.data = text;
  let className = "cell";
  if (cell === null) className += " null";
  if (column?.numeric === true) className += " numeric";
  if (room.isClipped(view.position, text)) className += " clipped";
  if (length > 0) className += " cut";
  if (isActive) className += " active";
  const difference = marks.size > 0 ? marks.differenceOf(index, at) : "";
  if (marks.size > 0) className += marks.classOf(index, at) + difference;
  if (view.className !== className) {
    view.className = view.element.className = className;
  }
  const id = isActive ? cellId(index, view.position) : "";
  if (view.element.id !== id) view.element.id = id;
  if (length !== view.length || difference !== view.difference)
    tell(view, length, difference);
}

/** A cell that came cut says how long it is, one that differs that it does, to eyes and to ears. */
function tell(
  view: CellView,
  length: number,
  difference: CellView["difference"],
): void {
  const { element } = view;
  view.length = length;
  view.difference = difference;
  const told = [
    ...(length === 0 ? [] : [`cut: ${count(length)} characters in all`]),
    ...(difference === "" ? [] : [differenceTexts[difference]]),
  ];
  if (length === 0) delete element.dataset["length"];
  else element.dataset["length"] = shortLength(length);
  if (told.length === 0) element.removeAttribute("aria-description");
  else element.setAttribute("aria-description", told.join("; "));
}

const differenceTexts = {
  " differs": "differs from the other result",
  " only-here": "not in the other result",
} as const;

function shortLength(length: number): string {
  if (length < 1_000) return String(length);
  return length < 999_500
    ? `${Math.round(length / 1_000)} k`
    : `${(length / 1_000_000).toFixed(1)} M`;
}

/** Id of a cell's element while it is the active one. */
export function cellId(row: number, column: number): string {
  return `cell-${row}-${column}`;
}
