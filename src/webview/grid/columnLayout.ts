import { firstIndex } from "../../core/collections/firstIndex";

/** Bounds of a column's width by its content, in pixels. */
const minWidth = 56;
const maxContentWidth = 420;
/** Frozen columns take this share of the view at most: the others must have room to pass. */
const frozenShare = 0.5;

/** Consecutive columns; `last` is exclusive. */
export interface ColumnWindow {
  readonly first: number;
  readonly last: number;
}

/** The width that content asks for, within bounds. */
export function contentWidth(width: number): number {
  return Math.round(Math.min(maxContentWidth, Math.max(minWidth, width)));
}

/** Where each of the columns shown begins, in pixels from the left of the first. */
export class ColumnLayout {
  readonly #starts: readonly number[];

  constructor(private readonly widths: readonly number[]) {
    this.#starts = startsOf(widths);
  }

  get count(): number {
    return this.widths.length;
  }

  get totalWidth(): number {
    return this.start(this.count);
  }

  width(position: number): number {
    return this.widths[position] ?? 0;
  }

  start(position: number): number {
    return this.#starts[position] ?? 0;
  }

  /** How many of the `wanted` first columns can be frozen in a view of this width. */
  frozenWithin(viewWidth: number, wanted: number): number {
    let frozen = Math.min(wanted, this.count - 1);
    while (frozen > 0 && this.start(frozen) > viewWidth * frozenShare) {
      frozen -= 1;
    }
    return Math.max(0, frozen);
  }

  /** The column at a distance from the left of the first; the nearest one outside. */
  at(x: number): number {
    const behind = firstIndex(this.count, (column) => this.start(column) > x);
    return Math.min(Math.max(0, behind - 1), Math.max(0, this.count - 1));
  }

  /** The column at a distance from the left of the view, which has been scrolled by `left` behind its frozen columns. */
  atInView(x: number, left: number, frozen: number): number {
    return this.at(x < this.start(frozen) ? x : x + left);
  }

  /** The place, nearest to `left`, to which a view has to be scrolled to have a column in sight. */
  leftFor(
    position: number,
    left: number,
    viewWidth: number,
    frozen: number,
  ): number {
    if (position < frozen) return left;
    const start = this.start(position);
    const end = start + this.width(position);
    return Math.min(
      Math.max(left, end - viewWidth),
      start - this.start(frozen),
    );
  }

  /** Columns that are not frozen and at least partly in a view of this width, scrolled by `left`. */
  window(left: number, width: number, frozen = 0): ColumnWindow {
    if (this.count === 0) return { first: 0, last: 0 };
    const first = Math.max(frozen, this.at(left + this.start(frozen)));
    return { first, last: Math.max(first, this.at(left + width) + 1) };
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
