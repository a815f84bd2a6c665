import { columnName, withoutPlace } from "../../core/results/chartNotes";
import { binsSql } from "../../core/results/statisticsSql";
import { isoText } from "../../core/results/timeUnits";
import type { ChartData, ChartSpec } from "../../protocol/results";
import { viaductError } from "../../core/errors/makeError";
import { columnAt } from "./area";
import type { Question } from "./question";
import { edgesOf, measure } from "./scales";

/** Ranges of a histogram, about. */
const bins = 40;

/** How many values are in equal ranges, each at its lower end. */
export async function histogramData(
  task: Question,
  { x }: ChartSpec,
  limit: number,
): Promise<ChartData> {
  const { steps, rows } = task;
  const column = columnAt(rows, x);
  const name = columnName(column.name, x);
  const scale = await measure(task, column);
  const xKind = column.kind === "number" ? "number" : "time";
  if (scale === undefined) {
    if (!/^(?:number|date|timestamp)$/.test(column.kind)) {
      throw viaductError(
        "conversion",
        `There is no distance between the values of ${name}: a bar chart can count them.`,
      );
    }
    return {
      xKind,
      series: [{ name: "Rows", points: [] }],
      notes: withoutPlace(rows.rowCount, name),
    };
  }
  const edges = await edgesOf(
    task,
    scale,
    Math.max(1, Math.min(bins, limit - 2)),
  );
  const inner = edges.slice(1, -1).map(({ sql }) => sql);
  const counted = await steps.rows(binsSql(scale, rows.from, inner));
  const counts = new Map(counted.map(([bin, count]) => [bin, count]));
  const points = edges.slice(0, -1).map(({ text, micros }, index) => ({
    x: micros === undefined ? text : isoText(micros),
    y: counts.get(String(index)) ?? "0",
  }));
  return {
    xKind,
    series: [{ name: "Rows", points }],
    notes: withoutPlace(rows.rowCount - scale.count, name),
  };
}
