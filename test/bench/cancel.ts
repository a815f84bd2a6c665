import type { TestEngine } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { until } from "../support/until";
import type { Measurement } from "./measurement";

const cases: readonly {
  readonly name: string;
  readonly sql: string;
  readonly on?: string;
}[] = [
  {
    name: "cancel of pg_sleep(60) through DuckDB",
    sql: "FROM postgres_query('pg', 'SELECT pg_sleep(60)::text')",
  },
  {
    name: "cancel of pg_sleep(60) run natively",
    sql: "SELECT pg_sleep(60)",
    on: "pg",
  },
  {
    name: "cancel of a huge local cross join",
    sql: "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 3",
  },
];

/** From the cancel to the end of the run, for the three cases of the product's tour. */
export async function cancelLatencies(
  engine: TestEngine,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  for (const { name, sql, on } of cases) {
    const { runId, outcome } = engine.begin(sql, on);
    await until("the statement to run", () =>
      sql.includes("pg_sleep")
        ? isSleeping()
        : engine.events.at(-1)?.event === "statementStarted",
    );
    const started = performance.now();
    await engine.handlers.cancel({ runId });
    await outcome;
    measurements.push({
      name,
      value: performance.now() - started,
      unit: "ms",
      goal: 2_000,
      atMost: true,
    });
  }
  return measurements;
}

async function isSleeping(): Promise<boolean> {
  const rows = await admin(
    "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND application_name LIKE 'viaduct-%' AND state = 'active'",
  );
  return rows.length > 0;
}
