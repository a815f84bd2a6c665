import { columnKind, type ColumnKind } from "./columnSql";
import type { CountedColumn } from "./statisticsSql";

/** How a column's numbers are added. */
export type Adding =
  /** By DuckDB in the type itself: no sum of so many is too large. */
  | "narrow"
  /** As digits, which is exact at any length. */
  | "wide"
  /** As binary fractions. */
  | "double";

/** How numbers of a type are added; `numberType` is DuckDB's type of `ColumnSql.number`. */
export function addingOf(
  { storage, type }: CountedColumn,
  numberType: string,
): Adding {
  const isNumeric = storage === "VARCHAR" && /^numeric\b/.test(type);
  if (isNumeric) {
    return "wide";
  }
  if (numberType === "DOUBLE" || numberType === "FLOAT") {
    return "double";
  }
  const digits = /^DECIMAL\((\d+),/.exec(numberType)?.[1];
  const isNarrow =
    digits === undefined
      ? /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(numberType)
      : Number(digits) <= 18;
  return isNarrow ? "narrow" : "wide";
}

/** Numbers of a column that are added: NULL for what is not finite. */
function finiteText({ text }: CountedColumn): string {
  return `CASE WHEN regexp_full_match(${text}, '-?[0-9]*\\.?[0-9]+') THEN ${text} END`;
}

/** Places after the point of the column's numbers: one row of one text. */
export function placesSql(column: CountedColumn, from: string): string {
  const text = finiteText(column);
  return `SELECT coalesce(max(strlen(split_part(${text}, '.', 2))), 0)::VARCHAR FROM ${from}`;
}

/**
 * Sum of a column's finite numbers, how many numbers there are, and the least and the greatest of them as they are
 * shown; for `wide` the sum is one of digits, `places` of them after the point.
 */
export function sumsSql(
  column: CountedColumn,
  from: string,
  { adding, places }: { readonly adding: Adding; readonly places: number },
): string {
  const { number, text, value, order } = column;
  const sum =
    adding === "wide"
      ? `sum(${digitsSql(finiteText(column), places)})`
      : `sum(${number ?? "NULL"})`;
  const isNumber =
    adding === "wide"
      ? `${value} IS NOT NULL`
      : `(${number ?? "NULL"}) IS NOT NULL`;
  const special = (pattern: string): string =>
    `(count(*) FILTER (WHERE regexp_full_match(lower(${text}), '${pattern}')))::VARCHAR`;
  // Only the two that are found become texts.
  const end = (name: string): string =>
    `(arg_${name}(${value}, ${order}))::VARCHAR`;
  const specials =
    adding === "wide"
      ? [special("nan"), special("inf.*"), special("-inf.*")]
      : ["'0'", "'0'", "'0'"];
  return (
    `SELECT (${sum})::VARCHAR, (count(*) FILTER (WHERE ${isNumber}))::VARCHAR, ` +
    `${end("min")}, ${end("max")}, ${specials.join(", ")} FROM ${from}`
  );
}

/** A number's digits without a point, as many after it as `places`. */
function digitsSql(text: string, places: number): string {
  const whole = `split_part(${text}, '.', 1)`;
  const fraction = `split_part(${text}, '.', 2)`;
  const digits =
    places === 0 ? text : `${whole} || rpad(${fraction}, ${places}, '0')`;
  return `CAST(${digits} AS BIGNUM)`;
}

const timeKinds: readonly ColumnKind[] = ["date", "time", "timestamp"];

/** True where least and greatest mean something over these columns together: times of one type. */
export function areTimes(columns: readonly CountedColumn[]): boolean {
  const [first] = columns;
  return (
    first !== undefined &&
    timeKinds.includes(columnKind(first.type, first.storage)) &&
    columns.every(
      ({ storage, type }) => storage === first.storage && type === first.type,
    )
  );
}

/** Least and greatest time over columns of one type, as they are shown: one row of two texts. */
export function timeEndsSql(
  columns: readonly CountedColumn[],
  from: string,
): string {
  const cells = columns.map(
    ({ text, order }) => `SELECT ${text} AS t, ${order} AS o FROM ${from}`,
  );
  return `SELECT arg_min(t, o), arg_max(t, o) FROM (${cells.join(" UNION ALL ")}) WHERE t IS NOT NULL`;
}
