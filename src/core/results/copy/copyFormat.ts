import { csvLine } from "../formatCsv";
import { formatTsv } from "../formatTsv";
import type { Cell } from "../result";
import { inListFormat } from "./inListFormat";
import { insertFormat } from "./insertFormat";
import { jsonFormat } from "./jsonFormat";
import { markdownFormat } from "./markdownFormat";
import type { CopiedColumn } from "./copiedColumn";
import type { CopyFormatName, CopyOptions, RowFormat } from "./rowFormat";

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
