import { quoteIdentifier } from "../core/sql/quote";
import type { ResultColumn } from "../core/results/result";

/** A column of a result: what a user sees, and the type with which another DuckDB instance can keep it. */
export interface StoredColumn extends ResultColumn {
  readonly storage: string;
}

/** What tells about a type of DuckDB's how it is written, whichever kind of type it is. */
interface TypeShape {
  readonly alias?: string | undefined;
  /** Of lists and arrays; of maps beside `keyType`. */
  readonly valueType?: TypeShape;
  /** Of arrays. */
  readonly length?: number;
  readonly keyType?: TypeShape;
  readonly entryNames?: readonly string[];
  readonly entryTypes?: readonly TypeShape[];
  readonly memberTags?: readonly string[];
  readonly memberTypes?: readonly TypeShape[];
  toString(): string;
}

/** What node-api says of the columns of a statement or a result. */
interface Described {
  readonly columnCount: number;
  columnName(index: number): string;
  columnType(index: number): TypeShape;
}

/** The columns, with an empty type and storage where node-api does not know the type. */
export function storedColumns(described: Described): StoredColumn[] {
  return Array.from({ length: described.columnCount }, (_, index) => {
    const name = described.columnName(index);
    let type: TypeShape;
    try {
      type = described.columnType(index);
    } catch {
      return { name, type: "", storage: "" };
    }
    return {
      name,
      type: type.alias ?? type.toString(),
      storage: storageOf(type),
    };
  });
}

/** The type with JSON where JSON is: `['{}'::JSON]` and `['{}']` do not have the same text. */
function storageOf(type: TypeShape): string {
  const { alias, keyType, valueType, length } = type;
  if (alias === "JSON") {
    return "JSON";
  }
  if (keyType !== undefined && valueType !== undefined) {
    return `MAP(${storageOf(keyType)}, ${storageOf(valueType)})`;
  }
  if (valueType !== undefined) {
    return `${storageOf(valueType)}[${length ?? ""}]`;
  }
  if (type.entryNames !== undefined && type.entryTypes !== undefined) {
    return `STRUCT(${members(type.entryNames, type.entryTypes)})`;
  }
  if (type.memberTags !== undefined && type.memberTypes !== undefined) {
    return `UNION(${members(type.memberTags, type.memberTypes)})`;
  }
  return type.toString();
}

function members(
  names: readonly string[],
  types: readonly TypeShape[],
): string {
  const name = (index: number): string => quoteIdentifier(names[index] ?? "");
  return types.map((type, at) => `${name(at)} ${storageOf(type)}`).join(", ");
}
