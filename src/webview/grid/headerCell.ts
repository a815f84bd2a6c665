import { visibleText } from "../../core/results/formatText";
import type { SortKey } from "../../core/results/view";
import { make, setAttributes, setText } from "../dom";
import { icon } from "../icons";
import type { GridColumn } from "./gridModel";

/** Characters of a name that a header has; its tooltip has all of them. */
const longestName = 300;
/** Padding before the text, as in the style sheet, and what of a column is too narrow to read a name in, in pixels. */
const padding = 9;
const unreadable = 48;

/** What can be pressed in a header cell. */
export type HeaderTool = "sort" | "menu" | "exact";

/** How one column's header looks. */
export interface HeaderState {
  readonly column: GridColumn;
  readonly position: number;
  readonly left: number;
  readonly width: number;
  readonly frozen: boolean;
  readonly selected: boolean;
  readonly active: boolean;
  readonly sort: readonly SortKey[];
  /** As `typeText` has it. */
  readonly type: string;
}

/** A column's header: a name over a type, marks, and on hover what can be done with the column. */
export class HeaderCell {
  readonly element = make("div", "head-cell");
  readonly #name = make("span", "head-name");
  readonly #type = make("span", "head-type");
  readonly #exactMark = icon("warning");
  readonly #exact = tool("exact", this.#exactMark);
  readonly #order = make("span", "sort-order");
  readonly #arrow = icon("sort");
  readonly #sort = tool("sort", this.#arrow, this.#order);
  readonly #menu = tool("menu", icon("chevron"));
  readonly #grip = make("div", "grip");
  #shown: HeaderState | null = null;
  #covered = 0;

  constructor() {
    this.element.setAttribute("role", "columnheader");
    this.element.append(
      make("span", "head-text", this.#name, this.#type),
      make("span", "head-tools", this.#exact, this.#sort, this.#menu),
      this.#grip,
    );
  }

  /** Shows a column. */
  bind(state: HeaderState): void {
    const { style, dataset } = this.element;
    style.left = `${state.left}px`;
    style.width = `${state.width}px`;
    const position = String(state.position);
    dataset["position"] = this.#grip.dataset["grip"] = position;
    const { column, active, selected } = state;
    if (column !== this.#shown?.column) this.#showName(column);
    this.#showType(state);
    const key = state.sort.findIndex((each) => each.column === column.place);
    this.#showSort(state.sort[key] ?? null, key, state.sort.length);
    const classes = ["head-cell"];
    if (column.numeric) classes.push("numeric");
    if (selected) classes.push("in-selection");
    if (active) classes.push("active");
    if (key >= 0) classes.push("sorted");
    const className = classes.join(" ");
    if (this.element.className !== className) {
      this.element.className = className;
    }
    setAttributes(this.element, {
      "aria-colindex": String(state.position + 1),
      "aria-selected": selected ? "true" : null,
      id: active ? headerId(state.position) : null,
    });
    this.#shown = state;
  }

  /** Keeps the text of a wide column in sight: what is left of a place in the strip is covered. */
  keepInSight(from: number): void {
    if (this.#shown === null) return;
    const { left, width, frozen } = this.#shown;
    const most = frozen ? 0 : Math.max(0, width - unreadable);
    const covered = Math.min(Math.max(0, from - left), most);
    if (covered === this.#covered) return;
    this.#covered = covered;
    this.element.style.paddingLeft =
      covered === 0 ? "" : `${padding + covered}px`;
  }

  #showName(column: GridColumn): void {
    const { name } = column;
    setText(this.#name, name === "" ? " " : visibleText(name, longestName));
    const called = name === "" ? "the column without a name" : name;
    setAttributes(this.#sort, { "aria-label": `Sort by ${called}` });
    setAttributes(this.#menu, { "aria-label": `Menu of ${called}` });
    this.#showExactness(column, called);
  }

  /** Values that have changed are told apart from those that nobody has looked through. */
  #showExactness(column: GridColumn, called: string): void {
    const note = exactnessNote(column);
    const isChanged = column.inexact !== undefined;
    this.#exact.hidden = note === null;
    this.#exact.classList.toggle("unchecked", !isChanged);
    this.#exactMark.replaceChildren(
      ...icon(isChanged ? "warning" : "info").childNodes,
    );
    setAttributes(this.#exact, {
      title: note,
      "aria-label": isChanged
        ? `${called} may not be exact`
        : `${called} was not checked for changed values`,
    });
    setAttributes(this.element, { "aria-description": note });
  }

  #showType({ column, type }: HeaderState): void {
    setText(this.#type, type);
    const title = `${column.name}: ${type}`;
    setAttributes(this.element, { title });
  }

  #showSort(key: SortKey | null, at: number, keys: number): void {
    const name = key === null ? "sort" : key.descending ? "sortDown" : "sortUp";
    this.#arrow.replaceChildren(...icon(name).childNodes);
    setText(this.#order, key !== null && keys > 1 ? String(at + 1) : "");
    const direction = key?.descending === true ? "descending" : "ascending";
    const label = this.#label();
    setAttributes(this.element, {
      "aria-sort": key === null ? null : direction,
      "aria-label":
        key !== null && keys > 1
          ? `${label}, sort key ${at + 1} of ${keys}`
          : label,
    });
    this.#sort.title =
      key === null
        ? "Sort (with Shift: as a further key)"
        : key.descending
          ? "Sorted descending: press for the original order"
          : "Sorted ascending: press for descending";
  }

  /** Name and type, without what the buttons are called. */
  #label(): string {
    const name = this.#name.textContent.trim();
    return `${name === "" ? "no name" : name}, ${this.#type.textContent}`;
  }
}

/** What is to be known about a column's exactness, in one sentence; null for nothing. */
export function exactnessNote({
  inexact,
  caution,
}: Pick<GridColumn, "inexact" | "caution">): string | null {
  return inexact ?? caution ?? null;
}

/** Id of the header that the keyboard is on. */
export function headerId(position: number): string {
  return `head-${position}`;
}

/** A button for the pointer: the keyboard has keys of its own for each. */
function tool(name: HeaderTool, ...children: Node[]): HTMLButtonElement {
  const button = make("button", `head-tool tool-${name}`, ...children);
  button.type = "button";
  button.tabIndex = -1;
  button.dataset["tool"] = name;
  return button;
}
