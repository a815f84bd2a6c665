import { visibleText } from "../../core/results/formatText";
import type { Cell } from "../../core/results/result";

/** Characters of a name or a value that a chart writes. */
const longestLabel = 80;

/** A name in a chart: it may hold anything, and what would reorder, hide or break a label is shown as signs. */
export function visible(text: string): string {
  return visibleText(text, longestLabel);
}

/** A value in a chart. */
export function label(cell: Cell): string {
  return cell === null ? "NULL" : visible(cell);
}
