/** SQL of a kept column: how its values are shown, ordered and counted with. A result's columns are named `c0`, `c1`, … */
import { columnKind, type ColumnKind } from "./columnKinds";
import { nativeSql } from "./nativeSql";

export { columnKind, type ColumnKind } from "./columnKinds";

/** A column of a result as it is kept. */
export interface KeptColumn {
  /** As the user's statement calls it; may be empty, and may repeat. */
  readonly name: string;
  /** The engine's own word for the type: PostgreSQL's for a native run. */
  readonly type: string;
  /** DuckDB's type in which the values are kept: VARCHAR for all of a native run, where they are the server's texts. */
  readonly storage: string;
  /** Labels of PostgreSQL's enum in their order, for a native run. */
  readonly labels?: readonly string[];
}

/** Expressions over one column, without an alias of the table. */
export interface ColumnSql {
  readonly kind: ColumnKind;
  /** The column itself, such as `c3`. */
  readonly value: string;
  /** The text that is shown. */
  readonly text: string;
  /** What to order by: values and not texts, also where texts are kept. Its type is of no matter to anybody. */
  readonly order: string;
  /** What to order those by that are the same to `order`, and are not: the server's that fit no type. Null for none. */
  readonly further: string | null;
  /**
   * The value as a number of a type that is exact for the column's, or DOUBLE: for floats, and for PostgreSQL's numeric
   * without a precision, whose values fit no other type. NULL where a text is no number (NaN); null for what is none.
   */
  readonly number: string | null;
  /**
   * The value in DuckDB's type for it: of a native run, numbers, booleans, dates, times, timestamps and intervals; what
   * fits none stays the server's text. A value that does not fit fails the statement.
   */
  readonly typed: string;
}

/** True for a column of a native run that is not text to the server. */
export function isServerText({ type, storage }: KeptColumn): boolean {
  return storage === "VARCHAR" && columnKind(type, storage) !== "text";
}

/** The expressions of the column at `index`. */
export function columnSql(index: number, column: KeptColumn): ColumnSql {
  const value = `c${index}`;
  const kind = columnKind(column.type, column.storage);
  const text = textSql(value, column.storage);
  if (!isServerText(column)) {
    const number = kind === "number" ? value : null;
    return {
      kind,
      value,
      text,
      order: value,
      further: null,
      number,
      typed: value,
    };
  }
  const native = nativeSql(column.type, column.labels ?? []);
  return {
    kind,
    value,
    text,
    order: native.order(value),
    further: native.further?.(value) ?? null,
    number: native.number?.(value) ?? null,
    typed: native.typed(value),
  };
}

/** Microseconds since the epoch below which DuckDB has timestamps, but no dates; and so with any zone. */
const firstText: Readonly<Record<string, string>> = {
  TIMESTAMP: "-9223372022400000000",
  "TIMESTAMP WITH TIME ZONE": "-9223371964800000000",
};

/** PostgreSQL's last timestamps come through the scanner as such ones: their text would fail the page they are on. */
function textSql(value: string, storage: string): string {
  const text = `${value}::VARCHAR`;
  const first = firstText[storage];
  if (first !== undefined) {
    return `CASE WHEN epoch_us(${value}) < ${first} AND isfinite(${value}) THEN coalesce(TRY(${text}), '(out of range: ' || epoch_us(${value}) || ' µs)') ELSE ${text} END`;
  }
  // In a list or another nested value nothing cheaper tells.
  return /TIMESTAMP|VARIANT/.test(storage) && !/^TIMESTAMP\w*$/.test(storage)
    ? `CASE WHEN ${value} IS NOT NULL THEN coalesce(TRY(${text}), '(out of range)') END`
    : text;
}

/** What a text has to be to be compared with `ColumnSql.order`; NULL where it is no value of the type. */
export function orderOf(column: KeptColumn, text: string): string {
  return isServerText(column)
    ? nativeSql(column.type, column.labels ?? []).order(text)
    : `TRY_CAST(${text} AS ${column.storage})`;
}
