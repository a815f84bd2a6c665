import type { Cell, ResultColumn } from "../../core/results/result";
import type { Comparison, ResultFilter } from "../../core/results/view";

/** The comparisons in the order in which they are offered, as a person says them. */
export const comparisons: Readonly<Record<Comparison, string>> = {
  "=": "is",
  "<>": "is not",
  "<": "is less than",
  "<=": "is at most",
  ">": "is greater than",
  ">=": "is at least",
  contains: "contains",
  startsWith: "starts with",
  endsWith: "ends with",
  matches: "matches the expression",
};

/** Values that are told by name. */
const toldValues = 2;

/** A filter in a few words. */
export function filterText(
  filter: ResultFilter,
  columns: readonly ResultColumn[],
): string {
  if (filter.kind === "expression") return filter.sql;
  const name = columnName(columns, filter.column);
  switch (filter.kind) {
    case "null":
      return `${name} is ${filter.isNull ? "" : "not "}NULL`;
    case "compare":
      return `${name} ${comparisons[filter.comparison]} “${filter.value}”`;
    case "values": {
      const told = filter.values.slice(0, toldValues).map(valueText).join(", ");
      const more = filter.values.length - toldValues;
      const rest = more > 0 ? ` and ${more} more` : "";
      return `${name} is ${filter.exclude ? "not " : ""}${told}${rest}`;
    }
  }
}

/** The name of a column; an unnamed one by its place. */
export function columnName(
  columns: readonly ResultColumn[],
  column: number,
): string {
  const name = columns[column]?.name ?? "";
  return name === "" ? `column ${column + 1}` : name;
}

/** A value as it is told: NULL and the empty text can be told from others. */
export function valueText(value: Cell): string {
  if (value === null) return "NULL";
  return value === "" ? "(empty)" : value;
}
