/** What a value is meant to be: `auto` is what the engine expects there, else a text; `other` a type that is named. */
export const parameterTypes = [
  "auto",
  "text",
  "integer",
  "decimal",
  "double",
  "boolean",
  "date",
  "time",
  "timestamp",
  "timestamptz",
  "interval",
  "uuid",
  "other",
  "null",
] as const;

/** One of them. */
export type ParameterType = (typeof parameterTypes)[number];

/** Why a text is no value of a type. A code: what is said of it is up to who says it, and never the value. */
export type ValueProblem =
  | "notInteger"
  | "tooLarge"
  | "notDecimal"
  | "notDouble"
  | "notBoolean"
  | "notDate"
  | "notTime"
  | "notTimestamp"
  | "notInterval"
  | "notUuid"
  | "notUnicode";

/** True for the name of a type, as a command line has it. */
export function isParameterType(name: string): name is ParameterType {
  return (parameterTypes as readonly string[]).includes(name);
}

const date = String.raw`(\d{4,6})-(\d{1,2})-(\d{1,2})`;
const time = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?`;
const zone = String.raw`(?:\s*(?:Z|UTC|[+-]\d{1,2}(?::?\d{2}){0,2}|[A-Za-z_]+(?:/[A-Za-z_+\-0-9]+)*))?`;
const era = String.raw`(?:\s*\(?BC\)?)?`;

const datePattern = new RegExp(`^${date}${era}$`, "i");
const timePattern = new RegExp(`^${time}$`);
const timestampPattern = new RegExp(`^${date}(?:[ T]${time})?${era}$`, "i");
const zonedPattern = new RegExp(`^${date}(?:[ T]${time})?${zone}${era}$`, "i");
const numberPattern = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$/;
const doublePattern =
  /^[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i;
const uuidPattern = /^\{?[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?$/i;
const infinite = /^[+-]?infinity$/i;

/** Digits that a DECIMAL can have. */
const mostDigits = 38;

/** Why `text` is no value of `type`; null when it is one, as far as can be told without the engine. */
export function valueProblem(
  type: ParameterType,
  text: string,
): ValueProblem | null {
  const value = text.trim();
  switch (type) {
    case "null":
      return null;
    case "auto":
    case "text":
    case "other":
      // On its way to an engine half of a character would become another one.
      return /\p{Surrogate}/u.test(text) ? "notUnicode" : null;
    case "integer":
      return !/^[+-]?\d+$/.test(value)
        ? "notInteger"
        : fits(value, 127n)
          ? null
          : "tooLarge";
    case "decimal":
      return !numberPattern.test(value)
        ? "notDecimal"
        : digitsOf(value).length > mostDigits
          ? "tooLarge"
          : null;
    case "double":
      return doublePattern.test(value) ? null : "notDouble";
    case "boolean":
      return booleanOf(value) === null ? "notBoolean" : null;
    case "date":
      return infinite.test(value) || isDate(datePattern.exec(value))
        ? null
        : "notDate";
    case "time":
      return isTime(timePattern.exec(value), 1) ? null : "notTime";
    case "timestamp":
      return isTimestamp(timestampPattern, value) ? null : "notTimestamp";
    case "timestamptz":
      return isTimestamp(zonedPattern, value) ? null : "notTimestamp";
    case "interval":
      return /\d/.test(value) ? null : "notInterval";
    case "uuid":
      return uuidPattern.test(value) ? null : "notUuid";
  }
}

/** The text as engines read it. Text stays as it is, blanks and all. */
export function normalValue(type: ParameterType, text: string): string {
  switch (type) {
    case "auto":
    case "text":
    case "other":
      return text;
    case "boolean":
      return String(booleanOf(text.trim()) ?? text.trim());
    default:
      return text.trim();
  }
}

/** DuckDB's type for a value of a type; null for those that say nothing of it. */
export function duckdbType(type: ParameterType, text: string): string | null {
  const value = text.trim();
  switch (type) {
    case "auto":
    case "other":
    case "null":
      return null;
    case "text":
      return "VARCHAR";
    case "integer":
      return fits(value, 31n)
        ? "INTEGER"
        : fits(value, 63n)
          ? "BIGINT"
          : "HUGEINT";
    case "decimal":
      return decimalType(value);
    case "timestamptz":
      return "TIMESTAMP WITH TIME ZONE";
    default:
      return type.toUpperCase();
  }
}

/**
 * The type that a value is meant to have where DuckDB expects `engineType`: a number keeps all of its digits (1.5 is not
 * cut to fit a BIGINT column that it is compared with), and what is no number there is none.
 */
export function expectedType(engineType: string, text: string): ParameterType {
  const type = parameterTypeOf(engineType);
  if (type !== "integer" && type !== "decimal") {
    return type;
  }
  return (
    (["integer", "decimal", "double"] as const).find(
      (one) => valueProblem(one, text) === null,
    ) ?? type
  );
}

/** The type that a type of DuckDB's or PostgreSQL's comes to; `auto` for others, such as arrays. */
export function parameterTypeOf(engineType: string): ParameterType {
  const name = engineType.toLowerCase().replace(/\s*\(.*?\)/, "");
  const found = typeNames.find(([pattern]) => pattern.test(name));
  return found?.[1] ?? "auto";
}

const typeNames: readonly (readonly [RegExp, ParameterType])[] = [
  [/^u?(?:tiny|small|big|huge)?int(?:eger)?$|^(?:oid|bignum)$/, "integer"],
  [/^(?:decimal|numeric)$/, "decimal"],
  [/^(?:double(?: precision)?|float|real)$/, "double"],
  [/^(?:varchar|text|character varying|character|bpchar|name)$/, "text"],
  [/^bool(?:ean)?$/, "boolean"],
  [/^date$/, "date"],
  [/^time(?: without time zone)?$/, "time"],
  [/^timestamp(?: without time zone)?$/, "timestamp"],
  [/^timestamp with time zone$/, "timestamptz"],
  [/^interval$/, "interval"],
  [/^uuid$/, "uuid"],
];

function digitsOf(value: string): string {
  return value.replace(/[+\-.]/g, "").replace(/^0+(?=\d)/, "");
}

function decimalType(value: string): string {
  const scale = /\.(\d*)/.exec(value)?.[1]?.length ?? 0;
  const precision = Math.max(digitsOf(value).length, scale, 1);
  return `DECIMAL(${precision}, ${scale})`;
}

function fits(value: string, bits: bigint): boolean {
  // BigInt reads no plus sign, and huge texts slowly.
  if (value.length > 50) {
    return /^[+-]?0*\d{1,38}$/.test(value) && fits(shortened(value), bits);
  }
  const number = BigInt(value.replace(/^\+/, ""));
  return number >= -(2n ** bits) && number < 2n ** bits;
}

function shortened(value: string): string {
  return value.replace(/^([+-]?)0+(?=\d)/, "$1");
}

function booleanOf(value: string): boolean | null {
  if (/^(?:true|t|yes|y|on|1)$/i.test(value)) {
    return true;
  }
  return /^(?:false|f|no|n|off|0)$/i.test(value) ? false : null;
}

function isDate(found: RegExpExecArray | null): boolean {
  if (found === null) {
    return false;
  }
  const [year, month, day] = found.slice(1, 4).map(Number);
  return (
    year !== undefined &&
    month !== undefined &&
    day !== undefined &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysOf(year, month)
  );
}

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const isShort = [4, 6, 9, 11].includes(month);
  return month === 2 ? (isLeap ? 29 : 28) : isShort ? 30 : 31;
}

function isTime(found: RegExpExecArray | null, from: number): boolean {
  if (found === null) {
    return false;
  }
  const [hour = 0, minute = 0, second = 0] = found
    .slice(from, from + 3)
    .map((part: string | undefined) => Number(part ?? 0));
  const isMidnight = hour === 24 && minute === 0 && second === 0;
  return (hour < 24 || isMidnight) && minute < 60 && second <= 60;
}

function isTimestamp(pattern: RegExp, value: string): boolean {
  const found = pattern.exec(value);
  return infinite.test(value) || (isDate(found) && isTime(found, 4));
}
