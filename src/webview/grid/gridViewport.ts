import { setAttributes } from "../dom";
import { ColumnFit } from "./columnFit";
import type { GridModel } from "./gridModel";
import { GridSurface, headerHeight } from "./gridSurface";
import { CellMarks } from "./marks";
import { ScrollFrames } from "./scrollFrames";
import { ScrollScale } from "./scrollScale";
import { rangeOf } from "./selection";
import { TextRoom } from "./textRoom";

/** Frames of a scroll for which rows are fetched before they are needed: about as long as fetching them takes. */
const framesAhead = 6;

/** Where the grid stands over the rows: measures, scrolls and draws one model. */
export class GridViewport {
  readonly surface = new GridSurface();
  readonly #fit = new ColumnFit(this.surface.bodyClip);
  #model: GridModel | null = null;
  #scale = new ScrollScale(0, 0);
  #size = { width: 0, height: 0 };
  #gutter = 0;
  #rowHeight = 22;
  #version = 0;
  #windowKey = "";
  #marks = new CellMarks();
  #room: TextRoom | null = null;
  readonly #frames = new ScrollFrames((atMost) => this.#draw(atMost));
  #upwards = false;
  /** Rows that will be passed soon when the scroll goes on as it does. */
  #ahead = 0;
  /** Position of the scroll bar as last seen or set. */
  #physical = 0;

  constructor(private readonly onMoved: () => void) {
    const { scroller } = this.surface;
    scroller.addEventListener("scroll", () => {
      this.#scrolled();
    });
    scroller.addEventListener("scrollend", () => {
      this.#settle();
    });
  }

  get model(): GridModel | null {
    return this.#model;
  }

  get gutter(): number {
    return this.#gutter;
  }

  get rowHeight(): number {
    return this.#rowHeight;
  }

