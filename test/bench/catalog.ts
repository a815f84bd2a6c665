import { TestEngine } from "../support/engineHarness";
import {
  admin,
  connectAdmin,
  testServer,
  writeEnvFile,
} from "../support/postgres";
import { QueryProxy } from "../support/queryProxy";
import { median, type Measurement } from "./measurement";

const schemas = 500;
const tables = 100;
const rounds = 5;
const database = "bench_catalog";

/** Attaching and opening a database of 500 schemas with 100 tables each, level by level, in a session that is new. */
export async function catalogLatencies(): Promise<Measurement[]> {
  process.stderr.write("making a large catalog…\n");
  await makeDatabase();
  const proxy = await QueryProxy.open(testServer());
  const engine = await TestEngine.start();
  try {
    const file = await writeEnvFile(`${engine.folder}/catalog.env`, {
      DATABASE: database,
      PORT: String(proxy.port),
    });
    const catalog = "big";
    const attach = await timed(() => engine.attach(catalog, { file }));
    const expand = await timed(() => engine.handlers.listSchemas({ catalog }));
    const alone = await runTimes(engine);
    const levels = await openLevels(engine, catalog, proxy);
    return [
      { name: "500 × 100 tables: attach", value: attach, unit: "ms" },
      goal("… attach and first paint of the schemas", attach + expand),
      goal("… the tables of one schema", median(levels.relations)),
      goal("… the columns of one table", median(levels.columns)),
      {
        name: "… queries for one opened level",
        value: levels.queries / levels.opened,
        unit: "",
        goal: 1,
        atMost: true,
      },
      {
        name: "… a local run while levels are read, against alone",
        value: median(levels.runs) / median(alone),
        unit: "×",
      },
    ];
  } finally {
    await engine.close();
    await proxy.close();
    await admin(`DROP DATABASE ${database} WITH (FORCE)`);
  }
}

/** Opens levels while statements run, and counts what the server is asked. */
async function openLevels(
  engine: TestEngine,
  catalog: string,
  proxy: QueryProxy,
): Promise<{
  readonly relations: number[];
  readonly columns: number[];
  readonly runs: number[];
  readonly queries: number;
  readonly opened: number;
}> {
  const relations: number[] = [];
  const columns: number[] = [];
  const before = proxy.queries.length;
  const running = runTimes(engine);
  for (let round = 1; round <= rounds; round++) {
    const schema = `schema_${round * 50}`;
    relations.push(
      await timed(() => engine.handlers.listRelations({ catalog, schema })),
    );
    const relation = `t_${round * 10}`;
    columns.push(
      await timed(() =>
        engine.handlers.listColumns({ catalog, schema, relation }),
      ),
    );
  }
  const runs = await running;
  const queries = proxy.queries.length - before;
  return { relations, columns, runs, queries, opened: 2 * rounds };
}

/** How long statements take that have nothing to do with the server. */
async function runTimes(engine: TestEngine): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    times.push(
      await timed(() =>
        engine.succeed("SELECT sum(range) FROM range(5000000)"),
      ),
    );
  }
  return times;
}

async function makeDatabase(): Promise<void> {
  await admin(`CREATE DATABASE ${database}`);
  const client = await connectAdmin(testServer(), { database });
  try {
    for (let schema = 1; schema <= schemas; schema++) {
      const name = `schema_${schema}`;
      const made = Array.from(
        { length: tables },
        (_, table) =>
          `CREATE TABLE ${name}.t_${table + 1} (id int, n float8, at timestamptz)`,
      );
      await client.query(`CREATE SCHEMA ${name}; ${made.join("; ")}`);
    }
  } finally {
    await client.end();
  }
}

function goal(name: string, value: number): Measurement {
  return { name, value, unit: "ms", goal: 1000, atMost: true };
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}
