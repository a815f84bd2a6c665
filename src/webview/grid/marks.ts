/** A cell by its row as shown and its column's place in the result. */
export interface MarkedCell {
  readonly row: number;
  readonly column: number;
}

/** What differs from another result in a row as shown: columns by their places; null for a row that the other has not. */
export interface DifferentCells {
  readonly row: number;
  readonly columns: readonly number[] | null;
}

/** Cells that are marked: matches of a search, one of them as the current one, and what differs from another result. */
export class CellMarks {
  readonly #keys: ReadonlySet<string>;
  readonly #current: string | null;
  readonly #different: ReadonlyMap<number, ReadonlySet<number> | null>;

  constructor(
    private readonly cells: readonly MarkedCell[] = [],
    private readonly current: MarkedCell | null = null,
    private readonly differences: readonly DifferentCells[] = [],
  ) {
    this.#keys = new Set(
      [...cells, ...(current === null ? [] : [current])].map(keyOf),
    );
    this.#current = current === null ? null : keyOf(current);
    this.#different = new Map(
      differences.map(({ row, columns }) => [row, columns && new Set(columns)]),
    );
  }

  get size(): number {
    return this.#keys.size + this.#different.size;
  }

  /** Other matches, and the same differences. */
  withMatches(
    cells: readonly MarkedCell[],
    current: MarkedCell | null,
  ): CellMarks {
    return new CellMarks(cells, current, this.differences);
  }

  /** Other differences, and the same matches. */
  withDifferences(differences: readonly DifferentCells[]): CellMarks {
    return new CellMarks(this.cells, this.current, differences);
  }

  /** Class of a cell's element as a match, after a blank. */
  classOf(row: number, column: number): string {
    const key = keyOf({ row, column });
    if (!this.#keys.has(key)) return "";
    return key === this.#current ? " match current" : " match";
  }

  /** Class of a cell's element as one that differs, after a blank. */
  differenceOf(row: number, column: number): "" | " differs" | " only-here" {
    const columns = this.#different.get(row);
    if (columns === undefined) return "";
    if (columns === null) return " only-here";
    return columns.has(column) ? " differs" : "";
  }
}

function keyOf({ row, column }: MarkedCell): string {
  return `${row}/${column}`;
}
