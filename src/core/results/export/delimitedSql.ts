import type { ExportColumn } from "./exportColumn";
import { canBeFormula, guardedSql } from "./formulaGuard";

/** How the fields of a line are told apart. */
export interface Delimited {
  readonly delimiter: "," | "\t";
  readonly guardFormulas: boolean;
}

/**
 * SQL of a row as one line: DuckDB makes a hundred thousand of them while JavaScript looks at as many cells. NULL is an
 * empty field; an empty text is `""`, and so is quoted what has the delimiter, a quote or a line break in it.
 */
export function delimitedSql(
  columns: readonly ExportColumn[],
  { delimiter, guardFormulas }: Delimited,
): string {
  const separator = delimiter === "," ? "','" : "chr(9)";
  const parts = columns.flatMap((column, index) => {
    const isGuarded = guardFormulas && canBeFormula(column);
    const field = isPlain(column)
      ? column.text
      : fieldSql(isGuarded ? guardedSql(column.text) : column.text, delimiter);
    return index === 0 ? [field] : [separator, field];
  });
  // Also of one column: concat() makes NULL an empty text.
  return `concat('', ${parts.join(", ")})`;
}

/** One line of fields, for the names. */
export function delimitedLine(
  fields: readonly string[],
  { delimiter }: Delimited,
): string {
  const special = delimiter === "," ? /[",\r\n]/ : /["\t\r\n]/;
  return fields
    .map((field) =>
      field === "" || special.test(field)
        ? `"${field.replaceAll('"', '""')}"`
        : field,
    )
    .join(delimiter);
}

function fieldSql(text: string, delimiter: Delimited["delimiter"]): string {
  const special = delimiter === "," ? '[",\\r\\n]' : '["\\t\\r\\n]';
  return `CASE WHEN ${text} = '' OR regexp_matches(${text}, '${special}') THEN '"' || replace(${text}, '"', '""') || '"' ELSE ${text} END`;
}

/** No text of such a value has anything to quote. */
function isPlain({ kind, storage }: ExportColumn): boolean {
  return storage !== "VARCHAR" && (kind === "number" || kind === "boolean");
}
