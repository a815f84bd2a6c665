import assert from "node:assert/strict";
import { TestEngine } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { until } from "../support/until";

describe("cancelling", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed(
      "CREATE OR REPLACE SECRET foreign_secret (TYPE postgres, HOST getenv('POSTGRES_HOST'), PORT getenv('POSTGRES_PORT'), DATABASE getenv('POSTGRES_DATABASE'), USER getenv('POSTGRES_USER'), PASSWORD getenv('POSTGRES_PASSWORD'))",
    );
    await engine.succeed(
      "ATTACH '' AS by_sql (TYPE postgres, SECRET foreign_secret)",
    );
  });
  after(() => engine.close());

  const sleeping = () =>
    admin(
      "SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND application_name LIKE 'viaduct-%' AND state = 'active'",
    );

  const cancels = async (
    sql: string,
    on: string | undefined,
    isBusy: () => Promise<boolean>,
    backends: number,
  ): Promise<void> => {
    const { runId, outcome } = engine.begin(sql, on);
    await until("the statement to run", isBusy);
    const started = performance.now();
    const cancelled = await engine.handlers.cancel({ runId });
    assert.deepEqual(cancelled, { cancelled: true, serverBackends: backends });
    const ended = await outcome;
    assert.ok(performance.now() - started < 2_000, "it ended soon");
    assert.equal(ended.status, "cancelled");
    assert.equal(ended.error?.class, "cancelled");
    assert.equal(ended.complete, false);
    await until(
      "no query to be left",
      async () => (await sleeping()).length === 0,
    );
    assert.deepEqual(await engine.rows("SELECT 42", on), [["42"]]);
  };
  const sleeps = async (): Promise<boolean> => (await sleeping()).length > 0;

  it("stops a server that DuckDB waits for", () =>
    cancels(
      "FROM postgres_query('pg', 'SELECT pg_sleep(60)::text')",
      undefined,
      sleeps,
      1,
    ));

  it("stops a server that a statement of the user's attached", () =>
    cancels(
      "FROM postgres_query('by_sql', 'SELECT pg_sleep(60)::text')",
      undefined,
      sleeps,
      1,
    ));

  it("stops a native statement", () =>
    cancels("SELECT pg_sleep(60)", "pg", sleeps, 1));

  it("stops DuckDB itself", async () => {
    await cancels(
      "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 3",
      undefined,
      () => Promise.resolve(engine.events.at(-1)?.event === "statementStarted"),
      0,
    );
  });

  it("cancels a run that waits for another, before it begins", async () => {
    const first = engine.begin(
      "FROM postgres_query('pg', 'SELECT pg_sleep(60)::text')",
    );
    const second = engine.begin("CREATE TABLE never (a INTEGER)");
    await until("the first to run", sleeps);
    await engine.handlers.cancel({ runId: second.runId });
    await engine.handlers.cancel({ runId: first.runId });
    assert.equal((await second.outcome).status, "cancelled");
    assert.equal((await first.outcome).status, "cancelled");
    assert.equal((await engine.fail("FROM never")).error.class, "catalog");
  });

  it("says when there is nothing to cancel", async () => {
    assert.deepEqual(await engine.handlers.cancel({ runId: "gone" }), {
      cancelled: false,
      serverBackends: 0,
    });
  });

  it("tells a statement timeout from a cancel", async () => {
    const limited = await TestEngine.start({ statementTimeoutSeconds: 1 });
    try {
      await limited.attach("pg");
      for (const on of [undefined, "pg"]) {
        const sql =
          on === undefined
            ? "FROM postgres_query('pg', 'SELECT pg_sleep(30)::text')"
            : "SELECT pg_sleep(30)";
        assert.equal(
          (await limited.fail(sql, on)).error.class,
          "statementTimeout",
        );
      }
    } finally {
      await limited.close();
    }
  });
});
