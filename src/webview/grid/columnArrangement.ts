/** An arrangement as it can be stored. Columns by their place in the result. */
export interface ArrangementState {
  readonly order: readonly number[];
  readonly hidden: readonly number[];
  readonly frozen: number;
  /** Widths set by hand: column and pixels. */
  readonly widths: readonly (readonly [number, number])[];
}

const minWidth = 32;
const maxWidth = 4_000;

/**
 * Which columns of a result are shown, in which order, how wide, and how many of them stay while the others are
 * scrolled. A _column_ is a place in the result, a _position_ a place among the columns shown.
 */
export class ColumnArrangement {
  #order: number[];
  readonly #hidden = new Set<number>();
  readonly #widths = new Map<number, number>();
  /** Leading entries of the order that are frozen, hidden ones included: these come back where they were. */
  #frozenPlaces = 0;
  #shown: readonly number[];

  constructor(readonly count: number) {
    this.#order = everyColumn(count);
    this.#shown = this.#order;
  }

  /** Columns in the order shown. */
  get shown(): readonly number[] {
    return this.#shown;
  }

  /** How many columns are not shown. */
  get hiddenCount(): number {
    return this.#hidden.size;
  }

  /** How many of the columns shown are frozen, from the first. */
  get frozen(): number {
    return this.#frozenOf(this.#frozenPlaces);
  }

  /** True when every column is where it was, and none is hidden, frozen or resized. */
  get isUntouched(): boolean {
    return (
      this.#hidden.size === 0 &&
      this.#frozenPlaces === 0 &&
      this.#widths.size === 0 &&
      this.#order.every((column, place) => column === place)
    );
  }

  /** Position of a column; -1 when it is hidden. */
  positionOf(column: number): number {
    return this.#shown.indexOf(column);
  }

  /** Width by hand, when there is one. */
  width(column: number): number | null {
    return this.#widths.get(column) ?? null;
  }

  /** Sets a width by hand, within bounds. */
  resize(column: number, width: number): void {
    const bounded = Math.min(maxWidth, Math.max(minWidth, width));
    this.#widths.set(column, Math.round(bounded));
  }

  /**
   * Moves the columns at positions `from` to `to` (exclusive) in front of position `gap`, or to the end. Moved in among
   * frozen columns they are frozen, moved out they are not.
   */
  move(from: number, to: number, gap: number): void {
    const block = this.#shown.slice(from, to);
    if (block.length === 0 || (gap >= from && gap <= to)) return;
    const frozen = this.frozen;
    const left = Math.max(0, Math.min(to, frozen) - from);
    const joined = gap < frozen || (gap === frozen && from < frozen);
    const next = this.#shown[gap];
    const last = this.#shown.at(-1);
    const rest = this.#order.filter((column) => !block.includes(column));
    const at =
      next === undefined ? rest.indexOf(last ?? -1) + 1 : rest.indexOf(next);
    this.#order = [...rest.slice(0, at), ...block, ...rest.slice(at)];
    this.#changed();
    this.freeze(frozen - left + (joined ? block.length : 0));
  }

  /** Hides columns; one always stays. */
  hide(columns: readonly number[]): void {
    for (const column of columns) {
      if (this.#hidden.size < this.count - 1) this.#hidden.add(column);
    }
    this.#changed();
  }

  /** Shows one column again, or all of them, where they were. */
  show(column?: number): void {
    if (column === undefined) this.#hidden.clear();
    else this.#hidden.delete(column);
    this.#changed();
  }

  /** Freezes the first `count` of the columns shown. */
  freeze(count: number): void {
    const last = this.#shown[Math.min(count, this.#shown.length) - 1];
    this.#frozenPlaces = last === undefined ? 0 : this.#order.indexOf(last) + 1;
  }

  /** Every column as it came. */
  reset(): void {
    this.#order = everyColumn(this.count);
    this.#hidden.clear();
    this.#widths.clear();
    this.#frozenPlaces = 0;
    this.#changed();
  }

  /** The arrangement as it can be stored. */
  state(): ArrangementState {
    return {
      order: this.#order,
      hidden: [...this.#hidden],
      frozen: this.frozen,
      widths: [...this.#widths],
    };
  }

  /** Takes a stored arrangement, unless it is one of other columns. */
  restore({ order, hidden, frozen, widths }: ArrangementState): void {
    const sorted = [...order].sort((a, b) => a - b);
    const isSame =
      order.length === this.count &&
      sorted.every((column, place) => column === place);
    if (!isSame) return;
    this.#order = [...order];
    this.#hidden.clear();
    this.hide(hidden.filter((column) => order.includes(column)));
    for (const [column, width] of widths) this.resize(column, width);
    this.freeze(frozen);
  }

  #frozenOf(places: number): number {
    const isShown = (column: number): boolean => !this.#hidden.has(column);
    return this.#order.slice(0, places).filter(isShown).length;
  }

  #changed(): void {
    this.#shown = this.#order.filter((column) => !this.#hidden.has(column));
  }
}

function everyColumn(count: number): number[] {
  return Array.from({ length: count }, (_, column) => column);
}
