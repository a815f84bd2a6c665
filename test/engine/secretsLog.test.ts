import assert from "node:assert/strict";
import { TestEngine } from "../support/engineHarness";
import { runWith } from "../support/parameterRuns";

describe("a statement log of the user's", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  const remote = "FROM postgres_query('pg', 'SELECT 1 AS a')";
  const sent = async (): Promise<number> =>
    (await engine.succeed(remote)).sent.length;
  const logged = async (text: string): Promise<boolean> => {
    const rows = await engine.rows(
      `SELECT message FROM duckdb_logs WHERE type = 'QueryLog'`,
    );
    return rows.some(([message]) => message === text);
  };

  it("is kept whole while what goes to servers is told as before", async () => {
    assert.equal(await sent(), 1);
    assert.deepEqual(
      await engine.rows(
        "SELECT count(*) FROM duckdb_logs WHERE type = 'QueryLog'",
      ),
      [["0"]],
    );
    await engine.succeed("CALL enable_logging('QueryLog')");
    await engine.succeed("SELECT 'first of mine'");
    assert.equal(await sent(), 1);
    assert.equal(await sent(), 1, "each is told once");
    assert.ok(await logged("SELECT 'first of mine'"));
    assert.ok(await logged(remote));
  });

  it("stays as it is when it is switched off, and goes on when it is switched on", async () => {
    await engine.succeed("CALL disable_logging()");
    await engine.succeed("SELECT 'not of mine'");
    assert.equal(await sent(), 1);
    assert.ok(await logged("SELECT 'first of mine'"));
    assert.ok(!(await logged("SELECT 'not of mine'")));
    await engine.succeed("CALL enable_logging()");
    await engine.succeed("SELECT 'second of mine'");
    assert.equal(await sent(), 1);
    assert.ok(await logged("SELECT 'first of mine'"));
    assert.ok(await logged("SELECT 'second of mine'"));
  });

  it("is emptied by the user alone", async () => {
    await engine.succeed("CALL disable_logging()");
    await engine.succeed("CALL truncate_duckdb_logs()");
    assert.ok(!(await logged("SELECT 'first of mine'")));
    assert.equal(await sent(), 1);
    const rows = await engine.rows("SELECT count(*) FROM duckdb_logs");
    assert.deepEqual(rows, [["0"]], "what only we have logged is not kept");
  });

  it("has no value of a secret parameter that a server was sent, and neither has ours", async () => {
    const secret = "c4nary-in-a-log";
    const pushed =
      "SELECT count(*) FROM pg.pg_catalog.pg_database WHERE datname = $password";
    const log = async (): Promise<string> =>
      JSON.stringify(await engine.rows("SELECT message FROM duckdb_logs"));
    const own = await runWith(engine, pushed, { password: secret });
    assert.equal(own.sent.length, 1, "it is told, without the value");
    assert.doesNotMatch(JSON.stringify(own) + (await log()), /c4nary-in-a-log/);
    await engine.succeed("CALL enable_logging('QueryLog')");
    await engine.succeed("SELECT 'third of mine'");
    const hushed = await runWith(engine, pushed, { password: secret });
    assert.equal(hushed.error, null, hushed.error?.message);
    assert.match(hushed.notices[0]?.message ?? "", /is not told/);
    assert.ok(await logged("SELECT 'third of mine'"));
    assert.doesNotMatch(await log(), /c4nary-in-a-log/);
    assert.equal(await sent(), 1, "the next one is told again");
  });
});
