import { hasType, replaceTypes } from "../typeText";
import type { ExportColumn } from "./exportColumn";
import { asText, shortType, type KeptAs } from "./parquetSql";
import { typedSql } from "./typedSql";

/** Types that DuckDB's scanner makes another type of in PostgreSQL, or refuses: texts are exact. */
const notInPostgres =
  /^(?:STRUCT|MAP|UNION|VARIANT|BIT|BIGNUM|TIME_NS|TIMESTAMP_NS|GEOMETRY)\b/;

/** A column as a table has it: in its own type, a native run's in DuckDB's where that is exact. */
export function tableColumn(column: ExportColumn, isServer: boolean): KeptAs {
  const typed = typedSql(column);
  if (typed === null) {
    return asText(column, `is ${column.type}, written as text`);
  }
  const { type } = typed;
  if (!isServer) {
    return { ...typed, note: null };
  }
  if (hasType(type, (word) => notInPostgres.test(word))) {
    return asText(column, `is ${shortType(type)}, written as text`);
  }
  const known = replaceTypes(type, postgresType);
  return known === replaceTypes(type, () => null)
    ? { ...typed, note: null }
    : {
        type: known,
        sql: `TRY_CAST(${typed.sql} AS ${known})`,
        isSure: false,
        note: `is ${shortType(type)}, written as ${shortType(known)}`,
      };
}

function postgresType(word: string): string | null {
  switch (word) {
    case "HUGEINT":
    case "UHUGEINT":
      return "DECIMAL(38,0)";
    case "UBIGINT":
      return "DECIMAL(20,0)";
    case "TIMESTAMP_S":
    case "TIMESTAMP_MS":
      return "TIMESTAMP";
    case "ENUM":
      return "VARCHAR";
    default:
      return null;
  }
}
