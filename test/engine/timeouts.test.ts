import assert from "node:assert/strict";
import type { AttachmentOptions } from "../../src/core/connections/attachment";
import { TestEngine } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { until } from "../support/until";

describe("the timeouts of an attachment", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(`CREATE FUNCTION slow(i int) RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); RETURN i; END $$;
      CREATE VIEW slow_view AS SELECT slow(1) AS a;
      CREATE TABLE locked (a int, pad text);
      INSERT INTO locked SELECT i, repeat('x', 500) FROM generate_series(1, 200000) i; ANALYZE locked`);
    engine = await TestEngine.start({ statementTimeoutSeconds: 600 });
    await attach("short", { statementTimeoutSeconds: 1 });
  });
  after(async () => {
    await engine.close();
    await admin("DROP VIEW slow_view; DROP FUNCTION slow; DROP TABLE locked");
  });

  const attach = (
    alias: string,
    options: AttachmentOptions,
  ): Promise<unknown> =>
    engine.handlers.attach({
      alias,
      readOnly: false,
      options,
      source: { kind: "envFile", file: engine.envFile, prefix: "POSTGRES_" },
    });

  const slow: readonly (readonly [string, string, string?])[] = [
    ["a view", "FROM short.public.slow_view"],
    [
      "postgres_query",
      "FROM postgres_query('short', 'SELECT pg_sleep(60)::text AS a')",
    ],
    [
      "postgres_execute",
      "CALL postgres_execute('short', 'SELECT pg_sleep(60)')",
    ],
    ["a native run", "SELECT pg_sleep(60)", "short"],
  ];
  for (const [what, sql, on] of slow) {
    it(`end ${what} that takes too long, and say which limit it was`, async () => {
      const { error } = await engine.fail(sql, on);
      assert.equal(error.class, "statementTimeout", error.message);
      assert.match(error.message, /"short" has the statement timeout of 1 s/);
    });
  }

  it("end a scan of a table in several parts", async () => {
    await engine.succeed("SET pg_pages_per_task = 100");
    await attach("holder", {});
    const holding = engine.begin(
      "DO $$ BEGIN LOCK TABLE locked; PERFORM pg_sleep(60); END $$",
      "holder",
    );
    await until(
      "the lock",
      async () =>
        (
          await admin(
            "SELECT FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND relation = 'locked'::regclass",
          )
        ).length > 0,
    );
    const { error } = await engine.fail(
      "SELECT sum(a) FROM short.public.locked",
    );
    assert.equal(error.class, "statementTimeout", error.message);
    await engine.handlers.cancel({ runId: holding.runId });
    await holding.outcome;
    assert.deepEqual(
      await engine.rows("SELECT count(*) FROM short.public.locked"),
      [["200000"]],
    );
  });

  it("say how long the session's own limit is when the attachment has none", async () => {
    await attach("usual", {});
    assert.deepEqual(await engine.rows("SHOW statement_timeout", "usual"), [
      ["10min"],
    ]);
    await attach("none", { statementTimeoutSeconds: 0 });
    assert.deepEqual(await engine.rows("SHOW statement_timeout", "none"), [
      ["0"],
    ]);
  });

  it("end a transaction that is open and idle, and the next statement says so", async () => {
    await attach("idle", { idleInTransactionTimeoutSeconds: 1 });
    await engine.succeed("BEGIN", "idle");
    await engine.succeed("SELECT 1", "idle");
    const gone = async (): Promise<boolean> =>
      (
        await admin(
          "SELECT FROM pg_stat_activity WHERE application_name LIKE 'viaduct-%' AND state = 'idle in transaction'",
        )
      ).length === 0;
    await until("the native transaction to be ended", gone);
    const { error } = await engine.fail("SELECT 2", "idle");
    assert.equal(error.class, "connectionLost");
    assert.match(error.message, /"idle".*idle-in-transaction timeout of 1 s/);
    assert.deepEqual(await engine.rows("SELECT 3", "idle"), [["3"]]);
    await engine.succeed("BEGIN");
    await engine.rows("SELECT count(*) FROM idle.public.locked WHERE a = 1");
    await until("DuckDB's transaction to be ended", gone);
    const ended = await engine.fail("SELECT count(*) FROM idle.public.locked");
    assert.equal(ended.error.class, "connectionLost", ended.error.message);
    await engine.run("ROLLBACK");
    assert.deepEqual(
      await engine.rows("SELECT count(*) FROM idle.public.locked"),
      [["200000"]],
    );
  });
});
