import { JinjaFailure } from "./jinjaFailure";
import { pythonText, type JinjaValue } from "./jinjaValue";

/** A filter or a function: the names of its parameters (of a filter after its operand), and what it does. */
export interface JinjaCallable {
  readonly parameters: readonly string[];
  readonly call: (...values: JinjaValue[]) => JinjaValue;
}

/** More than any profile needs; a chain of `replace` could fill the memory otherwise. */
const longestText = 1_000_000;

/** What the result of a native filter is marked with until the whole scalar is known; no environment value has a NUL. */
export const nativeMarks = {
  as_bool: "\0bool\0",
  as_number: "\0number\0",
  as_native: "\0native\0",
} as const;

/** The text without marks. */
export function withoutMarks(text: string): string {
  return Object.values(nativeMarks).reduce(
    (rest, mark) => rest.replaceAll(mark, ""),
    text,
  );
}

/** Jinja's filters for texts and numbers, and dbt's own. */
export const jinjaFilters: ReadonlyMap<string, JinjaCallable> = new Map([
  ...filters(["default", "d"], ["default_value", "boolean"], orDefault),
  ...filters(["int"], ["default", "base"], toInteger),
  ...filters(["float"], ["default"], toFloat),
  ...filters(["string", "safe"], [], pythonText),
  ...filters(["as_text"], [], (value) => withoutMarks(pythonText(value))),
  ...filters(["as_bool"], [], mark(nativeMarks.as_bool)),
  ...filters(["as_number"], [], mark(nativeMarks.as_number)),
  ...filters(["as_native"], [], mark(nativeMarks.as_native)),
  ...filters(
    ["upper"],
    [],
    onText((text) => text.toUpperCase()),
  ),
  ...filters(
    ["lower"],
    [],
    onText((text) => text.toLowerCase()),
  ),
  ...filters(["capitalize"], [], onText(capitalize)),
  ...filters(
    ["title"],
    [],
    onText((text) => text.replace(/[^\s\-({[<]+/gu, capitalize)),
  ),
  ...filters(["trim"], ["chars"], trim),
  ...filters(["replace"], ["old", "new", "count"], replace),
  ...filters(
    ["urlencode"],
    [],
    onText((text) => encodeURIComponent(text).replaceAll("%2F", "/")),
  ),
  ...filters(["length", "count"], [], (value) => lengthOf(value)),
  ...filters(["abs"], [], (value) => Math.abs(numberOf(value))),
  ...filters(["round"], ["precision", "method"], round),
  ...filters(["first"], [], (value) => itemsOf(value)[0]),
  ...filters(["last"], [], (value) => itemsOf(value).at(-1)),
  ...filters(["list"], [], (value) => itemsOf(value)),
  ...filters(["join"], ["d"], (value, separator) =>
    itemsOf(value).map(pythonText).join(pythonText(separator)),
  ),
  ...filters(["tojson"], [], (value) => JSON.stringify(value ?? null)),
]);

/** Filters that leave a text as it is, so that dbt's secrets may go through them. */
export const harmlessFilters: ReadonlySet<string> = new Set([
  "default",
  "d",
  "string",
  "safe",
  "as_text",
]);

function filters(
  names: readonly string[],
  parameters: readonly string[],
  call: JinjaCallable["call"],
): [string, JinjaCallable][] {
  return names.map((name) => [name, { parameters, call }]);
}

function onText(change: (text: string) => string): JinjaCallable["call"] {
  return (value) => change(shortText(value));
}

function mark(sign: string): JinjaCallable["call"] {
  // Only a text is evaluated; `{{ true | as_bool }}` is a bool already.
  return (value) =>
    typeof value === "string" ? sign + withoutMarks(value) : value;
}

function orDefault(
  value: JinjaValue,
  otherwise: JinjaValue,
  alsoForFalse: JinjaValue,
): JinjaValue {
  const isFalse =
    value === null || value === "" || value === false || value === 0;
  return value === undefined || (alsoForFalse === true && isFalse)
    ? (otherwise ?? "")
    : value;
}

/** As Python's `int()` reads it, then `int(float())`; what is no number is the default, 0. */
function toInteger(
  value: JinjaValue,
  otherwise: JinjaValue,
  base: JinjaValue,
): JinjaValue {
  const fallback = otherwise ?? 0;
  if (typeof value === "boolean") {
    return value ? 1 : 0;
  }
  if (typeof value === "number") {
    return Math.trunc(value);
  }
  if (typeof value !== "string") {
    return fallback;
  }
  const text = withoutMarks(value).trim();
  if (typeof base === "number" && base !== 10) {
    const digits = text.replace(/^([+-]?)0[xob]/i, "$1");
    const parsed =
      base >= 2 && base <= 36 ? Number.parseInt(digits, base) : Number.NaN;
    return Number.isNaN(parsed) ? fallback : parsed;
  }
  const number = pythonNumber(text);
  return number === null || !Number.isFinite(number)
    ? fallback
    : Math.trunc(number);
}

function toFloat(value: JinjaValue, otherwise: JinjaValue): JinjaValue {
  if (typeof value === "number" || typeof value === "boolean") {
    return Number(value);
  }
  const number =
    typeof value === "string" ? pythonNumber(withoutMarks(value).trim()) : null;
  return number ?? otherwise ?? 0;
}

/** A decimal number as Python writes it, or null. */
export function pythonNumber(text: string): number | null {
  return /^[+-]?(?:\d+(?:_\d+)*(?:\.(?:\d+(?:_\d+)*)?)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+)?$/i.test(
    text,
  )
    ? Number(text.replaceAll("_", ""))
    : null;
}

function numberOf(value: JinjaValue): number {
  if (typeof value === "number") {
    return value;
  }
  throw new JinjaFailure(
    "profileInvalid",
    "This filter needs a number; put | int or | float before it.",
  );
}

function round(
  value: JinjaValue,
  precision: JinjaValue,
  method: JinjaValue,
): number {
  const factor = 10 ** (typeof precision === "number" ? precision : 0);
  const scaled = numberOf(value) * factor;
  const how =
    method === "ceil"
      ? Math.ceil
      : method === "floor"
        ? Math.floor
        : Math.round;
  return how(scaled) / factor;
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

function trim(value: JinjaValue, chars: JinjaValue): string {
  const text = shortText(value);
  if (typeof chars !== "string") {
    return text.trim();
  }
  let [start, end] = [0, text.length];
  while (start < end && chars.includes(text.charAt(start))) start += 1;
  while (end > start && chars.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}

function replace(
  value: JinjaValue,
  old: JinjaValue,
  next: JinjaValue,
  count: JinjaValue,
): string {
  const pieces = shortText(value).split(pythonText(old));
  const limit = typeof count === "number" && count >= 0 ? count : pieces.length;
  return pieces.reduce(
    (text, piece, at) => text + pythonText(at <= limit ? next : old) + piece,
  );
}

function lengthOf(value: JinjaValue): number {
  return typeof value === "string"
    ? Array.from(shortText(value)).length
    : itemsOf(value).length;
}

function itemsOf(value: JinjaValue): JinjaValue[] {
  if (Array.isArray(value)) {
    return value;
  }
  if (typeof value === "string") {
    return Array.from(shortText(value));
  }
  return typeof value === "object" && value !== null ? Object.keys(value) : [];
}

function shortText(value: JinjaValue): string {
  const text = withoutMarks(pythonText(value));
  if (text.length > longestText) {
    throw new JinjaFailure(
      "profileInvalid",
      "This Jinja expression makes a text that is too long.",
    );
  }
  return text;
}
