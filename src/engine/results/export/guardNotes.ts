import {
  canBeFormula,
  guardedName,
  isFormulaSql,
} from "../../../core/results/export/formulaGuard";
import { countWhere, total } from "./examine";
import type { Exporting } from "./fileFormat";

/** How many texts of an export are guarded, in a sentence; nothing for none. */
export async function guardNotes(exporting: Exporting): Promise<string[]> {
  const { columns, options, names } = exporting;
  if (!options.guardFormulas) {
    return [];
  }
  const counts = await countWhere(
    exporting,
    columns.filter(canBeFormula).map(({ text }) => isFormulaSql(text)),
  );
  const headers = options.headers
    ? names.filter((name) => guardedName(name) !== name).length
    : 0;
  return guardNote(total(counts) + headers);
}

/** The sentence. */
export function guardNote(count: number): string[] {
  return count === 0
    ? []
    : [
        `${count} ${count === 1 ? "text that a spreadsheet would take for a formula has" : "texts that a spreadsheet would take for formulas have"} a ' before ${count === 1 ? "it" : "them"}.`,
      ];
}
