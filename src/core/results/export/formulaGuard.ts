import type { ExportColumn } from "./exportColumn";

/** What a spreadsheet takes for the beginning of a formula, or skips before one. */
const formula = /^[=+\-@\t\r]/;

/** What stands before a text so that a spreadsheet leaves it a text. */
const guard = "'";

/** Kinds whose texts DuckDB and PostgreSQL make of values: nobody can write a formula into them. */
const harmless: ReadonlySet<string> = new Set([
  "number",
  "boolean",
  "date",
  "time",
  "timestamp",
  "interval",
]);

/** True when cells of the column can be what a spreadsheet takes for a formula. */
export function canBeFormula({ kind, type }: ExportColumn): boolean {
  return !harmless.has(kind) && type !== "money";
}

/** SQL that is true for a text that has to be guarded. */
export function isFormulaSql(text: string): string {
  return `regexp_matches(${text}, '^[=+\\-@\\t\\r]')`;
}

/** SQL of a text, guarded where that is needed. */
export function guardedSql(text: string): string {
  return `CASE WHEN ${isFormulaSql(text)} THEN '''' || ${text} ELSE ${text} END`;
}

/** The same for a column's name. */
export function guardedName(name: string): string {
  return formula.test(name) ? `${guard}${name}` : name;
}
