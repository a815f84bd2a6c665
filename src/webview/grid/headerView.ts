import type { SortKey } from "../../core/results/view";
import { make } from "../dom";
import type { RowContext } from "./cellStrip";
import { HeaderCell } from "./headerCell";
import { typeText } from "./typeText";

/** What the header shows besides what the rows do. */
export interface HeaderContext extends RowContext {
  readonly sort: readonly SortKey[];
  /** Position of the column whose header the keyboard is on. */
  readonly activeHeader: number | null;
  readonly timeZone: string | null;
}

/** The header row: a cell for each column in sight. Cells stay with their columns, so that a press finds its end. */
export class HeaderView {
  readonly element = make("div", "head-strip");
  readonly #frozen = make("div", "frozen-cells");
  readonly #cells = new Map<number, HeaderCell>();
  #frozenWidth = 0;
  #version = -1;

  constructor() {
    this.element.setAttribute("role", "row");
    this.element.setAttribute("aria-rowindex", "1");
    this.element.append(this.#frozen);
  }

  /** Shows frozen columns and those of a window. */
  bind(context: HeaderContext): void {
    const { columns, layout, window, frozen, version } = context;
    if (version === this.#version) return;
    this.#version = version;
    const base = layout.start(window.first);
    this.#frozen.hidden = frozen === 0;
    this.#frozenWidth = layout.start(frozen);
    this.#frozen.style.width = `${this.#frozenWidth}px`;
    const kept = [
      ...columns.slice(0, frozen),
      ...columns.slice(window.first, window.last),
    ];
    this.#removeOthers(new Set(kept.map(({ place }) => place)));
    kept.forEach(({ place }, at) => {
      const isFrozen = at < frozen;
      const position = isFrozen ? at : window.first + at - frozen;
      const cell = this.#cell(place);
      this.#put(cell.element, at, frozen);
      this.#show(cell, position, isFrozen ? null : base, context);
    });
  }

  /** Keeps the frozen columns where they are while the others pass: `x` is where the strip stands. */
  hold(x: number): void {
    this.#frozen.style.transform = `translateX(${(-x).toFixed(2)}px)`;
    for (const cell of this.#cells.values())
      cell.keepInSight(this.#frozenWidth - x);
  }

  /** The header of the column with this place in the result, when it is rendered. */
  cell(place: number): HTMLElement | null {
    return this.#cells.get(place)?.element ?? null;
  }

  #cell(place: number): HeaderCell {
    let cell = this.#cells.get(place);
    if (cell === undefined) this.#cells.set(place, (cell = new HeaderCell()));
    return cell;
  }

  /** Puts an element where it is on the screen, for who reads them in order; one that is there keeps a press on it. */
  #put(element: HTMLElement, at: number, frozen: number): void {
    const isFrozen = at < frozen;
    const parent = isFrozen ? this.#frozen : this.element;
    // Before the columns of the window there are the frozen ones, in an element of theirs.
    const there = parent.children.item(isFrozen ? at : at - frozen + 1);
    if (there !== element) parent.insertBefore(element, there);
  }

  #removeOthers(kept: ReadonlySet<number>): void {
    for (const [place, cell] of this.#cells) {
      if (kept.has(place)) continue;
      cell.element.remove();
      this.#cells.delete(place);
    }
  }

  #show(
    cell: HeaderCell,
    position: number,
    /** Where the window begins; null for a frozen column. */
    base: number | null,
    context: HeaderContext,
  ): void {
    const { columns, layout, range: selected, sort, timeZone } = context;
    const column = columns[position];
    if (column === undefined) return;
    cell.bind({
      column,
      position,
      left: layout.start(position) - (base ?? 0),
      width: layout.width(position),
      frozen: base === null,
      selected:
        selected !== null &&
        position >= selected.fromColumn &&
        position < selected.toColumn,
      active: context.activeHeader === position,
      sort,
      type: typeText(column.type, timeZone),
    });
  }
}
