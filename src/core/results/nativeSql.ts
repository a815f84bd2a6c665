/** SQL over values that are kept as PostgreSQL's texts: ordered as PostgreSQL orders them, by its word for the type. */
import { quoteLiteral } from "../sql/quote";

/** An expression over the expression of a text. */
type Over = (text: string) => string;

/** Expressions over the texts of a type. */
export interface NativeSql {
  /** Values in PostgreSQL's order; NULL where the text is no value. */
  readonly order: Over;
  /** What to order values by that are the same to `order`; absent where none are. */
  readonly further?: Over;
  /** In DuckDB's type for it; the text itself where there is none. */
  readonly typed: Over;
  /** The value as a number; null for what is no number. */
  readonly number: Over | null;
}

const itself: Over = (text) => text;
const plain: NativeSql = { order: itself, typed: itself, number: null };

function cast(type: string, text: Over = itself): NativeSql {
  return {
    order: (from) => `TRY_CAST(${text(from)} AS ${type})`,
    typed: (from) => `CAST(${text(from)} AS ${type})`,
    number: null,
  };
}

function number(type: string): NativeSql {
  const base = cast(type);
  return { ...base, number: base.order };
}

/** Digits of DuckDB's widest decimal. */
const decimalDigits = 38;

/** One that fits a decimal, with room for a greatest value, which NaN is. */
function decimal(scale: number): NativeSql {
  const type = `DECIMAL(${decimalDigits},${scale})`;
  const whole = "9".repeat(decimalDigits - scale);
  const greatest = scale === 0 ? whole : `${whole}.${"9".repeat(scale)}`;
  const base = number(type);
  return {
    ...base,
    order: (text) =>
      `CASE WHEN ${text} = 'NaN' THEN CAST('${greatest}' AS ${type}) ELSE ${base.order(text)} END`,
  };
}

/**
 * A text that sorts as the number does, whatever its length: sign, digits before the point, and the digits, for a
 * negative number all of them turned round. -Infinity, negative, others, Infinity, NaN begin with `/`, `0`, `1`, `2`, `3`.
 */
function numericKey(text: string): string {
  const short = `CASE WHEN contains(${text}, '.') THEN rtrim(rtrim(${text}, '0'), '.') ELSE ${text} END`;
  const whole = `strlen(split_part(${text}, '.', 1))`;
  return `CASE WHEN ${text} = 'NaN' THEN '3' WHEN ${text} = 'Infinity' THEN '2' WHEN ${text} = '-Infinity' THEN '/'
    WHEN starts_with(${text}, '-') THEN '0' || (1000000 - ${whole}) || translate((${short})[2:], '0123456789', '9876543210') || '~'
    ELSE '1' || (1000000 + ${whole}) || (${short}) END`;
}

const numeric: NativeSql = {
  ...number("DOUBLE"),
  order: numericKey,
};

/** DuckDB writes and reads BC behind the date, PostgreSQL at the end. */
const withEra: Over = (text) =>
  `CASE WHEN ends_with(${text}, ' BC') THEN regexp_replace(${text}, '^(\\S+)(.*) BC$', '\\1 (BC)\\2') ELSE ${text} END`;

/**
 * PostgreSQL's last years (after 294246) do not fit: they come after all others, before infinity, and among themselves as
 * the same days 400 years before, which is how often the calendar begins anew.
 */
function timestamp(type: string): NativeSql {
  const base = cast(type, withEra);
  const last = `${type} '294247-01-10 04:00:54.775806${type === "TIMESTAMPTZ" ? "+00" : ""}'`;
  return {
    ...base,
    order: (text) =>
      `CASE WHEN ${text} IS NOT NULL THEN coalesce(${base.order(text)}, ${last}) END`,
    further: (text) =>
      `CASE WHEN regexp_matches(${text}, '^2942[4-9][0-9]-') THEN TRY_CAST((${text}[:6]::INTEGER - 400) || ${text}[7:] AS ${type}) END`,
  };
}

/** PostgreSQL compares intervals by their microseconds, with months of 30 days. */
function intervalKey(text: string): string {
  const value = cast("INTERVAL", (from) => `replace(${from}, '+', '')`).order(
    text,
  );
  const part = (name: string): string => `date_part('${name}', ${value})`;
  return `CASE ${text} WHEN 'infinity' THEN 170141183460469231731687303715884105727 WHEN '-infinity' THEN -170141183460469231731687303715884105727
    ELSE ((${part("year")} * 12 + ${part("month")}) * 30 + ${part("day")})::HUGEINT * 86400000000
      + ${part("hour")}::HUGEINT * 3600000000 + ${part("minute")} * 60000000 + ${part("microsecond")} END`;
}

const interval: NativeSql = {
  order: intervalKey,
  typed: cast("INTERVAL", (text) => `replace(${text}, '+', '')`).typed,
  number: null,
};

/** Money has the digits of its locale: the same number of places in every value. */
const money: Over = (text) =>
  `TRY_CAST(regexp_replace(${text}, '[^0-9]', '', 'g') AS HUGEINT) * (CASE WHEN regexp_matches(${text}, '[-(]') THEN -1 ELSE 1 END)`;

const logPosition: Over = (text) =>
  `lpad(split_part(${text}, '/', 1), 8, '0') || lpad(split_part(${text}, '/', 2), 8, '0')`;

