/** One column of a result, in the engine's own words. Names may be empty and may repeat. */
export interface ResultColumn {
  readonly name: string;
  /** The type as the engine writes it: `DECIMAL(10,2)`, `timestamp with time zone`. */
  readonly type: string;
  /** Where the values may not be the server's own: what was changed on the way, in one sentence. Absent for none. */
  readonly inexact?: string;
  /** Where single values might not be the server's own, and nobody has looked whether there are such: for a tooltip. */
  readonly caution?: string;
}

/** One cell: the engine's own text of the value, never rounded, or null for SQL NULL. */
export type Cell = string | null;

/** Some consecutive rows of a result. */
export interface ResultPage {
  /** Index of the first row, from 0. */
  readonly offset: number;
  readonly rows: readonly (readonly Cell[])[];
  /** Cells that are longer than a page carries: [row in the page, column, characters in all]; absent for none. */
  readonly cut?: readonly (readonly [number, number, number])[];
}

/** What a server said beside its result: a `RAISE NOTICE`, a warning. */
export interface Notice {
  /** PostgreSQL's severity word: NOTICE, WARNING, INFO, … */
  readonly severity: string;
  readonly message: string;
}
