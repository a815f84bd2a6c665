import { TestEngine } from "../support/engineHarness";
import { median, type Measurement } from "./measurement";

const rowCount = 10_000_000;
const query = `SELECT i AS id, i * 7 AS n, (i % 1000)::SMALLINT AS s, i / 3.0 AS f, ((i % 100000) / 100.0)::DECIMAL(12,2) AS d,
  'name ' || i AS name, md5(i::VARCHAR) AS h, TIMESTAMP '2025-01-01' + to_seconds(i) AS ts, DATE '2025-01-01' + (i % 1000)::INT AS dt, i % 2 = 0 AS b
  FROM range(${rowCount}) t(i)`;

/** How often what a result costs is measured beside the bare table: the least of each counts. */
const rounds = 3;

/** A result of 10M × 10 in the engine: keeping it, its pages, and those of it sorted. */
export async function resultSpeed(): Promise<Measurement[]> {
  const engine = await TestEngine.start();
  try {
    const tables: number[] = [];
    const kept: Kept[] = [];
    for (let round = 0; round < rounds; round++) {
      process.stderr.write(`keeping 10M × 10, ${round + 1} of ${rounds}…\n`);
      const bare = `CREATE TEMP TABLE bare AS ${query}`;
      tables.push(await timed(() => engine.succeed(bare)));
      await engine.succeed("DROP TABLE bare");
      const before = kept.at(-1);
      if (before !== undefined) {
        await engine.handlers.releaseResults({ resultIds: [before.resultId] });
      }
      kept.push(await keep(engine));
    }
    const resultId = kept.at(-1)?.resultId ?? "";
    const pages = await pageTimes(engine, resultId, null);
    const sorted = await sorting(engine, resultId);
    return [
      {
        name: "10M × 10 as a result, times CREATE TABLE AS",
        value: Math.min(...kept.map(({ ms }) => ms)) / Math.min(...tables),
        unit: "×",
        goal: 1.7,
        atMost: true,
      },
      {
        name: "first rows of 10M × 10, from the start of the run",
        value: median(kept.map(({ firstRowsMs }) => firstRowsMs)),
        unit: "ms",
      },
      {
        name: "first page of 10M × 10 after its first rows, while more arrive",
        value: Math.max(...kept.map(({ firstPageMs }) => firstPageMs)),
        unit: "ms",
        goal: 100,
        atMost: true,
      },
      {
        name: "random page of 10M × 10, p50",
        value: median(pages),
        unit: "ms",
      },
      {
        name: "random page of 10M × 10, p95",
        value: p95(pages),
        unit: "ms",
        goal: 25,
        atMost: true,
      },
      ...sorted,
    ];
  } finally {
    await engine.close();
  }
}

interface Kept {
  readonly resultId: string;
  readonly ms: number;
  readonly firstRowsMs: number;
  readonly firstPageMs: number;
}

/** Runs the query, and asks for its first page as soon as there are rows. */
async function keep(engine: TestEngine): Promise<Kept> {
  let firstPage: Promise<number> | undefined;
  engine.onEvent = ({ event, payload }) => {
    if (event === "resultOpened") {
      const { resultId } = payload;
      const page = { resultId, offset: 0, limit: 256 };
      firstPage = timed(() => engine.handlers.page(page));
    }
  };
  const { resultId, rowCount: rows, ...outcome } = await engine.succeed(query);
  engine.onEvent = undefined;
  if (resultId === null || firstPage === undefined || rows !== rowCount) {
    throw new Error(`kept ${rows} rows`);
  }
  return {
    resultId,
    ms: outcome.elapsedMs,
    firstRowsMs: outcome.firstRowsMs ?? Infinity,
    firstPageMs: await firstPage,
  };
}

async function sorting(
  engine: TestEngine,
  resultId: string,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const [column, name] of [
    [3, "DOUBLE"],
    [6, "VARCHAR"],
  ] as const) {
    let viewId = "";
    const first = await timed(async () => {
      const view = await engine.handlers.openView({
        taskId: name,
        resultId,
        sort: [{ column, descending: true }],
        filters: [],
      });
      viewId = view.viewId;
      await engine.handlers.page({ resultId, viewId, offset: 0, limit: 256 });
    });
    const whole = await timed(() =>
      engine.handlers.page({
        resultId,
        viewId,
        offset: rowCount - 256,
        limit: 256,
      }),
    );
    const pages = await pageTimes(engine, resultId, viewId);
    await engine.handlers.closeViews({ viewIds: [viewId] });
    measurements.push(
      {
        name: `first page of 10M sorted by ${name}`,
        value: first,
        unit: "ms",
        goal: 400,
        atMost: true,
      },
      { name: "… all of it in order", value: whole, unit: "ms" },
      {
        name: "… random pages after that, p95",
        value: p95(pages),
        unit: "ms",
        goal: 150,
        atMost: true,
      },
    );
  }
  return measurements;
}

async function pageTimes(
  engine: TestEngine,
  resultId: string,
  viewId: string | null,
): Promise<number[]> {
  const times: number[] = [];
  for (let page = 0; page < 60; page++) {
    const offset = Math.floor(Math.random() * (rowCount - 256));
    times.push(
      await timed(() =>
        engine.handlers.page({ resultId, viewId, offset, limit: 256 }),
      ),
    );
  }
  return times;
}

function p95(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}
