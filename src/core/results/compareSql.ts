/** SQL of a comparison of a column's values with what a user gives. */
import { viaductError } from "../errors/makeError";
import type { ViaductError } from "../errors/viaductError";
import { columnSql, isServerText, orderOf, type KeptColumn } from "./columnSql";
import {
  decimalText,
  exactDecimal,
  withoutTrailingZeros,
  type ExactDecimal,
} from "./exactDecimal";
import { textLiteral } from "./textLiteral";
import type { Comparison } from "./view";

/** A condition; `fits` has to be true before it may be used, else the value is none of the column's type. */
export interface CompareSql {
  readonly condition: string;
  readonly fits: string | null;
}

/** What is compared. */
export interface Compared {
  readonly comparison: Comparison;
  readonly value: string;
  readonly matchCase: boolean;
}

/** The condition that a column's values have to meet. Throws for a value that is none of its type. */
export function compareSql(
  index: number,
  column: KeptColumn,
  compared: Compared,
): CompareSql {
  const { kind, text, order } = columnSql(index, column);
  const { comparison, value } = compared;
  if (isTextual(comparison) || kind === "text" || kind === "json") {
    return { condition: textCondition(text, compared), fits: null };
  }
  if (kind === "number") {
    return numberCondition(order, column, compared);
  }
  const literal = orderOf(column, textLiteral(value));
  return {
    condition: `${order} ${comparison} ${literal}`,
    fits: `${literal} IS NOT NULL`,
  };
}

function isTextual(comparison: Comparison): boolean {
  return /^[a-z]/.test(comparison);
}

function textCondition(
  text: string,
  { comparison, value, matchCase }: Compared,
): string {
  const literal = textLiteral(value);
  if (comparison === "matches") {
    return `regexp_matches(${text}, ${literal}, '${matchCase ? "c" : "i"}')`;
  }
  const [left, right] = matchCase
    ? [text, literal]
    : [`lower(${text})`, `lower(${literal})`];
  switch (comparison) {
    case "contains":
      return `contains(${left}, ${right})`;
    case "startsWith":
      return `starts_with(${left}, ${right})`;
    case "endsWith":
      return `ends_with(${left}, ${right})`;
    default:
      return `${left} ${comparison} ${right}`;
  }
}

/** A type whose values are whole numbers of `10^-scale`, all of which a literal can name. */
interface Steps {
  readonly type: string;
  readonly scale: number;
  readonly least: bigint | null;
  readonly greatest: bigint | null;
}

const bitsOf: Readonly<Record<string, number>> = {
  TINYINT: 8,
  SMALLINT: 16,
  INTEGER: 32,
  BIGINT: 64,
  HUGEINT: 128,
};

function stepsOf(column: KeptColumn): Steps | null {
  const type = isServerText(column) ? serverSteps(column.type) : column.storage;
  if (type === "BIGNUM") {
    return { type, scale: 0, least: null, greatest: null };
  }
  const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(type);
  if (decimal !== null) {
    const greatest = 10n ** BigInt(Number(decimal[1])) - 1n;
    return { type, scale: Number(decimal[2]), least: -greatest, greatest };
  }
  const isUnsigned = type.startsWith("U");
  const bits = bitsOf[isUnsigned ? type.slice(1) : type];
  if (bits === undefined) {
    return null;
  }
  const limit = 2n ** BigInt(isUnsigned ? bits : bits - 1);
  return {
    type,
    scale: 0,
    least: isUnsigned ? 0n : -limit,
    greatest: limit - 1n,
  };
}

/** DuckDB's type of the order of a server's number, where it has steps. */
function serverSteps(type: string): string {
  if (/^(?:smallint|integer|bigint|oid|xid|cid)$/.test(type)) {
    return "BIGINT";
  }
  if (type === "xid8") {
    return "HUGEINT";
  }
  const [, precision, scale] = /^numeric\((\d+),(\d+)\)$/.exec(type) ?? [];
  return Math.max(Number(precision), Number(scale)) < 38
    ? `DECIMAL(38,${scale})`
    : type;
}

const special = /^[+-]?(?:nan|inf|infinity)$/i;

function numberCondition(
  order: string,
  column: KeptColumn,
  { comparison, value }: Compared,
): CompareSql {
  const text = value.trim();
  const number = exactDecimal(text);
  const steps = stepsOf(column);
  if (number !== undefined && steps !== null) {
    return {
      condition: stepCondition(order, steps, comparison, number),
      fits: null,
    };
  }
  if (number === undefined && (steps !== null || !special.test(text))) {
    // A PostgreSQL numeric with a precision has NaN, which a comparison by order finds.
    if (!(isServerText(column) && /^[+-]?nan$/i.test(text))) {
      throw noValue(value, "number");
    }
  }
  const plain =
    number === undefined
      ? specialText(text)
      : decimalText(withoutTrailingZeros(number));
  const isText = isServerText(column) && /^numeric/.test(column.type);
  const literal = orderOf(column, textLiteral(isText ? plain : text));
  return {
    condition: `${order} ${comparison} ${literal}`,
    fits: `${literal} IS NOT NULL`,
  };
}

/** PostgreSQL's spelling. */
function specialText(text: string): string {
  return /nan/i.test(text)
    ? "NaN"
    : text.startsWith("-")
      ? "-Infinity"
      : "Infinity";
}

/** Compared exactly, also with a number between two values of the type or beyond its ends. */
function stepCondition(
  order: string,
  { type, scale, least, greatest }: Steps,
  comparison: Comparison,
  number: ExactDecimal,
): string {
  const shift = scale - number.scale;
  const divisor = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  const digits =
    shift > 0 ? number.digits * 10n ** BigInt(shift) : number.digits;
  const rest = ((digits % divisor) + divisor) % divisor;
  // The value of the type at or below the number.
  const floor = (digits - rest) / divisor;
  const any = `${order} IS NOT NULL`;
  const isBelow = least !== null && floor < least;
  const isAbove = greatest !== null && floor > greatest;
  if (isBelow || isAbove) {
    const holds = comparison === "<>" || (isBelow ? />/ : /</).test(comparison);
    return holds ? any : "false";
  }
  const literal = `CAST('${decimalText({ digits: floor, scale })}' AS ${type})`;
  if (rest === 0n) {
    return `${order} ${comparison} ${literal}`;
  }
  switch (comparison) {
    case "=":
      return "false";
    case "<>":
      return any;
    default:
      return `${order} ${comparison.startsWith("<") ? "<=" : ">"} ${literal}`;
  }
}

/** What a value has to be that is none. */
export function noValue(value: string, type: string): ViaductError {
  const article = /^[aeiou]/i.test(type) ? "an" : "a";
  return viaductError("conversion", `'${value}' is no ${type}.`, {
    hint: `Give ${article} ${type} to compare with.`,
  });
}

/** How a column's type is called where a value is none of it. */
export function valueWord({ type, storage }: KeptColumn): string {
  const { kind } = columnSql(0, { name: "", type, storage });
  return kind === "other" || kind === "blob" ? type : kind;
}
