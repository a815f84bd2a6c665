/** SQL of a view: which rows, and in which order. Columns are those of `columnSql`. */
import { viaductError } from "../errors/makeError";
import { quoteIdentifier } from "../sql/quote";
import { columnSql, type KeptColumn } from "./columnSql";
import { isWholeText, textLiteral } from "./textLiteral";
import type { ResultFilter, SortKey } from "./view";

/** Terms of ORDER BY. NULL comes last in either direction. */
export function orderTerms(
  columns: readonly KeptColumn[],
  sort: readonly SortKey[],
): string[] {
  return sort.flatMap(({ column, descending }) => {
    const { order, further } = columnSql(column, columnAt(columns, column));
    return [order, ...(further === null ? [] : [further])].map(
      (key) => `${key} ${descending ? "DESC" : "ASC"} NULLS LAST`,
    );
  });
}

/** The column at a place. */
export function columnAt(
  columns: readonly KeptColumn[],
  index: number,
): KeptColumn {
  const column = columns[index];
  if (column === undefined) {
    throw viaductError("unknown", `The result has no column ${index}.`);
  }
  return column;
}

/** The condition that the shown text is one of some, or none of them; NULL is one like any other. */
export function valuesCondition(
  columns: readonly KeptColumn[],
  { column, values, exclude }: Extract<ResultFilter, { kind: "values" }>,
): string {
  const { text, value } = columnSql(column, columnAt(columns, column));
  const texts = values
    .filter((one) => one !== null)
    // No cell is equal to half a surrogate pair; DuckDB would look for another character.
    .filter(isWholeText)
    .map(textLiteral);
  const isOne =
    texts.length === 0 ? "false" : `${text} IN (${texts.join(", ")})`;
  const passes = `CASE WHEN ${value} IS NULL THEN ${String(values.includes(null))} ELSE ${isOne} END`;
  return exclude ? `NOT ${passes}` : passes;
}

/** Columns under the names that the user's statement gives them, for a condition of the user's. */
export interface NamedColumns {
  /** `c0 AS "name"`, …: those that a name means. */
  readonly select: readonly string[];
  /** Names of several columns, in lower case. */
  readonly repeated: ReadonlySet<string>;
  /** A name that no column has. */
  readonly free: string;
}

/** DuckDB tells no names apart by their case. */
export function namedColumns(columns: readonly KeptColumn[]): NamedColumns {
  const counts = new Map<string, number>();
  for (const { name } of columns) {
    const key = name.toLowerCase();
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const select = columns.flatMap((column, index) =>
    isUsable(column.name) && counts.get(column.name.toLowerCase()) === 1
      ? [`${columnSql(index, column).typed} AS ${quoteIdentifier(column.name)}`]
      : [],
  );
  let free = "__viaduct_rowid";
  while (counts.has(free)) {
    free += "_";
  }
  return {
    select,
    repeated: new Set([...counts].filter(([, n]) => n > 1).map(([key]) => key)),
    free,
  };
}

function isUsable(name: string): boolean {
  return name !== "" && !name.includes("\0") && isWholeText(name);
}
