import { decimalText } from "../../core/results/exactDecimal";
import { decimalOf, numberEdges } from "../../core/results/histogramEdges";
import {
  isBinary,
  rangeSql,
  scaleOf,
  type Scale,
} from "../../core/results/statisticsSql";
import { timeEdges } from "../../core/results/timeEdges";
import type { RelationColumn } from "./resultRelation";
import type { RowsTask } from "./resultStore";
import type { Question } from "./question";

/** The values of a column on a scale, from the least to the greatest. */
export interface MeasuredScale extends Scale {
  /** DuckDB's type of `value` for numbers; empty for times. */
  readonly type: string;
  /** Numbers as text; times in microseconds. */
  readonly least: string;
  readonly greatest: string;
  /** Values on the scale. */
  readonly count: number;
}

/** An edge as SQL compares with it, and as it is shown. */
export interface Edge {
  readonly sql: string;
  readonly text: string;
  /** Of times: since 1970. */
  readonly micros?: bigint;
}

/** Measures a column; undefined when it has no scale, or no value on it. */
export async function measure(
  { connection, steps, rows }: Question,
  column: RelationColumn,
): Promise<MeasuredScale | undefined> {
  const type = await numberType({ connection, rows }, column);
  const scale = scaleOf(column, type);
  if (scale === undefined) {
    return undefined;
  }
  const [range] = await steps.rows(rangeSql(scale, rows.from));
  const [least, greatest, count] = range ?? [];
  return typeof least === "string" && typeof greatest === "string"
    ? { ...scale, type, least, greatest, count: Number(count ?? 0) }
    : undefined;
}

/** DuckDB's type of a column's numbers; empty for what is no number. */
export async function numberType(
  { connection, rows }: Pick<RowsTask, "connection" | "rows">,
  { number }: Pick<RelationColumn, "number">,
): Promise<string> {
  if (number === null) {
    return "";
  }
  const [described] = await connection.rows(
    `SELECT column_type FROM (DESCRIBE SELECT ${number} FROM ${rows.from})`,
  );
  return described?.[0] ?? "";
}

/** Edges of equal ranges over a scale. */
export async function edgesOf(
  task: Pick<RowsTask, "connection">,
  scale: MeasuredScale,
  bins: number,
): Promise<Edge[]> {
  return scale.kind === "number"
    ? numberEdgesOf(scale, bins)
    : timeEdgesOf(task, scale, bins);
}

function numberEdgesOf(
  { type, least, greatest }: MeasuredScale,
  bins: number,
): Edge[] {
  const sqlType = type === "FLOAT" ? "DOUBLE" : type;
  return numberEdges({
    least: decimalOf(least),
    greatest: decimalOf(greatest),
    places: placesOf(type),
    bins,
  }).map((edge) => {
    const exact = decimalText(edge);
    const text =
      isBinary(type) && exact.length > 20 ? `${Number(exact)}` : exact;
    return { sql: `CAST('${exact}' AS ${sqlType})`, text };
  });
}

/** Places after the point of a type's values; null where there may be any number of them. */
function placesOf(type: string): number | null {
  if (isBinary(type)) {
    return null;
  }
  return Number(/^DECIMAL\(\d+,\s*(\d+)\)$/.exec(type)?.[1] ?? 0);
}

async function timeEdgesOf(
  { connection }: Pick<RowsTask, "connection">,
  { kind, least, greatest }: MeasuredScale,
  bins: number,
): Promise<Edge[]> {
  const edges = timeEdges(BigInt(least), BigInt(greatest), {
    bins,
    wholeDays: kind === "date",
  });
  const shown = kind === "date" ? "::DATE" : "";
  const texts = await connection.rows(
    `SELECT coalesce(make_timestamp(edge)${shown}::VARCHAR, '') FROM (SELECT unnest([${edges.join(", ")}]::BIGINT[]) AS edge)`,
  );
  return edges.map((edge, index) => ({
    sql: `make_timestamp(${edge}::BIGINT)`,
    text: texts[index]?.[0] ?? "",
    micros: edge,
  }));
}

/** A power of two near the greatest magnitude, when squares of the values would not fit; else 1. */
export function unitOf({ least, greatest }: MeasuredScale): number {
  const magnitude = Math.max(
    Math.abs(Number(least)),
    Math.abs(Number(greatest)),
  );
  return Number.isFinite(magnitude) && magnitude > 1e100
    ? 2 ** Math.floor(Math.log2(magnitude))
    : 1;
}

/** True when no sum of so many values of the type can be too large for DuckDB, which adds up to 38 digits exactly. */
export function sumsExactly(type: string): boolean {
  const digits = /^DECIMAL\((\d+),/.exec(type)?.[1];
  return digits === undefined
    ? /^U?(?:TINYINT|SMALLINT|INTEGER|BIGINT)$/.test(type)
    : Number(digits) <= 18;
}
