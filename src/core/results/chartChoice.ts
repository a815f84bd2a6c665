import { columnKind } from "./columnSql";
import type { Cell, ResultColumn } from "./result";

/** A chart of some columns, by their places. */
export interface ChosenChart {
  readonly kind: "bar" | "line" | "area" | "scatter" | "histogram";
  readonly x: number;
  readonly y: readonly number[];
  readonly aggregate: "count" | "sum" | "avg" | "min" | "max" | "none";
  readonly series: number | null;
  readonly limit: number;
}

/** Points that no chart needs more of. */
const mostPoints = 5_000;
/** Lines that are shown without being asked for. */
const mostValues = 4;
/** Lines that can be told apart, one for each category. */
const mostLines = 12;
/** Bars that can be told apart, one for each category. */
const mostBars = 40;

/** What a column may be in a chart. */
type Role = "measure" | "key" | "ordinal" | "time" | "category" | "none";

/**
 * The chart that shows most of these columns: values over time, values of categories, two values against each other,
 * or how often values occur. Null when there is nothing to draw. Texts of which some rows have ever new ones are names
 * of rows, and no categories.
 */
export function chooseChart(
  columns: readonly ResultColumn[],
  someRows: readonly (readonly Cell[])[] = [],
): ChosenChart | null {
  const roles = columns.map(roleOf);
  const all = (role: Role): number[] =>
    roles.flatMap((each, index) => (each === role ? [index] : []));
  const hasFew = (column: number, most: number): boolean =>
    new Set(someRows.map((row) => row[column])).size <= most;
  const measures = all("measure");
  const categories = all("category");
  const ordered = all("time")[0] ?? all("ordinal")[0];
  if (ordered !== undefined) {
    const lines = categories.find((column) => hasFew(column, mostLines));
    return overTime(ordered, measures, lines ?? null);
  }
  const category =
    categories.find((column) => hasFew(column, mostBars)) ??
    (measures.length === 0 ? categories[0] : undefined);
  if (category !== undefined) {
    return chart("bar", category, measures.slice(0, mostValues), "sum");
  }
  const [first, second] = measures;
  if (first !== undefined) {
    return second === undefined
      ? chart("histogram", first, [], "count")
      : chart("scatter", first, [second], "none");
  }
  const [key] = all("key");
  return key === undefined ? null : chart("histogram", key, [], "count");
}

/** A line for each value, or with one value for each category. */
function overTime(
  x: number,
  measures: readonly number[],
  category: number | null,
): ChosenChart {
  const y = category === null ? measures : measures.slice(0, 1);
  return {
    ...chart("line", x, y.slice(0, mostValues), "sum"),
    series: category,
  };
}

function chart(
  kind: ChosenChart["kind"],
  x: number,
  y: readonly number[],
  aggregate: ChosenChart["aggregate"],
): ChosenChart {
  return {
    kind,
    x,
    y,
    aggregate: y.length === 0 ? "count" : aggregate,
    series: null,
    limit: mostPoints,
  };
}

function roleOf({ name, type }: ResultColumn): Role {
  switch (columnKind(type, "VARCHAR")) {
    case "number":
      // What counts things up is no value of theirs.
      return /(?:^|_)(?:id|key|oid)$/i.test(name) || /Id$/.test(name)
        ? "key"
        : /^(?:year|quarter|month|week|day|hour|minute)s?$/i.test(name)
          ? "ordinal"
          : "measure";
    case "date":
    case "timestamp":
      return "time";
    case "text":
    case "boolean":
    case "time":
      return "category";
    case "other":
      return /^ENUM\(/i.test(type) ? "category" : "none";
    default:
      return "none";
  }
}
