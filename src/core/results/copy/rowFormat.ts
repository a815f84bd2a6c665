import type { Cell } from "../result";

/** Texts that cells can be written as. */
export type CopyFormatName =
  "tsv" | "csv" | "json" | "markdown" | "insert" | "inList";

/** What may be chosen about a format. */
export interface CopyOptions {
  /** Whether the columns are named: without, JSON has arrays, and `INSERT` no list of columns. */
  readonly headers: boolean;
  /** The table of `INSERT` statements, as SQL has it or as a plain name. */
  readonly table: string;
}

/** A format, fed row by row: `head`, every `row`, then `tail` make the text. */
export interface RowFormat {
  readonly head: string;
  /** The text that a row adds; it counts as written with this. */
  row(cells: readonly Cell[]): string;
  /** To be asked for after the last row. */
  tail(): string;
}
