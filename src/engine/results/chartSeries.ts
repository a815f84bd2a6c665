import {
  columnName,
  countOf,
  seriesShared,
} from "../../core/results/chartNotes";
import { seriesSql, type ChartSeries } from "../../core/results/chartSql";
import type { Cell } from "../../core/results/result";
import type { ChartData, ChartSpec } from "../../protocol/results";
import { columnAt } from "./area";
import type { Axis } from "./chartAxis";
import type { Question } from "./question";

/** Series that can still be told apart. */
const mostSeries = 12;

/** The series of a chart. */
interface SeriesPlan {
  readonly sql: ChartSeries | null;
  /** A name for each value of each series: all values of the first series, then those of the second. */
  readonly names: readonly string[];
  readonly notes: readonly string[];
}

/** Series of a chart with so many values for each row. */
export async function seriesOf(
  { steps, rows }: Question,
  { series, y }: ChartSpec,
  valueCount: number,
): Promise<SeriesPlan> {
  const values = y.map((index) => rows.columns[index]?.name ?? "");
  if (series === null) {
    return {
      sql: null,
      names: values.length === 0 ? ["Rows"] : values,
      notes: [],
    };
  }
  const column = columnAt(rows, series);
  const most = Math.max(1, Math.floor(mostSeries / valueCount));
  const sql = { column, most };
  const found = await steps.rows(seriesSql(sql, rows.from));
  const others = Number(found[0]?.[2] ?? 0) - found.length;
  const groups = found.map(([name]) => name ?? "NULL");
  if (others > 0) {
    groups.push(`Others (${countOf(others, "value", "values")})`);
  }
  return {
    sql,
    names: groups.flatMap((group) =>
      values.length < 2
        ? [group]
        : values.map((value) => `${group} · ${value}`),
    ),
    notes:
      others > 0 ? [seriesShared(others, columnName(column.name, series))] : [],
  };
}

interface PointsPlan {
  readonly axis: Axis;
  readonly names: readonly string[];
  /** Each series has each place of a category axis, so that all of them have one order. */
  readonly isFilled: boolean;
  /** What is counted is 0 where there is none. */
  readonly isCount: boolean;
  readonly limit: number;
}

/** Rows of place, series and values as points of series. */
export function pointsOf(
  rows: readonly (readonly Cell[])[],
  { axis, names, isFilled, isCount, limit }: PointsPlan,
): ChartData["series"] {
  const points = names.map((): { x: Cell; y: Cell }[] => []);
  const isCategory = axis.kind === "category" && isFilled;
  let place: Cell | undefined;
  let count = 0;
  for (const [shown = null, series, ...values] of rows) {
    const x = axis.place(shown);
    if (isCategory && (place === undefined || place !== x)) {
      place = x;
      points.forEach((each) => each.push({ x, y: isCount ? "0" : null }));
    }
    values.forEach((y, index) => {
      const target = points[Number(series) * values.length + index];
      if (isCategory) {
        target?.splice(-1, 1, { x, y });
      } else if (count < limit) {
        target?.push({ x, y });
        count += 1;
      }
    });
  }
  return names.map((name, index) => ({ name, points: points[index] ?? [] }));
}
