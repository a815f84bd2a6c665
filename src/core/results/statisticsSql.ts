import type { ColumnSql, KeptColumn } from "./columnSql";

/** A column that facts are asked about. */
export interface CountedColumn extends KeptColumn, ColumnSql {}

/** Characters of a value that statistics show. */
const shownCharacters = 1_000;

/** Types of which a value has one text and a text one value: what is grouped by need not be made a text first. */
const textIsValue =
  /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(\d+,\s*\d+\)|BOOLEAN|DATE|TIMESTAMP(?:_S|_MS|_NS)?|TIME(?:_NS| WITH TIME ZONE)?|VARCHAR|JSON|UUID|BLOB|BIT|ENUM\(.*)$/s;

/** Binary fractions have two zeros and two NaN that are equal, and are shown as different texts. */
const isSigned = /^(?:FLOAT|DOUBLE)$/;

/** Equal values are one text, and now and then two values are, too: offsets are shown without their seconds. */
const isZoned = /^TIMESTAMP WITH TIME ZONE$/;

/** SQL that is the same for two cells exactly when they show the same text. */
export function sameText({ storage, value, text }: CountedColumn): string {
  return textIsValue.test(storage) ? value : text;
}

/** Different cells of a column: rows of the value, or where values say too little the text, under the value's name. */
interface CellGroups {
  readonly sql: string;
  /** The text, of such a row. */
  readonly shown: string;
  /** Terms of ORDER BY: the most frequent ones first. */
  readonly order: string;
}

/** Groups of cells that show the same text, and how many there are in each, as `n`. */
function cellGroups(
  { storage, value, text }: CountedColumn,
  rows: string,
): CellGroups {
  const byValue = `SELECT ${value}, count(*) AS n FROM ${rows} GROUP BY ${value}`;
  const order = `n DESC, ${value} ASC NULLS LAST`;
  if (textIsValue.test(storage)) {
    return { sql: byValue, shown: text, order };
  }
  if (isSigned.test(storage)) {
    return {
      sql: `${byValue}, signbit(${value})`,
      shown: text,
      // What a column is ordered by comes out of it without its sign (measured): an expression is another column.
      order: `n DESC, CASE WHEN ${value} IS NOT NULL THEN ${value} END ASC NULLS LAST, signbit(${value}) DESC`,
    };
  }
  const [from, n] = isZoned.test(storage)
    ? [`(${byValue})`, "sum(n)::BIGINT"]
    : [rows, "count(*)"];
  return {
    sql: `SELECT ${text} AS ${value}, ${n} AS n FROM ${from} GROUP BY 1`,
    shown: value,
    order,
  };
}

/** How many different texts all cells of the columns show: one row of one text. */
export function distinctSql(
  columns: readonly CountedColumn[],
  from: string,
): string {
  const [first] = columns;
  const isOneType = columns.every(
    ({ storage, type }) => storage === first?.storage && type === first.type,
  );
  const cells = columns.map((column) => {
    const { storage, value, text } = column;
    if (isOneType && (textIsValue.test(storage) || isSigned.test(storage))) {
      const sign = isSigned.test(storage) ? `signbit(${value})` : "false";
      return `SELECT ${value} AS same, ${sign} AS sign FROM ${from}`;
    }
    // Texts are made of different values only; those of texts would only be looked for twice.
    const { sql, shown } = cellGroups(column, from);
    return storage === "VARCHAR"
      ? `SELECT ${text} AS same, false AS sign FROM ${from}`
      : `SELECT ${shown} AS same, false AS sign FROM (${sql})`;
  });
  return `SELECT count(same)::VARCHAR FROM (SELECT DISTINCT same, sign FROM (${cells.join(" UNION ALL ")}))`;
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
  const { storage, value, text, order, further } = column;
  const end = (direction: "ASC" | "DESC"): string => {
    const zeros = direction === "ASC" ? "DESC" : "ASC";
    const sign = isSigned.test(storage) ? `, signbit(${value}) ${zeros}` : "";
    const next = further === null ? "" : `, ${further} ${direction}`;
    return `(SELECT ${shortened(text)} FROM ${from} WHERE (${order}) IS NOT NULL ORDER BY ${order} ${direction}${sign}${next} LIMIT 1)`;
  };
  return `SELECT ${end("ASC")}, ${end("DESC")}`;
}

/** Different texts but NULL, and the most frequent ones: rows of text, count, and how many different there are. */
export function topSql(
  column: CountedColumn,
  from: string,
  limit: number,
): string {
  const { value } = column;
  const { sql, shown, order } = cellGroups(column, from);
  return (
    `WITH groups AS MATERIALIZED (${sql}), best AS (SELECT * FROM groups ORDER BY ${order} LIMIT ${limit}) ` +
    `SELECT ${shortened(shown)}, n::VARCHAR, (SELECT count(${value}) FROM groups)::VARCHAR FROM best ORDER BY ${order}`
  );
}

/** Which values are listed. */
export interface ValuesWish {
  readonly condition: string;
  readonly limit: number;
  /** Bytes of all of them together: a value may be a megabyte. */
  readonly bytes: number;
}

/**
 * Values with how often they occur, of those that pass: rows of text, count, how many different there are, and whether
 * there is place for the text. The first row is there in any case.
 */
export function valuesSql(
  column: CountedColumn,
  from: string,
  { condition, limit, bytes }: ValuesWish,
): string {
  const { sql, shown, order } = cellGroups(
    column,
    `${from} WHERE ${condition}`,
  );
  return (
    `WITH groups AS MATERIALIZED (${sql}), best AS (SELECT * FROM groups ORDER BY ${order} LIMIT ${limit}), ` +
    `texts AS (SELECT ${shown} AS shown, n, row_number() OVER (ORDER BY ${order}) AS place FROM best), ` +
    `sized AS (SELECT *, sum(coalesce(strlen(shown), 0)) OVER (ORDER BY place) AS so_far FROM texts) ` +
    `SELECT CASE WHEN so_far <= ${bytes} THEN shown END, n::VARCHAR, (SELECT count(*) FROM groups)::VARCHAR, (so_far <= ${bytes})::VARCHAR ` +
    `FROM sized WHERE so_far <= ${bytes} OR place = 1 ORDER BY place`
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
  { value, text }: CountedColumn,
  from: string,
): string {
  const list = quantilesAt.join(", ");
  const places = quantilesAt.map((_, index) => index).join(", ");
  const quantiles = (o: string): string =>
    `SELECT unnest(quantile_disc(${order}, [${list}])) AS ${o}, unnest([${places}]) AS i FROM ${from} WHERE ${isOn}`;
  if (order === value) {
    // The text is one of the value that was found.
    return `SELECT ${text} FROM (${quantiles(value)}) ORDER BY i`;
  }
  return (
    `WITH quantiles AS MATERIALIZED (${quantiles("o")}) ` +
    `SELECT any_value(${text}) FROM quantiles JOIN ${from} ON (${order}) = o AND (${isOn}) GROUP BY i ORDER BY i`
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
