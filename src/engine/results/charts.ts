import { viaductError } from "../../core/errors/makeError";
import { addingOf } from "../../core/results/aggregateSql";
import {
  columnName,
  cutOff,
  placesLeftOut,
  sampled,
  withoutPlace,
} from "../../core/results/chartNotes";
import {
  groupedSql,
  hasPlaceOrder,
  placesCountSql,
  rowsSql,
  type PointsQuery,
} from "../../core/results/chartSql";
import type {
  ChartData,
  ChartSpec,
  ResultRequests,
} from "../../protocol/results";
import { columnAt } from "./area";
import { axisOf, type Axis } from "./chartAxis";
import { histogramData } from "./chartHistogram";
import { pointsOf, seriesOf } from "./chartSeries";
import { ask, type Question } from "./question";
import type { RelationColumn } from "./resultRelation";
import type { ResultStore } from "./resultStore";
import { numberType } from "./scales";

/** No chart needs more points. */
const mostPoints = 5_000;

/** What a chart draws: aggregated here, so that only points leave the engine. */
export function chartData(
  store: ResultStore,
  { taskId, resultId, viewId, chart }: ResultRequests["chartData"]["params"],
): Promise<ChartData> {
  const { x, y, series } = chart;
  const asked = {
    taskId,
    resultId,
    viewId,
    columns: [x, ...y, ...(series === null ? [] : [series])],
    needsPlace: (columns: readonly RelationColumn[]) => {
      const column = columns[x];
      return column !== undefined && hasPlaceOrder(column);
    },
    statements: 4,
  };
  return ask(store, asked, async (task) => {
    const limit = Math.max(
      1,
      Math.min(mostPoints, Math.trunc(chart.limit) || mostPoints),
    );
    return chart.kind === "histogram"
      ? histogramData(task, chart, limit)
      : drawnData(task, chart, limit);
  });
}

async function drawnData(
  task: Question,
  chart: ChartSpec,
  limit: number,
): Promise<ChartData> {
  const { steps, rows } = task;
  const values = await valuesOf(task, chart);
  const isRows =
    values.sql.length > 0 &&
    (chart.kind === "scatter" || chart.aggregate === "none");
  const series = await seriesOf(task, chart, Math.max(1, values.sql.length));
  const most = isRows
    ? Math.max(1, Math.floor(limit / values.sql.length))
    : Math.max(1, Math.floor(limit / series.names.length));
  const axis = await axisOf(task, chart, isRows ? Infinity : most);
  const query: PointsQuery = {
    from: rows.from,
    axis: axis.sql,
    series: series.sql,
    values: values.sql,
    most,
  };
  const found = await steps.rows(
    isRows ? rowsSql(query) : groupedSql(query, aggregateOf(chart)),
  );
  const left = isRows
    ? sampled(found.length, axis.rows)
    : await leftOut(task, query, axis);
  return {
    xKind: axis.kind,
    series: pointsOf(found, {
      axis,
      names: series.names,
      isFilled: !isRows,
      isCount: values.sql.length === 0 || chart.aggregate === "count",
      limit,
    }),
    notes: [
      ...axis.notes,
      ...withoutPlace(rows.rowCount - axis.rows, axis.name),
      ...left,
      ...series.notes,
      ...values.notes,
      ...cutOff(found.length * Math.max(1, values.sql.length), limit),
    ],
  };
}

function aggregateOf({ aggregate }: ChartSpec): ChartSpec["aggregate"] {
  return aggregate === "none" ? "count" : aggregate;
}

/** Categories that there was no room for. */
async function leftOut(
  { steps }: Question,
  query: PointsQuery,
  axis: Axis,
): Promise<string[]> {
  if (axis.sql.order === null) {
    return [];
  }
  const [counts] = await steps.rows(
    placesCountSql({
      ...query,
      // Nothing is joined here that would need a name.
      axis: { ...query.axis, order: null },
    }),
  );
  const [places, drawn] = (counts ?? []).map(Number);
  return placesLeftOut(
    (places ?? 0) - query.most,
    axis.rows - (drawn ?? 0),
    axis.name,
  );
}

interface Values {
  readonly sql: readonly string[];
  readonly notes: readonly string[];
}

/** The vertical values: numbers of columns, or for a count whether there is one; none when rows are counted. */
async function valuesOf(task: Question, chart: ChartSpec): Promise<Values> {
  const sql: string[] = [];
  const notes: string[] = [];
  for (const index of chart.y) {
    const column = columnAt(task.rows, index);
    const name = columnName(column.name, index);
    if (chart.aggregate === "count" && chart.kind !== "scatter") {
      sql.push(column.value);
    } else if (column.number === null) {
      throw viaductError(
        "conversion",
        `The values of ${name} are no numbers: of them a chart can only count the rows.`,
      );
    } else {
      const adding = addingOf(column, await numberType(task, column));
      const isRounded =
        adding === "wide" && /^(?:sum|avg)$/.test(chart.aggregate);
      sql.push(isRounded ? `(${column.number})::DOUBLE` : column.number);
      if (isRounded) {
        notes.push(`Numbers of ${name} are rounded to 15 digits.`);
      }
    }
  }
  return { sql, notes };
}
