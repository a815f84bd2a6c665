import { columnKind, type ColumnKind, type KeptColumn } from "../columnSql";

/** A column whose cells are written as text of another format. */
export interface CopiedColumn extends KeptColumn {
  readonly kind: ColumnKind;
}

/** The column with its kind. */
export function copiedColumn(column: KeptColumn): CopiedColumn {
  return { ...column, kind: columnKind(column.type, column.storage) };
}

/**
 * True for a column of a native run: its cells are PostgreSQL's texts, and what is written of them is PostgreSQL's.
 * DuckDB writes its types in capitals.
 */
export function isOfServer({ type, storage }: KeptColumn): boolean {
  return storage === "VARCHAR" && type !== "VARCHAR";
}

/** True where values are binary fractions, in which decimal digits are only the shortest way to write them. */
export function isBinaryFraction({ type, storage }: KeptColumn): boolean {
  return /^(?:FLOAT|DOUBLE|real|double precision|float[48])$/i.test(
    storage === "VARCHAR" ? type : storage,
  );
}

/**
 * True where DuckDB's `to_json` says exactly what the values are: nested values of which no member becomes another one
 * (FLOAT gets more digits) or is refused.
 */
export function hasExactJson({ storage }: KeptColumn): boolean {
  return (
    /^(?:STRUCT|MAP)\b|\]$/.test(storage) &&
    !/FLOAT|BIGNUM|UNION|VARIANT|GEOMETRY/.test(storage)
  );
}
