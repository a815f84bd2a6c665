import type { ExportColumn } from "./exportColumn";

/** What a spreadsheet takes for the beginning of a formula, full-width forms too, or skips before one. */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

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
  return `regexp_matches(${text}, '^[=+\\-@\\t\\r\\n\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}]')`;
}

/** SQL of a text, guarded where that is needed. */
export function guardedSql(text: string): string {
  return `CASE WHEN ${isFormulaSql(text)} THEN '''' || ${text} ELSE ${text} END`;
}

/** The same for a column's name. */
export function guardedName(name: string): string {
  return formula.test(name) ? `${guard}${name}` : name;
}
