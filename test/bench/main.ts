/**
 * `npm run bench [-- --json FILE] [-- --only catalog|fuzz|grid|lint|loop|postgres|questions|results]`: what the engine promises to be fast at, as ratios of one run on a real PostgreSQL.
 * Prints a table; nothing here fails a test.
 */
import { writeFileSync } from "node:fs";
import { TestEngine } from "../support/engineHarness";
import { admin, startTestServer } from "../support/postgres";
import { bundled } from "./bundled";
import { cancelLatencies } from "./cancel";
import { catalogLatencies } from "./catalog";
import { extensionCosts } from "./extensionHost";
import { gridSpeed } from "./grid";
import { heldLoop } from "./heldLoop";
import type * as FuzzModule from "./lint/fuzz";
import type * as LintModule from "./lint/lintSpeed";
import { binaryCopy, cursor } from "./postgresReaders";
import { median, type Measurement } from "./measurement";
import { questionSpeed } from "./questions";
import { resultSpeed } from "./results";

const rowCount = 1_000_000;
const rounds = 3;
const table = `CREATE TABLE bench AS SELECT i AS id, i * 7 AS n, (i % 1000)::smallint AS s, i / 3.0::float8 AS f,
  ((i % 100000) / 100.0)::numeric(12,2) AS d, 'name ' || i AS name, md5(i::text) AS h,
  timestamptz '2025-01-01' + i * interval '1 second' AS ts, date '2025-01-01' + (i % 1000)::int AS dt, i % 2 = 0 AS b
  FROM generate_series(1, ${rowCount}) i`;

/** What is measured by itself; of the engine's, those that need a PostgreSQL. */
const alone: Readonly<Record<string, () => Promise<Measurement[]>>> = {
  lint: lintAlone,
  fuzz: async () => {
    const { fuzzLint } = (await bundled("lint/fuzz.ts")) as typeof FuzzModule;
    return fuzzLint(
      Number(argument("--count") ?? "100000"),
      Number(argument("--seed") ?? "1"),
    );
  },
  grid: gridSpeed,
  questions: questionSpeed,
};
const onPostgres: typeof alone = {
  loop: heldLoop,
  results: resultSpeed,
  catalog: catalogLatencies,
};

async function main(): Promise<void> {
  const only = argument("--only") ?? "";
  const withoutServer = alone[only];
  if (withoutServer !== undefined) {
    report(await withoutServer());
    return;
  }
  const stop = await startTestServer();
  const withServer = onPostgres[only];
  if (withServer !== undefined) {
    await withServer().then(report).finally(stop);
    return;
  }
  const engine = await TestEngine.start();
  try {
    process.stderr.write("making the table…\n");
    await admin(table);
    await admin("VACUUM ANALYZE bench");
    await engine.attach("pg");
    if (only === "postgres") {
      report([...(await reading(engine)), ...(await paging(engine))]);
      return;
    }
    report([
      ...(await reading(engine)),
      ...(await paging(engine)),
      ...(await cancelLatencies(engine)),
      ...(await catalogLatencies()),
      ...(await extensionCosts()),
      ...(await lintAlone()),
      ...(await resultSpeed()),
      ...(await questionSpeed()),
      ...(await heldLoop()),
    ]);
  } finally {
    await engine.close();
    await stop();
  }
}

async function lintAlone(): Promise<Measurement[]> {
  const { lintSpeed } = (await bundled(
    "lint/lintSpeed.ts",
  )) as typeof LintModule;
  return lintSpeed();
}

/** What stands behind an option of the command line. */
function argument(option: string): string | undefined {
  const at = process.argv.indexOf(option);
  return at < 0 ? undefined : process.argv[at + 1];
}

async function reading(engine: TestEngine): Promise<Measurement[]> {
  const copies: number[] = [];
  const cursors: number[] = [];
  const runs: number[] = [];
  const firstPages: number[] = [];
  for (let round = 0; round < rounds; round++) {
    process.stderr.write(`reading, round ${round + 1} of ${rounds}…\n`);
    copies.push(await timed(() => binaryCopy("SELECT * FROM bench")));
    cursors.push(await timed(() => cursor("SELECT * FROM bench")));
    const outcome = await engine.succeed("SELECT * FROM pg.public.bench");
    if (outcome.rowCount !== rowCount || outcome.resultId === null) {
      throw new Error(`read ${outcome.rowCount} rows`);
    }
    runs.push(outcome.elapsedMs);
    firstPages.push(
      (outcome.firstRowsMs ?? 0) +
        (await pageTime(engine, outcome.resultId, 0)),
    );
    await engine.handlers.releaseResults({ resultIds: [outcome.resultId] });
  }
  const copy = median(copies);
  const run = median(runs);
  return [
    { name: "binary COPY of 1M × 10 to nowhere", value: copy, unit: "ms" },
    { name: "1M × 10 from PostgreSQL into the result", value: run, unit: "ms" },
    {
      name: "… as a multiple of binary COPY",
      value: run / copy,
      unit: "×",
      goal: 1.6,
      atMost: true,
    },
    {
      name: "… times faster than a pg cursor",
      value: median(cursors) / run,
      unit: "×",
      goal: 2.5,
      atMost: false,
    },
    {
      name: "first page of 1M × 10, from the start of the run",
      value: median(firstPages),
      unit: "ms",
    },
    {
      name: "first page as a share of the whole read",
      value: median(firstPages) / run,
      unit: "×",
      goal: 0.2,
      atMost: true,
    },
  ];
}

async function paging(engine: TestEngine): Promise<Measurement[]> {
  const { resultId } = await engine.succeed("SELECT * FROM pg.public.bench");
  if (resultId === null) {
    throw new Error("no result");
  }
  const times: number[] = [];
  for (let page = 0; page < 200; page++) {
    const offset = Math.floor(Math.random() * (rowCount - 256));
    times.push(await pageTime(engine, resultId, offset));
  }
  times.sort((a, b) => a - b);
  return [
    {
      name: "random page of 256 rows, p50",
      value: times[100] ?? 0,
      unit: "ms",
    },
    {
      name: "random page of 256 rows, p95",
      value: times[190] ?? 0,
      unit: "ms",
    },
  ];
}

function pageTime(
  engine: TestEngine,
  resultId: string,
  offset: number,
): Promise<number> {
  return timed(() => engine.handlers.page({ resultId, offset, limit: 256 }));
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}

function report(measurements: readonly Measurement[]): void {
  const results = measurements.map(({ name, value, unit, goal, atMost }) => ({
    name,
    value: Math.round(value * 100) / 100,
    unit,
    goal: goal === undefined ? null : `${atMost === true ? "≤" : "≥"} ${goal}`,
    holds:
      goal === undefined
        ? null
        : atMost === true
          ? value <= goal
          : value >= goal,
  }));
  console.table(results);
  const file = argument("--json");
  if (file !== undefined) {
    writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
