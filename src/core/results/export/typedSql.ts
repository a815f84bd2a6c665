import { isOfServer } from "../copy/copiedColumn";
import type { ExportColumn } from "./exportColumn";

/** A column's values in DuckDB's types. */
export interface TypedSql {
  /** DuckDB's type. */
  readonly type: string;
  /** The value; of a native column NULL where its text is not exactly a value of the type. */
  readonly sql: string;
  /** False: some of the values may have no place in the type, which has to be looked at beforehand. */
  readonly isSure: boolean;
}

/** The values of a column in DuckDB's types: those of a native run are cast where that is exact; null for texts. */
export function typedSql(column: ExportColumn): TypedSql | null {
  if (!isOfServer(column)) {
    return { type: column.storage, sql: column.value, isSure: true };
  }
  const type = duckdbType(column.type);
  return type === null
    ? null
    : { type, sql: castSql(column.value, type), isSure: false };
}

const types: ReadonlyMap<string, string> = new Map([
  ["smallint", "SMALLINT"],
  ["integer", "INTEGER"],
  ["bigint", "BIGINT"],
  ["oid", "UINTEGER"],
  ["real", "FLOAT"],
  ["double precision", "DOUBLE"],
  ["boolean", "BOOLEAN"],
  ["date", "DATE"],
  ["uuid", "UUID"],
  ["bytea", "BLOB"],
  ["json", "JSON"],
  ["jsonb", "JSON"],
]);

const timed: readonly (readonly [RegExp, string])[] = [
  [/^timestamp(?:\(\d\))? without time zone$/, "TIMESTAMP"],
  [/^timestamp(?:\(\d\))? with time zone$/, "TIMESTAMP WITH TIME ZONE"],
  [/^time(?:\(\d\))? without time zone$/, "TIME"],
  [/^time(?:\(\d\))? with time zone$/, "TIME WITH TIME ZONE"],
  [/^interval\b/, "INTERVAL"],
];

/** DuckDB's type with the same values as one of PostgreSQL's; null when there is none, or when it is text. */
function duckdbType(type: string): string | null {
  const decimal = /^numeric\((\d+),(\d+)\)$/.exec(type);
  if (decimal !== null) {
    const [width, scale] = [Number(decimal[1]), Number(decimal[2])];
    return width <= 38 && scale <= width ? `DECIMAL(${width},${scale})` : null;
  }
  return (
    types.get(type) ??
    timed.find(([pattern]) => pattern.test(type))?.[1] ??
    null
  );
}

/** Forms that PostgreSQL's settings change (`DateStyle`, `IntervalStyle`, `bytea_output`) are not guessed at. */
const date = String.raw`\d{4,}-\d\d-\d\d`;
const clock = String.raw`\d\d:\d\d:\d\d(?:\.\d{1,6})?`;
const zone = String.raw`[+-]\d\d(?::\d\d){0,2}`;

function castSql(text: string, type: string): string {
  switch (type) {
    case "DATE":
      return matching(text, `(?:${date}(?: BC)?|-?infinity)`, type, afterDate);
    case "TIMESTAMP":
      return matching(
        text,
        `(?:${date} ${clock}(?: BC)?|-?infinity)`,
        type,
        afterDate,
      );
    case "TIMESTAMP WITH TIME ZONE":
      return matching(
        text,
        `(?:${date} ${clock}${zone}(?: BC)?|-?infinity)`,
        type,
        afterDate,
      );
    case "TIME":
      return matching(text, clock, type);
    case "TIME WITH TIME ZONE":
      return matching(text, `${clock}${zone}`, type);
    case "INTERVAL":
      return matching(text, interval, type, plainInterval);
    case "BLOB":
      return `CASE WHEN regexp_full_match(${text}, '\\\\x(?:[0-9a-f]{2})*') THEN unhex(substr(${text}, 3)) END`;
    default:
      return `TRY_CAST(${text} AS ${type})`;
  }
}

function matching(
  text: string,
  pattern: string,
  type: string,
  rewritten = (value: string): string => value,
): string {
  return `CASE WHEN regexp_full_match(${text}, '${pattern}') THEN TRY_CAST(${rewritten(text)} AS ${type}) END`;
}

/** `0044-03-15 10:00:00 BC` is `0044-03-15 (BC) 10:00:00` in DuckDB, which leaves other words behind a date out. */
function afterDate(text: string): string {
  return `regexp_replace(${text}, '^(${date})(.*) BC$', '\\1 (BC)\\2')`;
}

const interval = String.raw`(?:[+-]?\d+ (?:years?|mons?|days?) ?)*(?:[+-]?\d+:\d\d:\d\d(?:\.\d{1,6})?)?`;

/** DuckDB knows no `mons`, and no plus. */
function plainInterval(text: string): string {
  return `regexp_replace(replace(${text}, '+', ''), 'mons?', 'months')`;
}
