import type { Cell } from "./result";

/** One CSV line without its end, quoted as RFC 4180 has it: NULL is an empty field, an empty text is `""`. */
export function csvLine(cells: readonly Cell[]): string {
  return cells.map(field).join(",");
}

function field(cell: Cell): string {
  if (cell === null) return "";
  return cell === "" || /[",\r\n]/.test(cell)
    ? `"${cell.replaceAll('"', '""')}"`
    : cell;
}
