/** SQL of a kept column: how its values are shown, ordered and counted with. A result's columns are named `c0`, `c1`, … */

/** What kind of values a column has, whichever engine they came from. */
export type ColumnKind =
  | "number"
  | "text"
  | "boolean"
  | "date"
  | "time"
  | "timestamp"
  | "interval"
  | "blob"
  | "json"
  | "other";

/** A column of a result as it is kept. */
export interface KeptColumn {
  /** As the user's statement calls it; may be empty, and may repeat. */
  readonly name: string;
  /** The engine's own word for the type: PostgreSQL's for a native run. */
  readonly type: string;
  /** DuckDB's type in which the values are kept: VARCHAR for all of a native run, where they are the server's texts. */
  readonly storage: string;
}

/** Expressions over one column, without an alias of the table. */
export interface ColumnSql {
  readonly kind: ColumnKind;
  /** The column itself, such as `c3`. */
  readonly value: string;
  /** The text that is shown. */
  readonly text: string;
  /** What to order by: values and not texts, also where texts are kept. */
  readonly order: string;
  /** The value as an exact number (or DOUBLE where that is the type); null for what is no number. */
  readonly number: string | null;
}

/** The expressions of the column at `index`. */
export function columnSql(
  index: number,
  { type, storage }: KeptColumn,
): ColumnSql {
  const value = `c${index}`;
  const kind = columnKind(type, storage);
  const isKeptAsText = storage === "VARCHAR" && kind !== "text";
  const number =
    kind !== "number"
      ? null
      : isKeptAsText
        ? `TRY_CAST(${value} AS DOUBLE)`
        : value;
  return {
    kind,
    value,
    text: `${value}::VARCHAR`,
    order: number ?? value,
    number,
  };
}

const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [/\[|^(?:STRUCT|MAP|UNION|VARIANT|record)\b|multirange$|range$/i, "other"],
  [
    /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL|BIGNUM|real|double precision|numeric|oid)\b/i,
    "number",
  ],
  [/^BOOLEAN$/i, "boolean"],
  [/^DATE$/i, "date"],
  [/^TIMESTAMP/i, "timestamp"],
  [/^TIME/i, "time"],
  [/^INTERVAL/i, "interval"],
  [/^(?:BLOB|bytea)$/i, "blob"],
  [/^jsonb?$/i, "json"],
  [/^(?:VARCHAR|text|character varying|character|name)\b/i, "text"],
];

/** What kind a type is, by the engine's own word. */
export function columnKind(type: string, storage: string): ColumnKind {
  const word = storage === "VARCHAR" ? type : storage;
  return kinds.find(([pattern]) => pattern.test(word))?.[1] ?? "other";
}