/** The 128 bits of an IPv6 address: groups may be left out at `::`, and the last two be written as IPv4. */
function longAddressBits(address: string): string {
  const octets = `list_transform(string_split(part, '.'), lambda octet: lpad(to_hex(TRY_CAST(octet AS UTINYINT)), 2, '0'))`;
  const digits = `CASE WHEN contains(part, '.') THEN array_to_string(${octets}, '') ELSE lpad(part, 4, '0') END`;
  const side = (place: 1 | 2): string =>
    `array_to_string(list_transform(list_filter(string_split(split_part(${address}, '::', ${place}), ':'), lambda part: part <> ''), lambda part: ${digits}), '')`;
  return `CAST(TRY(unhex(rpad(${side(1)}, (32 - strlen(${side(2)}))::INTEGER, '0') || ${side(2)})) AS BIT)::VARCHAR`;
}

/** A network's bits and then the address's, which is how PostgreSQL compares them: IPv6 after IPv4. */
function addressKey(text: string): string {
  const address = `split_part(${text}, '/', 1)`;
  const short = `array_to_string(list_transform(string_split(${address}, '.'), lambda octet: right(CAST(TRY_CAST(octet AS UTINYINT) AS BIT)::VARCHAR, 8)), '')`;
  const long = longAddressBits(address);
  const length = `TRY_CAST(split_part(${text}, '/', 2) AS INTEGER)`;
  return `CASE WHEN contains(${text}, ':') THEN '2' || left(${long}, coalesce(${length}, 128)) || ' ' || ${long}
    ELSE left(${short}, coalesce(${length}, 32)) || ' ' || ${short} END`;
}

/** Elements of an array from its text: of any number of dimensions, in their order. */
function elements(text: string, element: Over): string {
  const inside = `regexp_replace(${text}, '^[\\[\\]0-9:-]*=', '')`;
  const parts = `regexp_extract_all(${inside}, '"(?:[^"\\\\]|\\\\.)*"|[^{},"]+')`;
  const unquoted = `CASE WHEN part = 'NULL' THEN NULL WHEN starts_with(part, '"') THEN regexp_replace(part[2:-2], '\\\\(.)', '\\1', 'g') ELSE part END`;
  return `list_transform(list_transform(${parts}, lambda part: ${unquoted}), lambda item: ${element("item")})`;
}

const byPattern: readonly (readonly [RegExp, NativeSql])[] = [
  [/^(?:smallint|integer|bigint|oid|xid|cid)$/, number("BIGINT")],
  [/^xid8$/, number("HUGEINT")],
  [/^(?:real|double precision)$/, number("DOUBLE")],
  [/^boolean$/, cast("BOOLEAN")],
  [/^date$/, cast("DATE", withEra)],
  [/^timestamp.* without time zone$/, timestamp("TIMESTAMP")],
  [/^timestamp.* with time zone$/, timestamp("TIMESTAMPTZ")],
  [/^time.* without time zone$/, cast("TIME")],
  [/^time.* with time zone$/, cast("TIMETZ")],
  [/^interval\b/, interval],
  [/^money$/, { ...plain, order: money }],
  [/^pg_lsn$/, { ...plain, order: logPosition }],
  [/^(?:inet|cidr)$/, { ...plain, order: addressKey }],
];

/** The expressions for PostgreSQL's word of a type, with the labels of an enum. */
export function nativeSql(type: string, labels: readonly string[]): NativeSql {
  if (type.endsWith("[]")) {
    const { order, further } = nativeSql(type.slice(0, -2), labels);
    const element: Over =
      further === undefined
        ? order
        : (item) =>
            `CASE WHEN ${item} IS NOT NULL THEN {'o': ${order(item)}, 'f': ${further(item)}} END`;
    return { ...plain, order: (text) => elements(text, element) };
  }
  if (labels.length > 0) {
    const order = `ENUM(${labels.map(quoteLiteral).join(", ")})`;
    return { ...plain, order: cast(order).order };
  }
  const precise = /^numeric\((\d+),(-?\d+)\)$/.exec(type);
  if (precise !== null) {
    const [precision, scale] = [Number(precise[1]), Number(precise[2])];
    // One place more than the widest value needs, so that NaN is greater than all.
    return scale >= 0 && Math.max(precision, scale) < decimalDigits
      ? decimal(scale)
      : numeric;
  }
  return type === "numeric"
    ? numeric
    : (byPattern.find(([pattern]) => pattern.test(type))?.[1] ?? plain);
}

/** The server's text with its times in the connection's zone: of a `timestamp with time zone`, or an array of them. */
export function serverTextInZone(type: string, text: string): string {
  if (!/^timestamp.* with time zone(?:\[\])*$/.test(type)) {
    return text;
  }
  const inZone: Over = (from) =>
    `coalesce(regexp_replace(TRY_CAST(${withEra(from)} AS TIMESTAMPTZ)::VARCHAR, '^(\\S+) \\(BC\\)(.*)$', '\\1\\2 BC'), ${from})`;
  if (!type.endsWith("[]")) {
    return inZone(text);
  }
  const quoted: Over = (item) =>
    `CASE WHEN contains(${inZone(item)}, ' ') THEN '"' || ${inZone(item)} || '"' ELSE ${inZone(item)} END`;
  const items = elements(text, (item) => `coalesce(${quoted(item)}, 'NULL')`);
  // Of more dimensions, and with bounds of its own, an array stays as it is.
  return `CASE WHEN starts_with(${text}, '{') AND NOT contains(${text}[2:], '{') THEN '{' || array_to_string(${items}, ',') || '}' ELSE ${text} END`;
}
