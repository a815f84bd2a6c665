import {
  binsSql,
  extremesSql,
  hasOrder,
  momentsSql,
  quantilesAt,
  quantilesSql,
  timeMomentsSql,
  topSql,
  valuesSql,
} from "../../core/results/statisticsSql";
import { findCondition } from "../../core/results/findSql";
import type { Cell } from "../../core/results/result";
import type {
  ColumnStatistics,
  HistogramBin,
  ResultRequests,
  ValueCount,
} from "../../protocol/results";
import { columnAt } from "./area";
import type { RelationColumn } from "./resultRelation";
import { ask, type Question } from "./question";
import type { ResultStore } from "./resultStore";
import {
  edgesOf,
  measure,
  sumsExactly,
  unitOf,
  type MeasuredScale,
} from "./scales";

/** Values that statistics name as the most frequent ones. */
const topValues = 10;
/** Ranges of a histogram, about. */
const bins = 20;
/** Values of a list at most: nobody looks through more. */
const listLength = 10_000;
/** Bytes of all of them together. */
const listBytes = 4_000_000;

/** Facts about one column, a statement for each kind of them, so that it can be ended between them. */
export function columnStatistics(
  store: ResultStore,
  {
    taskId,
    resultId,
    viewId,
    column: index,
  }: ResultRequests["columnStatistics"]["params"],
): Promise<ColumnStatistics> {
  const asked = { taskId, resultId, viewId, columns: [index], statements: 7 };
  return ask(store, asked, async (task) => {
    const { steps, rows } = task;
    const column = columnAt(rows, index);
    const [counts] = await steps.rows(
      `SELECT count(*)::VARCHAR, count(${column.value})::VARCHAR FROM ${rows.from}`,
    );
    const [all, values] = (counts ?? []).map(Number);
    const top = await steps.rows(topSql(column, rows.from, topValues));
    const [extremes] = hasOrder(column)
      ? await steps.rows(extremesSql(column, rows.from))
      : [];
    const scale = await measure(task, column);
    return {
      rows: all ?? 0,
      nulls: (all ?? 0) - (values ?? 0),
      distinct: Number(top[0]?.[2] ?? 0),
      min: extremes?.[0] ?? null,
      max: extremes?.[1] ?? null,
      ...(await scaleFacts(task, column, scale)),
      top: top.map(valueCount),
      outside:
        column.kind === "number" || scale !== undefined
          ? (values ?? 0) - (scale?.count ?? 0)
          : 0,
    };
  });
}

type ScaleFacts = Pick<
  ColumnStatistics,
  "mean" | "deviation" | "quantiles" | "histogram"
>;

async function scaleFacts(
  task: Question,
  column: RelationColumn,
  scale: MeasuredScale | undefined,
): Promise<ScaleFacts> {
  if (scale === undefined) {
    return { mean: null, deviation: null, quantiles: [], histogram: [] };
  }
  const { steps, rows } = task;
  const [moments] = await steps.rows(
    scale.kind === "number"
      ? momentsSql(scale, rows.from, {
          unit: unitOf(scale),
          isExact: sumsExactly(scale.type),
        })
      : timeMomentsSql(scale, rows.from),
  );
  const quantiles = await steps.rows(quantilesSql(scale, column, rows.from));
  return {
    mean: moments?.[0] ?? null,
    deviation: moments?.[1] ?? null,
    quantiles: quantilesAt.map((at, place) => ({
      at,
      value: quantiles[place]?.[0] ?? null,
    })),
    histogram: await histogram(task, scale),
  };
}

async function histogram(
  task: Question,
  scale: MeasuredScale,
): Promise<HistogramBin[]> {
  const edges = await edgesOf(task, scale, bins);
  const inner = edges.slice(1, -1).map(({ sql }) => sql);
  const counted = await task.steps.rows(binsSql(scale, task.rows.from, inner));
  const counts = new Map(
    counted.map(([bin, count]) => [Number(bin), Number(count)]),
  );
  return edges.slice(1).map((to, index) => ({
    from: edges[index]?.text ?? "",
    to: to.text,
    count: counts.get(index) ?? 0,
  }));
}

/** A column's values, for choosing among them. */
export function distinctValues(
  store: ResultStore,
  {
    taskId,
    resultId,
    viewId,
    column: index,
    containing,
    limit,
  }: ResultRequests["distinctValues"]["params"],
): Promise<ResultRequests["distinctValues"]["result"]> {
  return ask(
    store,
    { taskId, resultId, viewId, columns: [index], statements: 1 },
    async ({ steps, rows }) => {
      const column = columnAt(rows, index);
      const condition =
        containing === ""
          ? "true"
          : findCondition(column, {
              text: containing,
              matchCase: false,
              wholeCell: false,
              regex: false,
            });
      if (condition === null) {
        return { values: [], distinct: 0 };
      }
      const found = await steps.rows(
        valuesSql(column, rows.from, {
          condition,
          limit: Math.min(listLength, Math.max(1, Math.trunc(limit))),
          bytes: listBytes,
        }),
        condition === "true" ? undefined : [containing],
      );
      return {
        values: found.filter((row) => row[3] === "true").map(valueCount),
        distinct: Number(found[0]?.[2] ?? 0),
      };
    },
  );
}

function valueCount([value, count]: readonly Cell[]): ValueCount {
  return { value: value ?? null, count: Number(count) };
}
