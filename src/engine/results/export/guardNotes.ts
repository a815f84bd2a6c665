import { guardedName } from "../../../core/results/export/formulaGuard";
import type { Exporting } from "./fileFormat";

/** How many of the columns' names are guarded in a line of their own. */
export function guardedHeaders({
  names,
  options,
}: Pick<Exporting, "names" | "options">): number {
  return options.guardFormulas && options.headers
    ? names.filter((name) => guardedName(name) !== name).length
    : 0;
}

/** How many texts of an export are guarded, in a sentence; nothing for none. */
export function guardNote(count: number): string[] {
  return count === 0
    ? []
    : [
        `${count} ${count === 1 ? "text that a spreadsheet would take for a formula has" : "texts that a spreadsheet would take for formulas have"} a ' before ${count === 1 ? "it" : "them"}.`,
      ];
}
