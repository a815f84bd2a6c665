import type { Cell } from "./result";

/**
 * Rows as tab-separated text, as spreadsheets paste it: a cell with a tab, a line break or a quote is quoted, NULL is
 * empty. `headers` null leaves the header line out.
 */
export function formatTsv(
  headers: readonly string[] | null,
  rows: readonly (readonly Cell[])[],
): string {
  const lines = headers === null ? rows : [headers, ...rows];
  return lines
    .map((cells) => cells.map((cell) => field(cell ?? "")).join("\t"))
    .join("\n");
}

function field(text: string): string {
  return /["\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
