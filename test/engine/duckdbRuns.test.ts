import assert from "node:assert/strict";
import { TestEngine, faultOf } from "../support/engineHarness";
import { admin } from "../support/postgres";

describe("runs in DuckDB", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      "CREATE TABLE run_small AS SELECT i AS id, 'n' || i AS name FROM generate_series(1, 50) i",
    );
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(async () => {
    await engine.close();
    await admin("DROP TABLE run_small");
  });

  it("keeps the time zone that a result was made with", async () => {
    const sql = "SELECT TIMESTAMPTZ '2025-01-01 00:00:00+00'";
    await engine.succeed("SET TimeZone = 'America/New_York'");
    const { resultId } = await engine.succeed(sql);
    await engine.succeed("SET TimeZone = 'UTC'");
    assert.deepEqual(await engine.rows(sql), [["2025-01-01 00:00:00+00"]]);
    assert.ok(resultId);
    const page = await engine.handlers.page({ resultId, offset: 0, limit: 1 });
    assert.deepEqual(page.rows, [["2024-12-31 19:00:00-05"]]);
  });

  it("returns the rows of every statement that has some", async () => {
    await engine.succeed("CREATE TABLE kinds (a INTEGER, b VARCHAR)");
    const kinds: [string, number][] = [
      ["FROM range(3)", 3],
      ["VALUES (1), (2)", 2],
      ["WITH x AS (SELECT 1) SELECT * FROM x", 1],
      ["DESCRIBE SELECT 1 AS a, 2 AS b", 2],
      ["SUMMARIZE SELECT 1 AS a", 1],
      ["EXPLAIN SELECT 1", 1],
      ["EXPLAIN ANALYZE SELECT 1", 1],
      ["CALL pragma_version()", 1],
      ["PRAGMA table_info('kinds')", 2],
      ["PIVOT (SELECT 1 AS a, 'x' AS b) ON b USING sum(a)", 1],
      ["INSERT INTO kinds VALUES (1, 'x'), (2, 'y') RETURNING a", 2],
      ["UPDATE kinds SET a = 5 RETURNING {'a': a}", 2],
      ["SELECT row(1, [row(2, 'x')]), 7 -- at the end", 1],
      ["SELECT 1 WHERE false", 0],
      ["SELECT 1;", 1],
    ];
    for (const [sql, count] of kinds) {
      const outcome = await engine.succeed(sql);
      assert.equal(outcome.rowCount, count, sql);
      assert.ok(outcome.resultId, sql);
      assert.equal(outcome.complete, true, sql);
      const { rows } = await engine.handlers.page({
        resultId: outcome.resultId,
        offset: 0,
        limit: 10,
      });
      assert.equal(rows.length, count, sql);
    }
    assert.deepEqual(await engine.rows("SELECT row(1, [row(2, 'x')]), 7"), [
      ["(1, [(2, x)])", "7"],
    ]);
  });

  it("refuses, before it runs, a RETURNING whose values it could not show", async () => {
    const { error } = await engine.fail(
      "UPDATE kinds SET a = 6 RETURNING row(a, b)",
    );
    assert.equal(error.class, "binder");
    assert.match(error.message, /VARCHAR/);
    assert.deepEqual(
      await engine.rows("SELECT count(*) FROM kinds WHERE a = 6"),
      [["0"]],
    );
  });

  it("refuses several statements in one", async () => {
    const { error } = await engine.fail(
      "CREATE TABLE one (a INTEGER); CREATE TABLE two (a INTEGER)",
    );
    assert.equal(error.class, "syntax");
    assert.equal(error.position, "CREATE TABLE one (a INTEGER); ".length);
    await engine.fail("FROM one");
  });

  it("tells what other statements did, as psql does", async () => {
    const tags: [string, string, number][] = [
      ["CREATE TABLE tags (a INTEGER)", "CREATE TABLE", 0],
      ["CREATE OR REPLACE TABLE tags AS FROM range(5) t(a)", "SELECT 5", 5],
      ["INSERT INTO tags VALUES (7), (8)", "INSERT 0 2", 2],
      ["UPDATE tags SET a = 1 WHERE a > 6", "UPDATE 2", 2],
      ["DELETE FROM tags WHERE a = 1", "DELETE 3", 3],
      ["CREATE TEMP VIEW tags_view AS FROM tags", "CREATE VIEW", 0],
      ["DROP VIEW tags_view", "DROP VIEW", 0],
      ["ALTER TABLE tags ADD COLUMN b INTEGER", "ALTER TABLE", 0],
      ["TRUNCATE tags", "TRUNCATE TABLE", 4],
      ["SET threads = 2", "SET", 0],
      ["BEGIN", "BEGIN", 0],
      ["COMMIT", "COMMIT", 0],
      ["-- nothing at all", "", 0],
      ["", "", 0],
      ["CHECKPOINT", "CHECKPOINT", 0],
    ];
    for (const [sql, tag, count] of tags) {
      const outcome = await engine.succeed(sql);
      assert.equal(outcome.commandTag, tag, sql);
      assert.equal(outcome.rowCount, count, sql);
      assert.equal(outcome.resultId, null, sql);
      assert.deepEqual(outcome.columns, [], sql);
    }
  });

  it("shows what was sent to the server for this statement only", async () => {
    const outcome = await engine.succeed(
      "SELECT name FROM pg.public.run_small WHERE id = 7",
    );
    assert.equal(outcome.sent.length, 1);
    assert.equal(outcome.sent[0]?.alias, "pg");
    assert.match(
      outcome.sent[0].sql,
      /^COPY \(SELECT "id", "name" FROM "public"\."run_small" WHERE .*"id" = '7'/,
    );
    assert.deepEqual((await engine.succeed("SELECT 1")).sent, []);
  });

  it("stops at the first error and gives its place in UTF-16", async () => {
    const { statements } = await engine.handlers.run({
      runId: "several",
      target: { engine: "duckdb" },
      statements: [
        { text: "SELECT 1" },
        { text: "SELECT 'é😀', nope FROM range(1)" },
        { text: "SELECT 3" },
      ],
    });
    assert.deepEqual(
      statements.map(({ status }) => status),
      ["succeeded", "failed"],
    );
    assert.equal(statements[1]?.error?.position, "SELECT 'é😀', ".length);
    assert.equal(statements[1].error.class, "binder");
  });

  it("classifies errors and says the next step", async () => {
    const cases: [string, string][] = [
      ["SELEC 1", "syntax"],
      ["SELECT * FROM nowhere", "catalog"],
      ["SELECT * FROM pg.public.nowhere", "catalog"],
      ["SELECT 'x'::INTEGER", "conversion"],
      ["SELECT * FROM postgres_query('pg', 'SELEC 1')", "syntax"],
      ["INSERT INTO pg.public.run_small VALUES (1, 'x')", "readOnly"],
      ["PRAGMA postgres_scanner_timeout=soon", "conversion"],
      ["LOAD nosuchextension", "extensionMissing"],
    ];
    for (const [sql, errorClass] of cases) {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, errorClass, `${sql}: ${error.message}`);
      assert.ok(error.hint.length > 10, sql);
    }
    await engine.succeed("CREATE TABLE keyed (a INTEGER PRIMARY KEY)");
    await engine.succeed("INSERT INTO keyed VALUES (1)");
    assert.equal(
      (await engine.fail("INSERT INTO keyed VALUES (1)")).error.class,
      "constraint",
    );
  });

  it("tells that memory ran out", async () => {
    await engine.succeed("SET memory_limit = '20MB'");
    await engine.succeed("SET max_temp_directory_size = '1MB'");
    const { error } = await engine.fail(
      "CREATE TABLE much AS SELECT range AS a, md5(range::VARCHAR) AS b FROM range(3000000)",
    );
    assert.ok(
      error.class === "outOfMemory" || error.class === "diskFull",
      `${error.class}: ${error.message}`,
    );
    await engine.succeed("RESET max_temp_directory_size");
    await engine.succeed("SET memory_limit = '2GB'");
    await engine.succeed("SELECT 1");
  });

  it("lets the user's own transaction be the user's", async () => {
    await engine.succeed("CREATE TABLE own (a INTEGER)");
    await engine.succeed("BEGIN");
    await engine.succeed("INSERT INTO own VALUES (1)");
    assert.deepEqual(await engine.rows("SELECT count(*) FROM own"), [["1"]]);
    await engine.succeed("ROLLBACK");
    assert.deepEqual(await engine.rows("SELECT count(*) FROM own"), [["0"]]);
    await engine.succeed("BEGIN");
    await engine.fail(
      "SELECT 'x'::INTEGER FROM own RIGHT JOIN range(1) ON true",
    );
    await engine.fail("SELECT 1");
    await engine.succeed("ROLLBACK");
    await engine.succeed("SELECT 1");
  });

  it("opens the result long before the last row, and pages while rows arrive", async () => {
    const ended = await engine.succeed("SELECT range AS a FROM range(3000000)");
    const opened = engine.events.findLast(
      ({ event }) => event === "resultOpened",
    );
    assert.ok(opened?.event === "resultOpened");
    assert.equal(opened.payload.resultId, ended.resultId);
    assert.ok(opened.payload.rowCount > 0);
    assert.ok(opened.payload.rowCount < ended.rowCount / 10);
    assert.ok(
      ended.firstRowsMs !== null && ended.firstRowsMs < ended.elapsedMs / 2,
    );
    assert.ok(ended.resultId);
    const page = await engine.handlers.page({
      resultId: ended.resultId,
      offset: 2_999_999,
      limit: 10,
    });
    assert.deepEqual(page, { offset: 2_999_999, rows: [["2999999"]] });
    await engine.handlers.releaseResults({ resultIds: [ended.resultId, "x"] });
    const gone = engine.handlers.page({
      resultId: ended.resultId,
      offset: 0,
      limit: 1,
    });
    assert.equal((await faultOf(gone)).class, "resultGone");
  });
});
