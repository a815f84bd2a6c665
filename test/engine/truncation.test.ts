import assert from "node:assert/strict";
import { TestEngine } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { until } from "../support/until";

/** Every DuckDB upgrade has to pass these: node-api ends a failed stream like a finished one. */
describe("results that are cut short", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      "CREATE TABLE cut AS SELECT i AS id, repeat(md5(i::text), 8) AS pad FROM generate_series(1, 400000) i; ANALYZE cut",
    );
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(async () => {
    await engine.close();
    await admin("DROP TABLE cut");
  });

  const firstRows = (runId: string) =>
    until("the first rows", () =>
      engine.events.find(
        ({ event, payload }) =>
          event === "resultOpened" && payload.runId === runId,
      ),
    );

  it("finds a cast that fails at row 500,000, with its text and place", async () => {
    const sql =
      "SELECT CAST(CASE WHEN i = 500000 THEN 'x' ELSE '1' END AS INTEGER) FROM range(1000000) t(i)";
    const outcome = await engine.fail(sql);
    assert.equal(outcome.error.class, "conversion");
    assert.match(outcome.error.message, /Could not convert string 'x'/);
    assert.match(outcome.error.message, /not complete/);
    assert.equal(outcome.error.position, sql.indexOf("CAST"));
    assert.ok(outcome.rowCount > 0 && outcome.rowCount < 500_000);
    assert.ok(outcome.resultId, "the rows that came can still be looked at");
    await engine.succeed("SELECT 1");
  });

  it("finds it in a transaction of the user's, too", async () => {
    await engine.succeed("BEGIN");
    const outcome = await engine.fail(
      "SELECT CASE WHEN i = 500000 THEN 'x' ELSE '1' END::INTEGER FROM range(1000000) t(i)",
    );
    assert.equal(outcome.error.class, "incomplete");
    await engine.succeed("ROLLBACK");
  });

  it("finds it where the columns had to be turned into text", async () => {
    const outcome = await engine.fail(
      "SELECT row(i, 2), CASE WHEN i = 500000 THEN 'x' ELSE '1' END::INTEGER FROM range(1000000) t(i)",
    );
    assert.equal(outcome.error.class, "conversion");
  });

  it("does not run a statement again that changes something", async () => {
    await engine.succeed("CREATE SEQUENCE counted");
    const outcome = await engine.fail(
      "SELECT nextval('counted'), CASE WHEN i = 500000 THEN 'x' ELSE '1' END::INTEGER FROM range(1000000) t(i)",
    );
    assert.equal(outcome.error.class, "incomplete");
    const [[value] = []] = await engine.rows("SELECT nextval('counted')");
    assert.ok(Number(value) < 1_000_000, "it ran once");
  });

  it("finds a backend that was killed while rows came", async () => {
    const { runId, outcome } = engine.begin(
      "SELECT a.id, a.pad FROM pg.public.cut a",
    );
    await firstRows(runId);
    const killed = await admin(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'viaduct-run-%' AND state <> 'idle'",
    );
    assert.ok(killed.length > 0, "a backend was at work");
    const ended = await outcome;
    assert.equal(ended.status, "failed");
    assert.equal(ended.complete, false);
    assert.equal(ended.error?.class, "connectionLost", ended.error?.message);
    assert.ok(ended.rowCount < 400_000);
    assert.deepEqual(await engine.rows("SELECT count(*) FROM pg.public.cut"), [
      ["400000"],
    ]);
  });

  it("finds an interrupt while rows came", async () => {
    const { runId, outcome } = engine.begin(
      "SELECT range, md5(range::VARCHAR) FROM range(100000000)",
    );
    await firstRows(runId);
    await engine.handlers.cancel({ runId });
    const ended = await outcome;
    assert.equal(ended.status, "cancelled");
    assert.equal(ended.complete, false);
    assert.equal(ended.error?.class, "cancelled");
    assert.ok(ended.rowCount > 0 && ended.rowCount < 100_000_000);
  });

  it("finds a native backend that was killed while rows came", async () => {
    const { runId, outcome } = engine.begin(
      "SELECT a.id, a.pad FROM cut a, generate_series(1, 5)",
      "pg",
    );
    await firstRows(runId);
    await admin(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'viaduct-native-%'",
    );
    const ended = await outcome;
    assert.equal(ended.status, "failed");
    assert.equal(ended.error?.class, "connectionLost", ended.error?.message);
    assert.equal(ended.complete, false);
    assert.deepEqual(await engine.rows("SELECT 1", "pg"), [["1"]]);
  });

  it("calls whole results whole, at every size around a chunk", async () => {
    for (const count of [0, 1, 2047, 2048, 2049, 4096, 204_800, 300_000]) {
      const outcome = await engine.succeed(`SELECT * FROM range(${count})`);
      assert.equal(outcome.rowCount, count);
      assert.equal(outcome.complete, true);
      const sorted = await engine.succeed(
        `SELECT range, md5(range::VARCHAR) AS h FROM range(${count}) ORDER BY h`,
      );
      assert.equal(sorted.rowCount, count);
    }
  });
});
