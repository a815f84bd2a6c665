import assert from "node:assert/strict";
import { postgresValues } from "./fixtures/postgresValues";
import { TestEngine, faultOf } from "../support/engineHarness";
import { admin } from "../support/postgres";

describe("native runs", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      "CREATE TABLE canary (a INTEGER PRIMARY KEY); INSERT INTO canary VALUES (1); CREATE TYPE weather AS ENUM ('sun', 'it''s rain'); CREATE TYPE pair AS (a INTEGER, b TEXT); CREATE DOMAIN percent AS numeric(5,2)",
    );
    engine = await TestEngine.start();
    await engine.attach("ro");
    await engine.attach("rw", { readOnly: false });
  });
  after(async () => {
    await engine.close();
    await admin(
      "DROP TABLE canary; DROP TYPE weather; DROP TYPE pair; DROP DOMAIN percent",
    );
  });

  const canary = async (): Promise<string> =>
    JSON.stringify(await admin("SELECT a FROM canary ORDER BY a"));

  it("gives every value as the text that psql prints", async () => {
    for (const [value, type, text] of postgresValues) {
      const outcome = await engine.succeed(`SELECT ${value} AS v`, "ro");
      assert.equal(outcome.columns[0]?.type, type, value);
      assert.ok(outcome.resultId);
      const page = await engine.handlers.page({
        resultId: outcome.resultId,
        offset: 0,
        limit: 2,
      });
      assert.deepEqual(page.rows, [[text]], value);
    }
  });

  it("keeps columns apart whose names repeat, and results without columns", async () => {
    const outcome = await engine.succeed(
      'SELECT 1 AS a, 2 AS a, 3 AS "__proto__", 4',
      "ro",
    );
    assert.deepEqual(
      outcome.columns.map(({ name }) => name),
      ["a", "a", "__proto__", "?column?"],
    );
    const none = await engine.succeed("SELECT", "ro");
    assert.equal(none.commandTag, "SELECT 1");
    assert.equal(none.rowCount, 1);
    assert.equal((await engine.succeed("", "ro")).commandTag, "");
    assert.equal((await engine.succeed("-- only this", "ro")).rowCount, 0);
  });

  it("reads many rows in batches and counts them", async () => {
    const outcome = await engine.succeed(
      "SELECT i, md5(i::text) FROM generate_series(1, 50001) i",
      "ro",
    );
    assert.equal(outcome.rowCount, 50_001);
    assert.equal(outcome.commandTag, "SELECT 50001");
    assert.equal(outcome.complete, true);
    assert.ok(outcome.resultId);
    const page = await engine.handlers.page({
      resultId: outcome.resultId,
      offset: 50_000,
      limit: 5,
    });
    assert.equal(page.rows[0]?.[0], "50001");
    const empty = await engine.succeed("SELECT 1 AS a WHERE false", "ro");
    assert.ok(empty.resultId);
    assert.equal(empty.rowCount, 0);
  });

  it("shows notices and the server's command tag", async () => {
    const outcome = await engine.succeed(
      "DO $$ BEGIN RAISE NOTICE 'as it is: %', 42; RAISE WARNING 'careful'; END $$",
      "ro",
    );
    assert.deepEqual(outcome.notices, [
      { severity: "NOTICE", message: "as it is: 42" },
      { severity: "WARNING", message: "careful" },
    ]);
    assert.equal(outcome.commandTag, "DO");
    const returning = await engine.succeed(
      "INSERT INTO canary SELECT generate_series(10, 12) RETURNING a",
      "rw",
    );
    assert.equal(returning.commandTag, "INSERT 0 3");
    assert.equal(returning.rowCount, 3);
    assert.ok(returning.resultId);
    const deleted = await engine.succeed(
      "DELETE FROM canary WHERE a > 9",
      "rw",
    );
    assert.equal(deleted.commandTag, "DELETE 3");
    assert.equal(deleted.rowCount, 3);
    assert.equal(deleted.resultId, null);
    assert.deepEqual(deleted.sent, [
      { alias: "rw", sql: "DELETE FROM canary WHERE a > 9" },
    ]);
  });

  it("gives errors a class, a place and a code", async () => {
    const sql = "SELECT 'é😀', nope FROM canary";
    const { error } = await engine.fail(sql, "ro");
    assert.equal(error.class, "catalog");
    assert.equal(error.code, "42703");
    assert.equal(error.position, sql.indexOf("nope"));
    for (const [bad, errorClass] of [
      ["SELEC 1", "syntax"],
      ["SELECT 1/0", "conversion"],
      ["SELECT 'x'::int", "conversion"],
      ["INSERT INTO canary VALUES (1)", "constraint"],
      ["SELECT 1; SELECT 2", "syntax"],
      ["COPY canary FROM STDIN", "syntax"],
    ] as const) {
      const outcome = await engine.run(bad, "rw");
      assert.notEqual(outcome.status, "succeeded", bad);
      assert.equal(outcome.error?.class, errorClass, bad);
    }
    const copy = await engine.run("COPY canary TO STDOUT", "rw");
    assert.equal(copy.status, "failed");
    assert.deepEqual(await engine.rows("SELECT 1", "rw"), [["1"]]);
  });

  it("writes nothing on a read-only attachment, whatever the statement", async () => {
    const before = await canary();
    await admin(
      "CREATE OR REPLACE PROCEDURE sneak() LANGUAGE plpgsql AS $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; INSERT INTO canary VALUES (97); END $$; CREATE OR REPLACE FUNCTION sneak_fn() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM set_config('transaction_read_only', 'off', false); INSERT INTO canary VALUES (98); RETURN 1; END $$",
    );
    const attempts = [
      "INSERT INTO canary VALUES (99)",
      "SET TRANSACTION READ WRITE",
      "SET default_transaction_read_only = off",
      "SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE",
      "SELECT set_config('transaction_read_only', 'off', false)",
      "SELECT set_config('default_transaction_read_only', 'off', false)",
      "COMMIT",
      "BEGIN READ WRITE",
      "ROLLBACK AND CHAIN",
      "COMMIT; INSERT INTO canary VALUES (96)",
      "INSERT INTO canary VALUES (99)",
      "WITH x AS (INSERT INTO canary VALUES (95) RETURNING a) SELECT * FROM x",
      "DO $$ BEGIN COMMIT; SET TRANSACTION READ WRITE; INSERT INTO canary VALUES (94); END $$",
      "CALL sneak()",
      "SELECT sneak_fn()",
      "CREATE TABLE sneaked (a INTEGER)",
      "VACUUM canary",
      "/* x */ TRUNCATE canary",
      "EXPLAIN ANALYZE DELETE FROM canary",
      "PREPARE p AS INSERT INTO canary VALUES (93)",
      "EXECUTE p",
    ];
    for (const attempt of attempts) {
      await engine.run(attempt, "ro");
      await engine.run("INSERT INTO canary VALUES (92)", "ro");
    }
    assert.equal(await canary(), before);
    assert.deepEqual(await admin("SELECT to_regclass('sneaked') AS t"), [
      { t: null },
    ]);
    const { error } = await engine.fail("DELETE FROM canary", "ro");
    assert.equal(error.class, "readOnly");
    assert.match(error.hint, /writes allowed/);
    assert.deepEqual(error.actions, ["attachWithWrites"]);
    assert.match(
      (await engine.succeed("BEGIN", "ro")).notices[0]?.message ?? "",
      /read-only/,
    );
    await admin("DROP PROCEDURE sneak; DROP FUNCTION sneak_fn");
  });

  it("writes nothing through DuckDB either", async () => {
    const before = await canary();
    const call = (inner: string): string =>
      `postgres_execute('ro', '${inner}')`;
    const write = "SET TRANSACTION READ WRITE; INSERT INTO canary VALUES (91)";
    const attempts = [
      `FROM ${call(write)}`,
      `CALL ${call("COMMIT; SET default_transaction_read_only = off; INSERT INTO canary VALUES (90)")}`,
      `FROM "postgres_execute"('ro', '${write}')`,
      `FROM system.main.POSTGRES_EXECUTE('ro', '${write}')`,
      `FROM query('FROM ${call(write).replaceAll("'", "''")}')`,
      `FROM query('FROM postgres_' || 'execute(''ro'', ''${write}'')')`,
      `EXPLAIN ANALYZE FROM query('FROM postgres_' || 'execute(''ro'', ''${write}'')')`,
      `CALL query('FROM postgres_' || 'execute(''ro'', ''${write}'')')`,
      `CREATE TABLE x AS FROM query('FROM postgres_' || 'execute(''ro'', ''${write}'')')`,
      `PREPARE p AS FROM query('FROM postgres_' || 'execute(''ro'', ''${write}'')')`,
      "EXECUTE p",
      `CREATE MACRO m() AS TABLE FROM ${call(write)}`,
      "FROM m()",
      "INSERT INTO ro.public.canary VALUES (89)",
      "CREATE TABLE ro.public.sneaked (a INTEGER)",
      "FROM postgres_query('ro', 'SELECT set_config(''transaction_read_only'', ''off'', false)')",
      "ATTACH '' AS other (TYPE postgres, SECRET viaduct_ro)",
      "INSERT INTO other.public.canary VALUES (88)",
    ];
    for (const attempt of attempts) {
      await engine.run(attempt);
    }
    assert.equal(await canary(), before);
    assert.equal(
      (await engine.fail(attempts[0] ?? "")).error.class,
      "readOnly",
    );
  });

  it("refuses a macro that was made when nothing was read-only", async () => {
    const before = await canary();
    const own = await TestEngine.start();
    try {
      await own.attach("x", { readOnly: false });
      await own.succeed(
        "CREATE MACRO m() AS TABLE FROM postgres_execute('x', 'SET TRANSACTION READ WRITE; INSERT INTO canary VALUES (87)')",
      );
      await own.attach("x");
      assert.equal((await own.fail("FROM m()")).error.class, "readOnly");
      await own.succeed("BEGIN");
      assert.equal((await own.fail("FROM m()")).error.class, "readOnly");
      await own.succeed("ROLLBACK");
    } finally {
      await own.close();
    }
    assert.equal(await canary(), before);
  });

  it("leaves transactions to the user where writes are allowed", async () => {
    await engine.succeed("BEGIN", "rw");
    await engine.succeed("INSERT INTO canary VALUES (50)", "rw");
    assert.deepEqual(await engine.rows("SELECT count(*) FROM canary", "rw"), [
      ["2"],
    ]);
    assert.deepEqual(await engine.rows("SELECT count(*) FROM canary", "ro"), [
      ["1"],
    ]);
    await engine.fail("SELECT nope", "rw");
    assert.equal((await engine.fail("SELECT 1", "rw")).error.code, "25P02");
    assert.equal(
      (await engine.succeed("ROLLBACK", "rw")).commandTag,
      "ROLLBACK",
    );
    await engine.succeed("CREATE TABLE made (a INTEGER)", "rw");
    assert.equal(
      (await engine.succeed("DROP TABLE made", "rw")).commandTag,
      "DROP TABLE",
    );
    await engine.succeed("INSERT INTO rw.public.canary VALUES (60)");
    await engine.succeed("DELETE FROM rw.public.canary WHERE a = 60");
  });

  it("says that an alias is unknown", async () => {
    const error = await faultOf(engine.run("SELECT 1", "none"));
    assert.equal(error.class, "attachmentMissing");
  });
});