  get bodyHeight(): number {
    return Math.max(0, this.#size.height - headerHeight);
  }

  get bodyWidth(): number {
    return Math.max(0, this.#size.width - this.#gutter);
  }

  /** Whole rows that fit. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.bodyHeight / this.#rowHeight));
  }

  /** The first row that is wholly in sight. */
  get firstRow(): number {
    return Math.ceil((this.#model?.top ?? 0) / this.#rowHeight);
  }

  /** How many columns stay at the left: as many as were asked for, unless they would leave no room. */
  get frozen(): number {
    const { layout, arrangement } = this.#model ?? {};
    return layout?.frozenWithin(this.bodyWidth, arrangement?.frozen ?? 0) ?? 0;
  }

  /** Rows that are at least partly in sight; `toRow` is exclusive. */
  get rowsInSight(): { readonly fromRow: number; readonly toRow: number } {
    const model = this.#model;
    if (model === null) return { fromRow: 0, toRow: 0 };
    const fromRow = Math.floor(model.top / this.#rowHeight);
    const toRow = Math.ceil((model.top + this.bodyHeight) / this.#rowHeight);
    return { fromRow, toRow: Math.min(model.rows.rowCount, toRow) };
  }

  /** What is marked. */
  get marks(): CellMarks {
    return this.#marks;
  }

  /** Marks cells. */
  mark(marks: CellMarks): void {
    this.#marks = marks;
    this.#version += 1;
    this.draw();
  }

  /** Shows a result where it was left. */
  show(model: GridModel): void {
    if (this.#model !== model) {
      this.#model?.rows.rest();
      this.#marks = new CellMarks();
    }
    this.#model = model;
    this.refresh();
  }

  /** Lays out again and draws: rows were added, widths or the size changed. */
  refresh(): void {
    const model = this.#model;
    const { scroller } = this.surface;
    // Out of sight there is nothing to measure by, and the place in the rows would be lost.
    if (model === null || scroller.clientHeight === 0) return;
    this.#rowHeight = rowHeightOf(scroller);
    const layout = this.#fit.layoutOf(model);
    this.#room = new TextRoom(layout, this.#fit.letterWidth);
    const rowCount = model.rows.rowCount;
    setAttributes(scroller, {
      "aria-rowcount": String(rowCount + 1),
      "aria-colcount": String(layout.count),
      "aria-label": model.label,
    });
    const content = rowCount * this.#rowHeight;
    this.#gutter = 16 + Math.max(2, String(rowCount).length) * 8;
    this.#layOut(
      this.#gutter + layout.totalWidth,
      new ScrollScale(content, 0).spacer,
    );
    this.#scale = new ScrollScale(content, this.bodyHeight);
    this.#version += 1;
    this.scrollTo(model.top, model.left);
  }

  /** Moves to a place in the rows, in pixels, and draws. */
  scrollTo(top: number, left: number): void {
    const model = this.#model;
    if (model === null) return;
    const { scroller } = this.surface;
    model.top = Math.min(Math.max(0, top), this.#scale.logicalMax);
    const physical = this.#scale.toPhysical(model.top);
    // Writing what is there already would end a smooth scroll that is under way.
    if (Math.abs(scroller.scrollTop - physical) >= 1)
      scroller.scrollTop = physical;
    if (Math.abs(scroller.scrollLeft - left) >= 1) scroller.scrollLeft = left;
    this.#physical = scroller.scrollTop;
    model.left = scroller.scrollLeft;
    this.#draw();
  }

  /** Moves as little as brings a cell into sight, or with a null row a column, and draws. */
  reveal(row: number | null, position: number): void {
    const model = this.#model;
    if (model?.layout == null) return;
    const { layout, left, top } = model;
    const rowTop = row === null ? top : row * this.#rowHeight;
    const lowest =
      row === null ? top : rowTop + this.#rowHeight - this.bodyHeight;
    const { bodyWidth, frozen } = this;
    this.#version += 1;
    this.scrollTo(
      Math.min(Math.max(top, lowest), rowTop),
      layout.leftFor(position, left, bodyWidth, frozen),
    );
  }

  /** Draws what is new where it stands, such as rows that arrived; while it moves, that is done in the next frame. */
  draw(): void {
    if (!this.#frames.areComing) this.#draw();
  }

  /** Draws every row anew: the selection changed. */
  redraw(): void {
    this.#version += 1;
    this.#draw();
  }

  /** Makes a column as wide as its name and the rows that are here need. */
  fitColumn(position: number): void {
    const model = this.#model;
    if (model === null) return;
    this.#fit.fit(model, position, this.rowsInSight.fromRow);
    this.refresh();
  }

  /** Draws, of rows that are not drawn yet so many at most, and says how many these were. */
  #draw(atMost = Infinity): number {
    const model = this.#model;
    const room = this.#room;
    if (model?.layout == null || room === null) return 0;
    const { layout, rows, shown: columns, selection, header } = model;
    const { frozen } = this;
    const { fromRow: firstRow, toRow: lastRow } = this.rowsInSight;
    const window = layout.window(model.left, this.bodyWidth, frozen);
    this.#noteWindow(`${frozen}-${window.first}-${window.last}`);
    const size = { rows: rows.rowCount, columns: columns.length };
    const range = selection === null ? null : rangeOf(selection, size);
    const active = header === null ? (selection?.focus ?? null) : null;
    const context = {
      columns,
      layout,
      window,
      frozen,
      range,
      active,
      marks: this.#marks,
      room,
      version: this.#version,
    };
    const { top, left } = model;
    const rowHeight = this.#rowHeight;
    const drawing = {
      firstRow,
      lastRow,
      top,
      left,
      rowHeight,
      upwards: this.#upwards,
      atMost,
    };
    this.surface.header.bind({
      ...context,
      sort: model.view.sort,
      activeHeader: header,
      timeZone: rows.timeZone ?? model.timeZone,
    });
    const drawn = this.surface.draw(drawing, rows, context);
    this.surface.tellActive(model, active);
    rows.want(firstRow, lastRow, this.#ahead);
    return drawn;
  }

  #noteWindow(key: string): void {
    if (key === this.#windowKey) return;
    this.#windowKey = key;
    this.#version += 1;
  }

  #layOut(width: number, height: number): void {
    const { scroller } = this.surface;
    const spacer = { width, height: headerHeight + height };
    // Twice: a scroll bar that comes or goes changes the view.
    for (let pass = 0; pass < 2; pass += 1) {
      const { clientWidth, clientHeight } = scroller;
      this.#size = { width: clientWidth, height: clientHeight };
      this.surface.layOut(spacer, this.#size, this.#gutter);
    }
  }

  #scrolled(): void {
    const model = this.#model;
    if (model === null) return;
    const { scrollTop, scrollLeft, clientHeight } = this.surface.scroller;
    if (clientHeight === 0) return;
    const jump = Math.max(400, 2 * this.bodyHeight);
    const before = model.top;
    model.top = this.#scale.moved(before, this.#physical, scrollTop, jump);
    const by = model.top - before;
    this.#upwards = by < 0;
    this.#ahead =
      Math.abs(by) > jump
        ? 0
        : Math.round((by / this.#rowHeight) * framesAhead);
    model.left = scrollLeft;
    this.#physical = scrollTop;
    if (this.#scale.drifted(model.top, scrollTop)) this.#settle();
    this.#frames.moved();
    this.onMoved();
  }

  /** Puts the scroll bar where it belongs after one-to-one movements over a scaled spacer. */
  #settle(): void {
    const { scroller } = this.surface;
    this.#ahead = 0;
    if (this.#model === null || scroller.clientHeight === 0) return;
    const belongs = this.#scale.toPhysical(this.#model.top);
    if (Math.abs(belongs - this.#physical) < 1) return;
    scroller.scrollTop = belongs;
    this.#physical = scroller.scrollTop;
  }
}

/** The style sheet ties the height of a row to the font. */
function rowHeightOf(element: Element): number {
  const text = getComputedStyle(element).getPropertyValue("line-height");
  const height = Number.parseFloat(text);
  return Number.isFinite(height) ? Math.max(16, Math.round(height)) : 22;
}
