/** SQL of what differs between two results: `l…` is of the left one, `r…` of the right one. */
import { columnKind, columnSql, type KeptColumn } from "./columnSql";
import { matchSets } from "./findSql";

/** Columns of two results that belong together. */
interface Pair {
  readonly left: number;
  readonly right: number;
  /** Their shown texts are compared. */
  readonly asText: boolean;
}

/** DuckDB finds some of these equal that are shown as different ones (30 days and a month), or cannot compare them. */
const withoutEquality = /INTERVAL|TIME WITH TIME ZONE|VARIANT|GEOMETRY|UNION\(/;

/** Columns belong together by name, and those of one name in their order; then also by the name in any case. */
export function pairColumns(
  left: readonly KeptColumn[],
  right: readonly KeptColumn[],
): Pair[] {
  const exact = pairsBy((name) => name, left, right, new Map());
  const found = pairsBy((name) => name.toLowerCase(), left, right, exact);
  return [...found]
    .sort(([a], [b]) => a - b)
    .map(([from, to]) => ({
      left: from,
      right: to,
      asText: isTextual(left[from], right[to]),
    }));
}

function pairsBy(
  nameOf: (name: string) => string,
  left: readonly KeptColumn[],
  right: readonly KeptColumn[],
  known: ReadonlyMap<number, number>,
): Map<number, number> {
  const taken = new Set(known.values());
  const places = new Map<string, number[]>();
  right.forEach(({ name }, place) => {
    if (taken.has(place)) return;
    const key = nameOf(name);
    places.set(key, [...(places.get(key) ?? []), place]);
  });
  const pairs = new Map(known);
  left.forEach(({ name }, place) => {
    if (known.has(place)) return;
    const to = places.get(nameOf(name))?.shift();
    if (to !== undefined) pairs.set(place, to);
  });
  return pairs;
}

function isTextual(left?: KeptColumn, right?: KeptColumn): boolean {
  return (
    left?.storage !== right?.storage ||
    withoutEquality.test(left?.storage ?? "")
  );
}

/** One of the two, as it is read. */
export interface ComparedRows {
  /** A FROM item with `pos`. */
  readonly from: string;
  readonly columns: readonly KeptColumn[];
}

/** Two results, their pairs of columns, and of these the key; null for rows by their places. */
export interface Compared {
  readonly left: ComparedRows;
  readonly right: ComparedRows;
  readonly pairs: readonly Pair[];
  readonly key: readonly Pair[] | null;
}

/** Columns by which rows may be paired without being told so: names of keys, with types that keys have. */
export function likelyKeys(
  { left, right }: Pick<Compared, "left" | "right">,
  pairs: readonly Pair[],
): Pair[] {
  return pairs
    .filter(({ left: at, asText }) => {
      const column = left.columns[at];
      return !asText && column !== undefined && isKeyLike(column);
    })
    .filter((pair) => isAlone(left, pair.left) && isAlone(right, pair.right))
    .slice(0, mostLikely);
}

/** Keys that are tried: each is counted over all rows. */
const mostLikely = 3;

function isKeyLike({ name, type, storage }: KeptColumn): boolean {
  const isNamedSo =
    /^(?:id|key|uuid|guid|oid)$|[_ ](?:id|key|uuid|guid)$|[a-z](?:Id|ID|Key|Uuid)$/i;
  const kind = columnKind(type, storage);
  const isKeyType =
    kind === "text" ||
    /^(?:uuid|U?(?:TINY|SMALL|BIG|HUGE)INT|U?INTEGER|oid)$/i.test(
      storage === "VARCHAR" ? type : storage,
    );
  return isKeyType && isNamedSo.test(name);
}

/** A name of several columns says too little. */
function isAlone({ columns }: ComparedRows, at: number): boolean {
  const name = columns[at]?.name.toLowerCase();
  return columns.filter((one) => one.name.toLowerCase() === name).length === 1;
}

/** Selects `true` when every row has a value in the column, and none of them twice. */
export function isKeySql({ from, columns }: ComparedRows, at: number): string {
  const value = valueSql(columns, at, false);
  return `SELECT (count(*) = count(DISTINCT ${value}))::VARCHAR FROM ${from}`;
}

/** Selects how many rows have the key of a row before them. */
export function repeatedSql(
  { from, columns }: ComparedRows,
  key: readonly { readonly at: number; readonly asText: boolean }[],
): string {
  const values = key.map(({ at, asText }) => valueSql(columns, at, asText));
  return `SELECT coalesce(sum(n - 1), 0)::BIGINT::VARCHAR FROM (SELECT count(*) AS n FROM ${from} GROUP BY ${values.join(", ")})`;
}

/** Sets of columns that a table of differences has, as `b0`, `b1`, … */
export function differenceSets(pairs: readonly Pair[]): string[] {
  return matchSets(pairs.map((_, at) => `l${at} IS DISTINCT FROM r${at}`));
}

/**
 * Selects the rows that differ: `l` and `r`, their places, NULL in the result that has none, and the sets of columns
 * that differ. With a key, rows of the same one are paired in their order.
 */
export function differencesSql(
  { left, right, pairs, key }: Compared,
  isRepeated: boolean,
): string {
  const keyed = (key ?? []).map((pair) => pairs.indexOf(pair));
  const numbered = key !== null && isRepeated;
  const sets = differenceSets(pairs);
  const on =
    key === null
      ? ["l = r"]
      : [
          ...keyed.map((at) => `l${at} IS NOT DISTINCT FROM r${at}`),
          ...(numbered ? ["ln = rn"] : []),
        ];
  const side = (name: "l" | "r", rows: ComparedRows): string => {
    const values = pairs.map(
      (pair, at) =>
        `${valueSql(rows.columns, name === "l" ? pair.left : pair.right, pair.asText)} AS ${name}${at}`,
    );
    const select = [`pos AS ${name}`, ...values].join(", ");
    const plain = `(SELECT ${select} FROM ${rows.from})`;
    const keys = keyed.map((at) => `${name}${at}`).join(", ");
    return numbered
      ? `(SELECT *, row_number() OVER (PARTITION BY ${keys} ORDER BY ${name}) AS ${name}n FROM ${plain})`
      : plain;
  };
  const differ = [
    "l IS NULL",
    "r IS NULL",
    ...sets.map((_, at) => `b${at} <> 0`),
  ];
  const selected = ["l", "r", ...sets.map((set, at) => `${set} AS b${at}`)];
  return (
    `SELECT * FROM (SELECT ${selected.join(", ")} FROM ${side("l", left)} FULL JOIN ${side("r", right)} ` +
    `ON ${on.join(" AND ")}) WHERE ${differ.join(" OR ")}`
  );
}

function valueSql(
  columns: readonly KeptColumn[],
  at: number,
  asText: boolean,
): string {
  const column = columns[at];
  const { value, text } = columnSql(at, column ?? missing);
  return asText ? text : value;
}

const missing: KeptColumn = { name: "", type: "VARCHAR", storage: "VARCHAR" };
