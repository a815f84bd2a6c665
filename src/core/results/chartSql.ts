import type { CountedColumn, Scale } from "./statisticsSql";
import { sameText } from "./statisticsSql";

/** What values of a group are made one number by. */
export type ChartAggregate = "count" | "sum" | "avg" | "min" | "max" | "none";

/** Where a row is on the horizontal axis. */
export interface ChartAxis {
  /** The same for rows at one place. */
  readonly key: string;
  /** What the key is told as. */
  readonly shown: string;
  /** Rows that have a place. */
  readonly isOn: string;
  /** Places of a category are in the order of this over their rows; null where the key is their order. */
  readonly order: string | null;
}

/** Which of the series a row belongs to. */
export interface ChartSeries {
  readonly column: CountedColumn;
  /** Those that have a series of their own; the others share one. */
  readonly most: number;
}

/** A vertical value as SQL. */
export type ChartValue = string;

/** Values of a column that become a series each, the most frequent first: rows of text, count, and how many there are. */
export function seriesSql({ column, most }: ChartSeries, from: string): string {
  return (
    `WITH groups AS MATERIALIZED (${seriesGroups(column, from)}), best AS (${bestSeries(most)}) ` +
    `SELECT left(same::VARCHAR, 200), n::VARCHAR, (SELECT count(*) FROM groups)::VARCHAR FROM best ORDER BY s`
  );
}

function seriesGroups(column: CountedColumn, from: string): string {
  return `SELECT ${sameText(column)} AS same, count(*) AS n FROM ${from} GROUP BY 1`;
}

function bestSeries(most: number): string {
  return `SELECT same, n, row_number() OVER (ORDER BY n DESC, same ASC NULLS LAST) - 1 AS s FROM groups QUALIFY s < ${most}`;
}

/** Rows with their place `x`, series `s` and values `y0`, …: a CTE list to put before a SELECT from `base`. */
function baseSql(
  from: string,
  axis: ChartAxis,
  series: ChartSeries | null,
  values: readonly ChartValue[],
): string {
  const parts = [
    `r.pos AS pos`,
    `${axis.key} AS x`,
    ...(axis.order === null ? [] : [`${axis.order} AS o`]),
    ...values.map((value, index) => `${value} AS y${index}`),
  ];
  const where = `WHERE ${axis.isOn}`;
  if (series === null) {
    return `base AS (SELECT ${parts.join(", ")}, 0 AS s FROM ${from} r ${where})`;
  }
  return (
    `groups AS MATERIALIZED (${seriesGroups(series.column, from)}), ` +
    `best AS MATERIALIZED (${bestSeries(series.most)}), ` +
    `base AS (SELECT ${parts.join(", ")}, coalesce(best.s, ${series.most}) AS s FROM ${from} r ` +
    `LEFT JOIN best ON ${sameText(series.column)} IS NOT DISTINCT FROM best.same ${where})`
  );
}

/** One question about a chart's points. */
export interface PointsQuery {
  readonly from: string;
  readonly axis: ChartAxis;
  readonly series: ChartSeries | null;
  readonly values: readonly ChartValue[];
  /** Places, or rows, that there is room for. */
  readonly most: number;
}

/** Points of groups: rows of place, series and one aggregate for each value; none of them counts rows. */
export function groupedSql(
  { from, axis, series, values, most }: PointsQuery,
  aggregate: ChartAggregate,
): string {
  const y =
    values.length === 0
      ? ["count(*)::VARCHAR"]
      : values.map((_, index) => `${aggregate}(y${index})::VARCHAR`);
  const base = baseSql(from, axis, series, values);
  if (axis.order === null) {
    return (
      `WITH ${base} SELECT (${axis.shown})::VARCHAR, s::VARCHAR, ${y.join(", ")} ` +
      `FROM base GROUP BY x, s ORDER BY x, s`
    );
  }
  return (
    `WITH ${base}, places AS MATERIALIZED (SELECT x AS place, count(*) AS n, min(o) AS o FROM base GROUP BY x ORDER BY n DESC, o LIMIT ${most}) ` +
    `SELECT left((${axis.shown})::VARCHAR, 200), s::VARCHAR, ${y.join(", ")} FROM base JOIN places ON x IS NOT DISTINCT FROM place ` +
    `GROUP BY x, s, places.o ORDER BY places.o ASC NULLS LAST, x, s`
  );
}

/** How many places there are, and rows at the most frequent ones: one row of two texts. */
export function placesCountSql({ from, axis, most }: PointsQuery): string {
  return (
    `WITH places AS (SELECT ${axis.key} AS x, count(*) AS n FROM ${from} WHERE ${axis.isOn} GROUP BY 1) ` +
    `SELECT count(*)::VARCHAR, (SELECT coalesce(sum(n), 0) FROM (SELECT n FROM places ORDER BY n DESC LIMIT ${most}))::VARCHAR FROM places`
  );
}

/** Points of single rows: a sample of them that is the same each time, in the order of the axis. */
export function rowsSql({
  from,
  axis,
  series,
  values,
  most,
}: PointsQuery): string {
  const y = values.map((_, index) => `y${index}::VARCHAR`);
  const order = axis.order === null ? "x, pos" : "pos";
  return (
    `WITH ${baseSql(from, axis, series, values)}, sample AS (SELECT * FROM base ORDER BY hash(pos), pos LIMIT ${most}) ` +
    `SELECT left((${axis.shown})::VARCHAR, 200), s::VARCHAR, ${y.join(", ")} FROM sample ORDER BY ${order}`
  );
}

/** True for a column whose values are on the axis in the order in which the rows have them. */
export function hasPlaceOrder({ kind, storage }: CountedColumn): boolean {
  const isScale = kind === "number" || kind === "date" || kind === "timestamp";
  const isByValue =
    kind === "boolean" || kind === "time" || storage.startsWith("ENUM(");
  return !isScale && !isByValue;
}

/** The axis of a column without a scale: numbers of a kind, in the order of their values or of the rows. */
export function categoryAxis(column: CountedColumn): ChartAxis {
  return {
    key: sameText(column),
    shown: "x",
    isOn: "true",
    order: hasPlaceOrder(column) ? "r.pos" : column.order,
  };
}

/** The axis of a scale: each value, or steps of it that `step` makes of a value. */
export function scaleAxis(
  { kind, value, isOn }: Scale,
  step: ((value: string) => string) | null,
): ChartAxis {
  const key = step === null ? value : step(value);
  return {
    key,
    shown: kind === "number" ? "x" : "epoch_us(x)",
    isOn,
    order: null,
  };
}
