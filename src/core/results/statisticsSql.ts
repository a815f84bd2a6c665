import type { ColumnSql, KeptColumn } from "./columnSql";

/** A column that facts are asked about. */
export interface CountedColumn extends KeptColumn, ColumnSql {}

/** Characters of a value that statistics show. */
const shownCharacters = 1_000;

/** Types of which a value has one text and a text one value: what is grouped by need not be made a text first. */
const textIsValue =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(\d+,\s*\d+\)|BOOLEAN|DATE|TIMESTAMP(?:_S|_MS|_NS)?|VARCHAR|UUID)$/;

/** SQL that is the same for two cells exactly when they show the same text. */
export function sameText({ storage, value, text }: CountedColumn): string {
  return textIsValue.test(storage) ? value : text;
}

/** SQL of a shown text that may be very long. */
function shortened(text: string): string {
  return `CASE WHEN length(${text}) > ${shownCharacters} THEN left(${text}, ${shownCharacters}) || '…' ELSE ${text} END`;
}

/** True where values have an order that means something to people. */
export function hasOrder({ kind, storage }: CountedColumn): boolean {
  return (
    kind !== "json" &&
    kind !== "blob" &&
    !/^(?:STRUCT|MAP|UNION|VARIANT|GEOMETRY)\b/.test(storage)
  );
}

/** Least and greatest, in one row of two texts. */
export function extremesSql(column: CountedColumn, from: string): string {
  const { text, order } = column;
  const end = (direction: string): string =>
    `(SELECT ${shortened(text)} FROM ${from} WHERE (${order}) IS NOT NULL ORDER BY ${order} ${direction} LIMIT 1)`;
  return `SELECT ${end("ASC")}, ${end("DESC")}`;
}

/** Different texts but NULL, and the most frequent ones: rows of text, count, and how many different there are. */
export function topSql(
  column: CountedColumn,
  from: string,
  limit: number,
): string {
  return (
    `WITH groups AS MATERIALIZED (SELECT ${sameText(column)} AS same, count(*) AS n FROM ${from} GROUP BY 1), ` +
    `best AS (SELECT same, n FROM groups ORDER BY n DESC, same ASC NULLS LAST LIMIT ${limit}) ` +
    `SELECT ${shortened("same::VARCHAR")}, n::VARCHAR, (SELECT count(same) FROM groups)::VARCHAR FROM best ORDER BY n DESC, same ASC NULLS LAST`
  );
}

/** Values with how often they occur, of those that pass: rows of text, count, and how many different there are. */
export function valuesSql(
  column: CountedColumn,
  from: string,
  { condition, limit }: { readonly condition: string; readonly limit: number },
): string {
  return (
    `WITH groups AS MATERIALIZED (SELECT ${sameText(column)} AS same, count(*) AS n FROM ${from} WHERE ${condition} GROUP BY 1), ` +
    `best AS (SELECT same, n FROM groups ORDER BY n DESC, same ASC NULLS LAST LIMIT ${limit}) ` +
    `SELECT same::VARCHAR, n::VARCHAR, (SELECT count(*) FROM groups)::VARCHAR FROM best ORDER BY n DESC, same ASC NULLS LAST`
  );
}

/** What can be measured of a column: its values on a scale. */
export interface Scale {
  readonly kind: "number" | "date" | "timestamp";
  /** Numbers: the value. Times: a TIMESTAMP, by the clock that is shown. */
  readonly value: string;
  /** What values are ordered by. */
  readonly order: string;
  /** True for values that have a place on the scale: no NULL, no NaN, no infinity. */
  readonly isOn: string;
}

/** The scale of a column; undefined where there is no distance between values. `numberType` is of `number`. */
export function scaleOf(
  { kind, number, order, storage, type }: CountedColumn,
  numberType: string,
): Scale | undefined {
  if (kind === "number" && number !== null) {
    const isFloat = isBinary(numberType);
    const value = numberType === "FLOAT" ? `(${number})::DOUBLE` : number;
    return {
      kind,
      value,
      order,
      isOn: isFloat ? `isfinite(${number})` : `(${number}) IS NOT NULL`,
    };
  }
  if (kind !== "date" && kind !== "timestamp") {
    return undefined;
  }
  const isZoned = /with time zone|TIMESTAMPTZ/i.test(
    storage === "VARCHAR" ? type : storage,
  );
  const value = isZoned
    ? `timezone(current_setting('TimeZone'), ${order})`
    : `(${order})::TIMESTAMP`;
  return { kind, value, order, isOn: `isfinite(${order})` };
}

/** True for a type whose values are binary fractions. */
export function isBinary(type: string): boolean {
  return type === "DOUBLE" || type === "FLOAT";
}

/** Least and greatest on the scale and how many values are on it: times in microseconds. One row of three texts. */
export function rangeSql({ kind, value, isOn }: Scale, from: string): string {
  const shown = kind === "number" ? value : `epoch_us(${value})`;
  return `SELECT min(${shown})::VARCHAR, max(${shown})::VARCHAR, count(*)::VARCHAR FROM ${from} WHERE ${isOn}`;
}

/** Mean and deviation of numbers that are divided by `unit` first, so that no square of them is too large. */
export function momentsSql(
  { value, isOn }: Scale,
  from: string,
  { unit, isExact }: { readonly unit: number; readonly isExact: boolean },
): string {
  const part =
    unit === 1 ? `(${value})::DOUBLE` : `(${value})::DOUBLE / ${unit}`;
  const mean = isExact ? `avg(${value})` : `avg(${part}) * ${unit}`;
  return `SELECT (${mean})::VARCHAR, (stddev_samp(${part}) * ${unit})::VARCHAR FROM ${from} WHERE ${isOn}`;
}

/** The same for times: the mean as a time, the deviation as an interval. */
export function timeMomentsSql(
  { kind, value, order, isOn }: Scale,
  from: string,
): string {
  const mean = kind === "date" ? `(${order})::TIMESTAMP` : order;
  return (
    `SELECT avg(${mean})::VARCHAR, to_microseconds(TRY_CAST(stddev_samp(epoch_us(${value})) AS BIGINT))::VARCHAR ` +
    `FROM ${from} WHERE ${isOn}`
  );
}

/** Parts of the values at which quantiles are told. */
export const quantilesAt = [0.05, 0.25, 0.5, 0.75, 0.95] as const;

/** Values at `quantilesAt` as they are shown, a row each. Each is one of the values, and none is between two. */
export function quantilesSql(
  { order, isOn }: Scale,
  text: string,
  from: string,
): string {
  const list = quantilesAt.join(", ");
  const places = quantilesAt.map((_, index) => index).join(", ");
  return (
    `WITH values_on AS (SELECT ${order} AS o, ${text} AS t FROM ${from} WHERE ${isOn}), ` +
    `quantiles AS MATERIALIZED (SELECT unnest(quantile_disc(o, [${list}])) AS o, unnest([${places}]) AS i FROM values_on) ` +
    `SELECT any_value(t) FROM quantiles JOIN values_on USING (o) GROUP BY i ORDER BY i`
  );
}

/** How many values are in each range between edges, the empty ones left out: rows of a range's place and a count. */
export function binsSql(
  { value, isOn }: Scale,
  from: string,
  innerEdges: readonly string[],
): string {
  const place = innerEdges
    .map((edge) => `(${value} >= ${edge})::INTEGER`)
    .join(" + ");
  return `SELECT (${place === "" ? "0" : place})::VARCHAR AS bin, count(*)::VARCHAR FROM ${from} WHERE ${isOn} GROUP BY 1`;
}
