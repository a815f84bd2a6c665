import { quoteLiteral } from "../../sql/quote";
import type { Cell } from "../result";
import {
  isBinaryFraction,
  isOfServer,
  type CopiedColumn,
} from "./copiedColumn";

/**
 * Writes a column's cells as literals that DuckDB and PostgreSQL both read, as far as both have the type; where they
 * differ (BLOB and bytea, years before Christ), as the engine that made the value does.
 */
export function literalWriter(column: CopiedColumn): (cell: Cell) => string {
  const write = writerOf(column);
  return (cell) => (cell === null ? "NULL" : write(cell));
}

function writerOf(column: CopiedColumn): (text: string) => string {
  switch (column.kind) {
    case "number":
      return isBinaryFraction(column) ? binaryFraction : decimal;
    case "boolean":
      return (text) => (/^t/i.test(text) ? "TRUE" : "FALSE");
    case "date":
    case "time":
    case "timestamp":
    case "interval": {
      const word = typeWord(column);
      return (text) => `${word} ${quoteLiteral(text)}`;
    }
    case "blob":
      return isOfServer(column)
        ? (text) => `${quoteLiteral(text)}::bytea`
        : (text) => `${quoteLiteral(text)}::BLOB`;
    default:
      return sqlText;
  }
}

/** More digits than this are read as a binary fraction by DuckDB; a text becomes what the column is. */
const exactDigits = 38;

function decimal(text: string): string {
  if (!/^-?(?:\d+\.?\d*|\.\d+)$/.test(text)) {
    return notFinite(text);
  }
  return text.replace(/\D/g, "").length > exactDigits
    ? quoteLiteral(text)
    : text;
}

function binaryFraction(text: string): string {
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) {
    return notFinite(text);
  }
  if (/^-0(?:\.0+)?$/.test(text)) {
    // PostgreSQL reads a bare one as numeric, which has no such zero.
    return "CAST('-0' AS DOUBLE PRECISION)";
  }
  // DuckDB reads digits without an exponent as DECIMAL; of more than fifteen the value could become its neighbour.
  const isExact = /e/i.test(text) || text.replace(/\D/g, "").length <= 15;
  return isExact ? text : `${text}e0`;
}

/** NaN and infinities, in the spelling that both engines read. */
function notFinite(text: string): string {
  const word = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (word !== null) {
    const sign = word[1] === "-" ? "-" : "";
    return `CAST('${sign}Infinity' AS DOUBLE PRECISION)`;
  }
  return /^nan$/i.test(text)
    ? "CAST('NaN' AS DOUBLE PRECISION)"
    : sqlText(text);
}

function typeWord({ kind, type, storage }: CopiedColumn): string {
  const word = storage === "VARCHAR" ? type : storage;
  switch (kind) {
    case "date":
      return "DATE";
    case "interval":
      return "INTERVAL";
    case "time":
      return hasZone(word) ? "TIMETZ" : /^TIME_NS$/.test(word) ? word : "TIME";
    default:
      return hasZone(word)
        ? "TIMESTAMPTZ"
        : /^TIMESTAMP_(?:NS|MS|S)$/.test(word)
          ? word
          : "TIMESTAMP";
  }
}

function hasZone(type: string): boolean {
  return /with time zone|tz\b/i.test(type);
}

/** A text; DuckDB has no literal for one with NUL in it, and PostgreSQL no such text. */
function sqlText(text: string): string {
  const parts = text.split("\0").map(quoteLiteral);
  return parts.length === 1
    ? quoteLiteral(text)
    : `(${parts.join(" || chr(0) || ")})`;
}
