import { csvLine } from "../formatCsv";
import { formatTsv } from "../formatTsv";
import type { Cell } from "../result";
import { inListFormat } from "./inListFormat";
import { insertFormat } from "./insertFormat";
import { jsonFormat } from "./jsonFormat";
import { markdownFormat } from "./markdownFormat";
import type { CopiedColumn } from "./copiedColumn";

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

/** A format for rows of these columns. */
export function copyFormat(
  format: CopyFormatName,
  columns: readonly CopiedColumn[],
  options: CopyOptions,
): RowFormat {
  switch (format) {
    case "tsv":
      return lines(columns, options, "\n", (cells) => formatTsv(null, [cells]));
    case "csv":
      return lines(columns, options, "\r\n", csvLine);
    case "json":
      return jsonFormat(columns, options);
    case "markdown":
      return markdownFormat(columns, options);
    case "insert":
      return insertFormat(columns, options);
    case "inList":
      return inListFormat(columns);
  }
}

/** A line for each row, without an end after the last one. */
function lines(
  columns: readonly CopiedColumn[],
  { headers }: CopyOptions,
  lineEnd: string,
  line: (cells: readonly Cell[]) => string,
): RowFormat {
  let isFirst = !headers;
  return {
    head: headers ? line(columns.map(({ name }) => name)) : "",
    row: (cells) => {
      const separator = isFirst ? "" : lineEnd;
      isFirst = false;
      return `${separator}${line(cells)}`;
    },
    tail: () => "",
  };
}
