import { hasType, replaceTypes } from "../typeText";
import type { ExportColumn } from "./exportColumn";
import { typedSql, type TypedSql } from "./typedSql";

/** A column as another format keeps it. */
export interface KeptAs extends TypedSql {
  /** Why it is not what it is in the result; null when it is. */
  readonly note: string | null;
}

/** What is left of a value when nothing else is exact. */
export function asText({ text }: ExportColumn, reason: string): KeptAs {
  return { type: "VARCHAR", sql: text, isSure: true, note: reason };
}

/** Types that Parquet has not, or not exactly: measured by reading back what was written. */
const asTexts =
  /^(?:U?HUGEINT|INTERVAL|TIME WITH TIME ZONE|TIMETZ|TIME_NS|BIT|BIGNUM|ENUM)\b/;

/** A column as a Parquet file has it. */
export function parquetSql(column: ExportColumn): KeptAs {
  const typed = typedSql(column);
  if (typed === null) {
    const isText = column.kind === "text";
    return {
      ...asText(column, ""),
      note: isText ? null : `is ${column.type}, written as text`,
    };
  }
  const { type } = typed;
  // DuckDB writes a union as a struct, and cannot write every variant.
  if (hasType(type, (word) => /^(?:UNION|VARIANT)\b/.test(word))) {
    return asText(column, `is ${shortType(type)}, written as text`);
  }
  if (type === "HUGEINT" || type === "UHUGEINT") {
    return {
      type: "DECIMAL(38,0)",
      sql: `TRY_CAST(${typed.sql} AS DECIMAL(38,0))`,
      isSure: false,
      note: null,
    };
  }
  const exact = replaceTypes(type, parquetType);
  if (exact === typeWithoutEnums(type)) {
    return { ...typed, note: isArray(type) ? "is read as a list" : null };
  }
  if (exact === "VARCHAR") {
    return asText(column, `is ${shortType(type)}, written as text`);
  }
  return {
    type: exact,
    sql: `TRY_CAST(${typed.sql} AS ${exact})`,
    isSure: false,
    note:
      exact === "TIMESTAMP"
        ? null
        : `is ${shortType(type)}, written as ${shortType(exact)}`,
  };
}

function parquetType(word: string): string | null {
  if (word === "TIMESTAMP_S" || word === "TIMESTAMP_MS") return "TIMESTAMP";
  return asTexts.test(word) ? "VARCHAR" : null;
}

function typeWithoutEnums(type: string): string {
  return replaceTypes(type, () => null);
}

function isArray(type: string): boolean {
  return /\[\d+\]/.test(type);
}

/** A type as a sentence can have it. */
export function shortType(type: string): string {
  const short = replaceTypes(type, () => null);
  return short.length > 60 ? `${short.slice(0, 60)}…` : short;
}
