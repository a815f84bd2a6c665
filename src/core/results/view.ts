/** Which rows of a result are shown, and in which order. Columns by their place in the result, from 0. */
import type { Cell } from "./result";

/**
 * One column to sort by; earlier keys count first, and rows that are equal in all of them stay as they came. By value, as
 * the engine orders it (texts by their characters' codes); NULL comes last in either direction, as in DuckDB: the first
 * rows are those that were looked for. PostgreSQL would have NULL first in descending order.
 */
export interface SortKey {
  readonly column: number;
  readonly descending: boolean;
}

/** How a column's values are compared with what the user gives; texts by what is shown, the others by value. */
export type Comparison =
  | "="
  | "<>"
  | "<"
  | "<="
  | ">"
  | ">="
  | "contains"
  | "startsWith"
  | "endsWith"
  | "matches";

/** One condition; rows have to pass all of them. */
export type ResultFilter =
  /** The shown text is one of these (null: NULL), or with `exclude` none of them. */
  | {
      readonly kind: "values";
      readonly column: number;
      readonly values: readonly Cell[];
      readonly exclude: boolean;
    }
  | {
      readonly kind: "compare";
      readonly column: number;
      readonly comparison: Comparison;
      readonly value: string;
      readonly matchCase: boolean;
    }
  | {
      readonly kind: "null";
      readonly column: number;
      readonly isNull: boolean;
    }
  /** A condition in DuckDB's SQL over the columns by their names. */
  | { readonly kind: "expression"; readonly sql: string };
