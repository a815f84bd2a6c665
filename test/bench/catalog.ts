import { TestEngine } from "../support/engineHarness";
import {
  admin,
  connectAdmin,
  testServer,
  writeEnvFile,
} from "../support/postgres";
import type { Measurement } from "./measurement";

const schemas = 500;
const tables = 100;
const database = "bench_catalog";

/** Attaching and opening a database of 500 schemas with 100 tables each, level by level. */
export async function catalogLatencies(): Promise<Measurement[]> {
  process.stderr.write("making a large catalog…\n");
  await makeDatabase();
  const engine = await TestEngine.start();
  try {
    const file = await writeEnvFile(`${engine.folder}/catalog.env`, {
      DATABASE: database,
    });
    const attach = await timed(() => engine.attach("big", { file }));
    const catalog = "big";
    const expand = await timed(() => engine.handlers.listSchemas({ catalog }));
    const before = await transactions();
    const schema = "schema_250";
    const run = engine.succeed("SELECT sum(range) FROM range(1000000)");
    const relations = await timed(() =>
      engine.handlers.listRelations({ catalog, schema }),
    );
    const columns = await timed(() =>
      engine.handlers.listColumns({ catalog, schema, relation: "t_50" }),
    );
    const { elapsedMs } = await run;
    const queries = (await transactions()) - before;
    return [
      { name: "500 × 100 tables: attach", value: attach, unit: "ms" },
      goal("… attach and first paint of the schemas", attach + expand),
      goal("… the tables of one schema", relations),
      goal("… the columns of one table", columns),
      {
        name: "… queries for two opened levels",
        value: queries,
        unit: "",
        goal: 2,
        atMost: true,
      },
      {
        name: "… a local run while levels are read",
        value: elapsedMs,
        unit: "ms",
      },
    ];
  } finally {
    await engine.close();
    await admin(`DROP DATABASE ${database} WITH (FORCE)`);
  }
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

/** How many transactions the database has committed: each level is one query, and so one transaction. */
async function transactions(): Promise<number> {
  // A backend tells its counts when it is idle for a second, or when it is asked to.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const [row] = await admin(
    `SELECT xact_commit::int AS n FROM pg_stat_database WHERE datname = '${database}'`,
  );
  return Number(row?.["n"]);
}

function goal(name: string, value: number): Measurement {
  return { name, value, unit: "ms", goal: 1000, atMost: true };
}

async function timed(task: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await task();
  return performance.now() - started;
}
