import { firstIndex } from "../../core/collections/firstIndex";
/** Bounds of a column's width in pixels: by content, and by hand. */
const minWidth = 56;
const maxContentWidth = 420;
const minDraggedWidth = 32;
const maxDraggedWidth = 4_000;
/** Columns that come into and go out of the page together. */
const group = 4;

/** Consecutive columns; `last` is exclusive. */
export interface ColumnWindow {
  readonly first: number;
  readonly last: number;
}

/** Widths of columns and where each begins, in pixels from the left of the first. */
export class ColumnLayout {
  readonly #widths: number[];
  #starts: readonly number[];

  constructor(contentWidths: readonly number[]) {
    this.#widths = contentWidths.map((width) =>
      Math.round(Math.min(maxContentWidth, Math.max(minWidth, width))),
    );
    this.#starts = startsOf(this.#widths);
  }

  get count(): number {
    return this.#widths.length;
  }

  get totalWidth(): number {
    return this.start(this.count);
  }

  width(column: number): number {
    return this.#widths[column] ?? 0;
  }

  start(column: number): number {
    return this.#starts[column] ?? 0;
  }

  /** Sets a width by hand, within bounds. */
  resize(column: number, width: number): void {
    this.#widths[column] = Math.round(
      Math.min(maxDraggedWidth, Math.max(minDraggedWidth, width)),
    );
    this.#starts = startsOf(this.#widths);
  }

  /** The column at a distance from the left of the first; the nearest one outside. */
  at(x: number): number {
    const behind = firstIndex(this.count, (column) => this.start(column) > x);
    return Math.max(0, behind - 1);
  }

  /** Columns that are at least partly between `left` and `left + width`, in whole groups so that it changes rarely. */
  window(left: number, width: number): ColumnWindow {
    if (this.count === 0) return { first: 0, last: 0 };
    const first = Math.floor(this.at(left) / group) * group;
    const last = Math.ceil((this.at(left + width) + 1) / group) * group;
    return { first, last: Math.min(this.count, last) };
  }
}

function startsOf(widths: readonly number[]): readonly number[] {
  const starts = [0];
  let end = 0;
  for (const width of widths) {
    end += width;
    starts.push(end);
  }
  return starts;
}
