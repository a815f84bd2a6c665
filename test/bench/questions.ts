import { randomUUID } from "node:crypto";
import type { ResultFilter } from "../../src/core/results/view";
import type { ChartSpec, RowsRef } from "../../src/protocol/results";
import { TestEngine } from "../support/engineHarness";
import type { Measurement } from "./measurement";

const rowCount = 10_000_000;
const query = `SELECT i AS id, i * 7 AS n, (i % 1000)::SMALLINT AS s, i / 3.0 AS f, ((i % 100000) / 100.0)::DECIMAL(12,2) AS d,
  'name ' || i AS name, md5(i::VARCHAR) AS h, TIMESTAMP '2025-01-01' + to_seconds(i) AS ts, DATE '2025-01-01' + (i % 1000)::INT AS dt, i % 2 = 0 AS b
  FROM range(${rowCount}) t(i)`;

/** Half of the rows. */
const half: ResultFilter = {
  kind: "compare",
  column: 2,
  comparison: "<",
  value: "500",
  matchCase: true,
};

interface Asked {
  readonly name: string;
  readonly ask: (engine: TestEngine, rows: RowsRef) => Promise<unknown>;
}

const questions: readonly Asked[] = [
  statistics("a SMALLINT", 2),
  statistics("a DOUBLE", 3),
  statistics("a VARCHAR", 5),
  statistics("a TIMESTAMP", 7),
  distinct("1,000 values", 2),
  distinct("10M texts", 5),
  aggregate("a BIGINT", [1]),
  aggregate("all columns", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]),
  {
    name: "find",
    ask: (engine, rows) =>
      engine.handlers.find({
        ...rows,
        taskId: randomUUID(),
        query: {
          text: "99999",
          matchCase: false,
          wholeCell: false,
          regex: false,
          columns: [],
        },
      }),
  },
  chart("a line over time", { kind: "line", x: 7, y: [1], aggregate: "sum" }),
  chart("bars of 10M categories", { kind: "bar", x: 5 }),
  chart("a histogram", { kind: "histogram", x: 3 }),
  chart("points", { kind: "scatter", x: 3, y: [4], aggregate: "none" }),
];

/** Questions about a result of 10M × 10: the whole, the half of it and all of it sorted, times `SUMMARIZE`. */
export async function questionSpeed(): Promise<Measurement[]> {
  const engine = await TestEngine.startAlone({ settings: { threads: "1" } });
  try {
    await engine.succeed(`CREATE TEMP TABLE bare AS ${query}`);
    const summarize = await timed(() => engine.succeed("SUMMARIZE bare"));
    const count = await timed(() =>
      engine.succeed("SELECT count(*) FROM bare WHERE id >= 0"),
    );
    await engine.succeed("DROP TABLE bare");
    const { resultId } = await engine.succeed(query);
    if (resultId === null) {
      throw new Error("no result");
    }
    const measurements: Measurement[] = [
      { name: "SUMMARIZE of 10M × 10", value: summarize, unit: "ms" },
      { name: "count(*) with a scan of it", value: count, unit: "ms" },
    ];
    for (const [place, sort, filters] of [
      ["the whole", [], []],
      ["its half", [], [half]],
      ["all, sorted", [{ column: 6, descending: true }], []],
    ] as const) {
      const viewId =
        place === "the whole"
          ? null
          : await view(engine, { resultId, sort, filters });
      measurements.push(
        ...(await asked(engine, { resultId, viewId }, { place, summarize })),
      );
    }
    return measurements;
  } finally {
    await engine.close();
  }
}

async function asked(
  engine: TestEngine,
  rows: RowsRef,
  { place, summarize }: { readonly place: string; readonly summarize: number },
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const { name, ask } of questions) {
    const value = (await timed(() => ask(engine, rows))) / summarize;
    process.stderr.write(`${place}: ${name} ${value.toFixed(2)} ×\n`);
    measurements.push({ name: `${place}: ${name}`, value, unit: "×" });
  }
  return measurements;
}

/** A view of which all rows are in order. */
async function view(
  engine: TestEngine,
  of: Pick<
    Parameters<TestEngine["handlers"]["openView"]>[0],
    "resultId" | "sort" | "filters"
  >,
): Promise<string> {
  const { viewId, rowCount: rows } = await engine.handlers.openView({
    taskId: randomUUID(),
    ...of,
  });
  const { resultId } = of;
  await engine.handlers.page({ resultId, viewId, offset: rows - 9, limit: 9 });
  return viewId;
}

function statistics(name: string, column: number): Asked {
  return {
    name: `statistics of ${name}`,
    ask: (engine, rows) =>
      engine.handlers.columnStatistics({
        ...rows,
        taskId: randomUUID(),
        column,
      }),
  };
}

function distinct(name: string, column: number): Asked {
  return {
    name: `values to choose from, ${name}`,
    ask: (engine, rows) =>
      engine.handlers.distinctValues({
        ...rows,
        taskId: randomUUID(),
        column,
        containing: "",
        limit: 200,
      }),
  };
}

function aggregate(name: string, columns: readonly number[]): Asked {
  return {
    name: `aggregates of ${name}`,
    ask: (engine, rows) =>
      engine.handlers.aggregate({
        ...rows,
        taskId: randomUUID(),
        columns,
        fromRow: 0,
        toRow: rowCount,
      }),
  };
}

function chart(
  name: string,
  spec: Pick<ChartSpec, "kind" | "x"> & Partial<ChartSpec>,
): Asked {
  return {
    name: `chart, ${name}`,
    ask: (engine, rows) =>
      engine.handlers.chartData({
        ...rows,
        taskId: randomUUID(),
        chart: {
          y: [],
          aggregate: "count",
          series: null,
          limit: 5_000,
          ...spec,
        },
      }),
  };
}

/** Time of the processor: the engine is in this process, and nothing else on the machine counts. */
async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = process.cpuUsage();
  await task();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}
