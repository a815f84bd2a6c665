import { columnName, grouped } from "../../core/results/chartNotes";
import {
  categoryAxis,
  scaleAxis,
  type ChartAxis,
} from "../../core/results/chartSql";
import {
  addDecimals,
  decimalText,
  withoutTrailingZeros,
  type ExactDecimal,
} from "../../core/results/exactDecimal";
import { decimalOf, numberEdges } from "../../core/results/histogramEdges";
import { isoText, unitFor } from "../../core/results/timeUnits";
import type { Cell } from "../../core/results/result";
import type { ChartData, ChartSpec } from "../../protocol/results";
import { columnAt } from "./area";
import type { Question } from "./question";
import { measure, type MeasuredScale } from "./scales";

/** The horizontal axis of a chart. */
export interface Axis {
  readonly kind: ChartData["xKind"];
  readonly name: string;
  readonly sql: ChartAxis;
  /** Rows that have a place on it. */
  readonly rows: number;
  readonly notes: readonly string[];
  /** A place as the chart has it, from what the SQL has shown. */
  place(shown: Cell): Cell;
}

/** Which clock times of a zone are shown by. */
async function zoneNotes(
  { connection }: Question,
  { value }: MeasuredScale,
): Promise<string[]> {
  if (!value.startsWith("timezone(")) {
    return [];
  }
  const [zone] = await connection.rows("SELECT current_setting('TimeZone')");
  return [`Times are those of the clock in ${zone?.[0] ?? "UTC"}.`];
}

/** The axis of a chart with room for so many places. */
export async function axisOf(
  task: Question,
  { x }: ChartSpec,
  most: number,
): Promise<Axis> {
  const column = columnAt(task.rows, x);
  const name = columnName(column.name, x);
  const scale = await measure(task, column);
  const isScale =
    column.kind === "number" ||
    column.kind === "date" ||
    column.kind === "timestamp";
  if (scale === undefined) {
    // Without any value on the scale there is no place on it either.
    const sql = categoryAxis(column);
    return {
      kind: !isScale
        ? "category"
        : column.kind === "number"
          ? "number"
          : "time",
      name,
      sql: isScale ? { ...sql, isOn: "false" } : sql,
      rows: isScale ? 0 : task.rows.rowCount,
      notes: [],
      place: (shown) => shown,
    };
  }
  const places = await countPlaces(task, scale);
  const isGrouped = places > most;
  const axis = { name, rows: scale.count };
  if (scale.kind === "number") {
    return numberAxis(scale, axis, isGrouped ? most : null);
  }
  const times = timeAxis(scale, axis, isGrouped ? most : null);
  return {
    ...times,
    notes: [...times.notes, ...(await zoneNotes(task, scale))],
  };
}

async function countPlaces(
  { steps, rows }: Question,
  { value, isOn }: MeasuredScale,
): Promise<number> {
  const [count] = await steps.rows(
    `SELECT count(DISTINCT ${value})::VARCHAR FROM ${rows.from} WHERE ${isOn}`,
  );
  return Number(count?.[0] ?? 0);
}

type Known = Pick<Axis, "name" | "rows">;

function numberAxis(
  scale: MeasuredScale,
  known: Known,
  most: number | null,
): Axis {
  if (most === null) {
    return {
      ...known,
      kind: "number",
      sql: scaleAxis(scale, null),
      notes: [],
      place: (shown) => shown,
    };
  }
  const step = stepOf(scale, Math.max(1, most - 2));
  const size = Number(decimalText(step));
  return {
    ...known,
    kind: "number",
    sql: scaleAxis(
      scale,
      (value) => `floor((${value})::DOUBLE / ${size}::DOUBLE)::HUGEINT`,
    ),
    notes: [grouped(known.name, `steps of ${decimalText(step)}`)],
    place: (shown) =>
      shown === null
        ? null
        : decimalText(
            withoutTrailingZeros({
              digits: BigInt(shown) * step.digits,
              scale: step.scale,
            }),
          ),
  };
}

/** The distance between the edges of so many ranges. */
function stepOf(
  { least, greatest }: MeasuredScale,
  bins: number,
): ExactDecimal {
  const [first, second] = numberEdges({
    least: decimalOf(least),
    greatest: decimalOf(greatest),
    places: null,
    bins,
  });
  const from = first ?? decimalOf("0");
  const step = addDecimals(second ?? decimalOf("1"), {
    ...from,
    digits: -from.digits,
  });
  return withoutTrailingZeros(step.digits === 0n ? decimalOf("1") : step);
}

function timeAxis(
  scale: MeasuredScale,
  known: Known,
  most: number | null,
): Axis {
  const unit =
    most === null
      ? null
      : unitFor(Number(BigInt(scale.greatest) - BigInt(scale.least)), most);
  return {
    ...known,
    kind: "time",
    sql: scaleAxis(
      scale,
      unit === null
        ? null
        : (value) => `date_trunc('${unit}', ${value})::TIMESTAMP`,
    ),
    notes: unit === null ? [] : [grouped(known.name, unit)],
    place: (shown) => (shown === null ? null : isoText(BigInt(shown))),
  };
}
