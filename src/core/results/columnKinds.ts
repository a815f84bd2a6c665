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

/** By the engines' words: DuckDB's are in capitals, PostgreSQL's are not; arrays and ranges are none of their elements' kind. */
const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [
    /\]$|^(?:STRUCT|MAP|UNION|ENUM)\(|^(?:VARIANT|record)$|(?:multi)?range$/i,
    "other",
  ],
  [
    /^(?:U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL|BIGNUM|real|double precision|numeric|oid|xid8?|cid)\b/i,
    "number",
  ],
  [/^BOOLEAN$/i, "boolean"],
  [/^DATE$/i, "date"],
  [/^TIMESTAMP/i, "timestamp"],
  [/^TIME/i, "time"],
  [/^INTERVAL\b/i, "interval"],
  [/^(?:BLOB|bytea)$/i, "blob"],
  [/^jsonb?$/i, "json"],
  [
    /^(?:VARCHAR|text|character varying|character|name|citext|xml)\b|^"char"$/i,
    "text",
  ],
];

/** What kind a type is: by the engine's own word where texts are kept, else by the type in which values are. */
export function columnKind(type: string, storage: string): ColumnKind {
  const word = storage === "VARCHAR" ? type : storage;
  return kinds.find(([pattern]) => pattern.test(word))?.[1] ?? "other";
}
