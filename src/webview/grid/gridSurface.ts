import { make, setAttributes } from "../dom";
import { HeaderView } from "./headerView";
import type { RowContext, RowData } from "./cellStrip";
import { cellId } from "./cellStrip";
import type { GridModel } from "./gridModel";
import { headerId } from "./headerCell";
import { RowView } from "./rowView";
import type { RowStore } from "./rowStore";
import type { CellPosition } from "./selection";

/** Height of the header row in pixels, as in the style sheet. */
export const headerHeight = 40;

/** Which rows to draw and where, in pixels. */
export interface Drawing {
  readonly firstRow: number;
  /** Exclusive. */
  readonly lastRow: number;
  readonly top: number;
  readonly left: number;
  readonly rowHeight: number;
  /** The first rows are the ones that come into sight. */
  readonly upwards: boolean;
  /** How many rows that are not drawn yet are drawn at most; the others are announced. */
  readonly atMost: number;
}

/**
 * The elements of the grid. The view is pinned in the scroller, and rows are moved by small offsets inside it: Chrome
 * writes large translations with six digits, and rows would land in the wrong place.
 */
export class GridSurface {
  readonly scroller = make("div", "scroller");
  readonly header = new HeaderView();
  readonly corner = make("div", "corner");
  readonly gutterClip = make("div", "gutter-clip");
  readonly bodyClip = make("div", "body-clip");
  readonly #spacer = make("div", "spacer");
  readonly #view = make("div", "view");
  readonly #gutterLayer = make("div", "layer");
  readonly #bodyLayer = make("div", "layer");
  readonly #headClip: HTMLElement;
  readonly #dropLine = make("div", "drop-line");
  readonly #rows: RowView[] = [];

  constructor() {
    this.#headClip = make("div", "head-clip", this.header.element);
    this.#headClip.setAttribute("role", "rowgroup");
    this.bodyClip.setAttribute("role", "rowgroup");
    this.gutterClip.setAttribute("aria-hidden", "true");
    this.corner.setAttribute("aria-hidden", "true");
    setAttributes(this.scroller, {
      role: "grid",
      tabindex: "0",
      "aria-multiselectable": "true",
      "aria-readonly": "true",
      "data-vscode-context": JSON.stringify({
        webviewSection: "viaductGrid",
        preventDefaultContextMenuItems: true,
      }),
    });
    this.gutterClip.append(this.#gutterLayer);
    this.bodyClip.append(this.#bodyLayer);
    this.#view.append(
      this.#headClip,
      this.bodyClip,
      this.gutterClip,
      this.corner,
      this.#dropLine,
    );
    this.#dropLine.hidden = true;
    this.#spacer.append(this.#view);
    this.scroller.append(this.#spacer);
  }

  /** Sizes of the scrolled area and of the view pinned in it. */
  layOut(
    spacer: { readonly width: number; readonly height: number },
    view: { readonly width: number; readonly height: number },
    gutterWidth: number,
  ): void {
    this.#spacer.style.width = `${spacer.width}px`;
    this.#spacer.style.height = `${spacer.height}px`;
    this.#view.style.width = `${view.width}px`;
    this.#view.style.height = `${view.height}px`;
    const { style } = this.scroller;
    style.setProperty("--gutter", `${gutterWidth}px`);
    style.setProperty("--columns", `${spacer.width - gutterWidth}px`);
  }

  /** Draws rows, and says how many of them were not drawn before. */
  draw(drawing: Drawing, rows: RowStore, context: RowContext): number {
    const { firstRow, lastRow, rowHeight, upwards, atMost } = drawing;
    const count = lastRow - firstRow;
    this.#grow(count);
    // A row's place among the others depends on its element alone, or nearly so: it is small and rarely written.
    const base = firstRow - (firstRow % Math.max(1, this.#rows.length));
    const used = new Set<RowView>();
    let drawn = 0;
    for (let at = 0; at < count; at += 1) {
      // Rows that come into sight stay there longest: they are the first to be drawn.
      const index = upwards ? firstRow + at : lastRow - 1 - at;
      const view = this.#rows[index % this.#rows.length];
      if (view === undefined) break;
      used.add(view);
      const row = rowOf(index, rows, context);
      const top = (index - base) * rowHeight;
      const isNew = !view.has(index, row.cells);
      // Rows that are not here yet would take the room of others.
      const room = row.cells === null && atMost < Infinity ? 0 : atMost;
      if (isNew && drawn >= room) view.announce(row, top);
      else view.bind(row, top, context);
      if (isNew && drawn < room) drawn += 1;
    }
    const y = base * rowHeight - drawing.top;
    const x = context.layout.start(context.window.first) - drawing.left;
    for (const view of this.#rows) {
      if (used.has(view)) view.hold(x);
      else view.hide();
    }
    this.header.hold(x);
    this.#gutterLayer.style.transform = `translateY(${y.toFixed(2)}px)`;
    this.#bodyLayer.style.transform = `translate(${x.toFixed(2)}px, ${y.toFixed(2)}px)`;
    this.header.element.style.transform = `translateX(${x.toFixed(2)}px)`;
    return drawn;
  }

  /** The element of a cell when it is rendered. */
  cell(row: number, column: number): HTMLElement | null {
    const view = this.#rows.find(({ index }) => index === row);
    return view?.cell(column) ?? null;
  }

  /** Shows where dragged columns would go, in pixels from the left; -1 where they would stay, null when none are. */
  showDrop(left: number | null): void {
    this.#dropLine.hidden = left === null || left < 0;
    this.#dropLine.style.left = `${left ?? 0}px`;
    this.scroller.classList.toggle("moving-columns", left !== null);
  }

  /** Says which cell, or which column's header, the keyboard is on. */
  tellActive({ header, shown }: GridModel, cell: CellPosition | null): void {
    const place = header === null ? undefined : shown[header]?.place;
    let id: string | null = null;
    if (header !== null && place !== undefined) {
      id = this.header.cell(place) === null ? null : headerId(header);
    } else if (cell !== null) {
      const { row, column } = cell;
      id = this.cell(row, column) === null ? null : cellId(row, column);
    }
    setAttributes(this.scroller, { "aria-activedescendant": id });
  }

  #grow(count: number): void {
    while (this.#rows.length < count) {
      const view = new RowView();
      this.#rows.push(view);
      this.#bodyLayer.append(view.element);
      this.#gutterLayer.append(view.gutter);
    }
  }
}

function rowOf(index: number, rows: RowStore, { range }: RowContext): RowData {
  const inRange =
    range !== null && index >= range.fromRow && index < range.toRow;
  return { index, cells: rows.row(index), cuts: rows.cuts(index), inRange };
}
