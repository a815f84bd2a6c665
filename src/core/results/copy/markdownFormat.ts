import type { Cell } from "../result";
import type { CopiedColumn } from "./copiedColumn";
import type { CopyOptions, RowFormat } from "./rowFormat";

/**
 * A table of GitHub's Markdown that shows every text as it is: what would be markup is escaped, line breaks are `<br>`.
 * Numbers stand on the right. A table needs a header: without headers it is empty.
 */
export function markdownFormat(
  columns: readonly CopiedColumn[],
  { headers }: CopyOptions,
): RowFormat {
  const names = columns.map(({ name }) => (headers ? name : ""));
  const rules = columns.map(({ kind }) => (kind === "number" ? "--:" : "---"));
  return {
    head: `${line(names)}\n| ${rules.join(" | ")} |`,
    row: (cells) => `\n${line(columns.map((_, at) => cells[at] ?? null))}`,
    tail: () => "",
  };
}

function line(cells: readonly Cell[]): string {
  return `| ${cells.map((cell) => (cell === null ? "NULL" : escaped(cell))).join(" | ")} |`;
}

function escaped(text: string): string {
  return text
    .replace(
      /[\\|`*[<]|~(?=~)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#|[A-Za-z]\w*;)/g,
      String.raw`\$&`,
    )
    .replace(/\r\n|[\r\n]/g, "<br>");
}
