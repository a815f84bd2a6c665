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
import type { ResultStore, RowsTask } from "./resultStore";
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
/** Characters of all values of a list together: a value may be a megabyte. */
const listCharacters = 4_000_000;

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
  return store.over(taskId, { resultId, viewId }, async (task) => {
    const { connection, rows } = task;
    const column = columnAt(rows, index);
    const [counts] = await connection.rows(
      `SELECT count(*)::VARCHAR, count(${column.value})::VARCHAR FROM ${rows.from}`,
    );
    const [all, values] = (counts ?? []).map(Number);
    task.check();
    const top = await connection.rows(topSql(column, rows.from, topValues));
    task.check();
    const [extremes] = hasOrder(column)
      ? await connection.rows(extremesSql(column, rows.from))
      : [];
    task.check();
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
  task: RowsTask,
  column: RelationColumn,
  scale: MeasuredScale | undefined,
): Promise<ScaleFacts> {
  if (scale === undefined) {
    return { mean: null, deviation: null, quantiles: [], histogram: [] };
  }
  const { connection, rows } = task;
  task.check();
  const [moments] = await connection.rows(
    scale.kind === "number"
      ? momentsSql(scale, rows.from, {
          unit: unitOf(scale),
          isExact: sumsExactly(scale.type),
        })
      : timeMomentsSql(scale, rows.from),
  );
  task.check();
  const quantiles = await connection.rows(
    quantilesSql(scale, column.text, rows.from),
  );
  task.check();
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
  task: RowsTask,
  scale: MeasuredScale,
): Promise<HistogramBin[]> {
  const edges = await edgesOf(task, scale, bins);
  const inner = edges.slice(1, -1).map(({ sql }) => sql);
  const counted = await task.connection.rows(
    binsSql(scale, task.rows.from, inner),
  );
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
  return store.over(
    taskId,
    { resultId, viewId },
    async ({ connection, rows }) => {
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
      const found = await connection.rows(
        valuesSql(column, rows.from, {
          condition,
          limit: Math.max(1, Math.trunc(limit)),
        }),
        condition === "true" ? undefined : [containing],
      );
      let characters = 0;
      const values = found.map(valueCount).filter(({ value }) => {
        characters += value?.length ?? 0;
        return characters <= listCharacters;
      });
      return { values, distinct: Number(found[0]?.[2] ?? 0) };
    },
  );
}

function valueCount([value, count]: readonly Cell[]): ValueCount {
  return { value: value ?? null, count: Number(count) };
}
