/** A cell by its row as shown and its column's place in the result. */
export interface MarkedCell {
  readonly row: number;
  readonly column: number;
}

/** Cells that are marked, such as matches of a search, one of them as the current one. */
export class CellMarks {
  readonly #cells: ReadonlySet<string>;
  readonly #current: string | null;

  constructor(
    cells: readonly MarkedCell[] = [],
    current: MarkedCell | null = null,
  ) {
    this.#cells = new Set(
      [...cells, ...(current === null ? [] : [current])].map(keyOf),
    );
    this.#current = current === null ? null : keyOf(current);
  }

  get size(): number {
    return this.#cells.size;
  }

  /** Classes of a cell's element, each after a blank. */
  classOf(row: number, column: number): string {
    const key = keyOf({ row, column });
    if (!this.#cells.has(key)) return "";
    return key === this.#current ? " match current" : " match";
  }
}

function keyOf({ row, column }: MarkedCell): string {
  return `${row}/${column}`;
}
