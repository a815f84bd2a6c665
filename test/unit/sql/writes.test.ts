import assert from "node:assert/strict";
import fc from "fast-check";
import {
  lastingEffect,
  serverIntent,
  verbOf,
} from "../../../src/core/sql/writes";
import { serverCalls, writeTargets } from "../../../src/core/sql/writeTargets";

describe("what writes to a server", () => {
  const writing: readonly (readonly [string, string])[] = [
    ["INSERT INTO t VALUES (1)", "INSERT"],
    ["/* x */ update t SET a = 1", "UPDATE"],
    ["DELETE FROM t", "DELETE"],
    ["MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE", "MERGE"],
    ["TRUNCATE t", "TRUNCATE"],
    ["CREATE OR REPLACE VIEW v AS SELECT 1", "CREATE VIEW"],
    ["CREATE UNLOGGED TABLE t (a int)", "CREATE TABLE"],
    ["DROP MATERIALIZED VIEW v", "DROP MATERIALIZED VIEW"],
    ["ALTER TABLE t ADD b int", "ALTER TABLE"],
    ["COPY t FROM STDIN", "COPY"],
    ["COPY t TO PROGRAM 'cat'", "COPY"],
    ["CALL p()", "CALL"],
    ["DO $$ BEGIN END $$", "DO"],
    ["SELECT 1 INTO t", "SELECT INTO"],
    ["WITH x AS (DELETE FROM t RETURNING a) SELECT * FROM x", "DELETE"],
    ["WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x", "INSERT"],
    ["EXPLAIN ANALYZE DELETE FROM t", "DELETE"],
    ["EXPLAIN (ANALYZE, BUFFERS) UPDATE t SET a = 1", "UPDATE"],
    ["PREPARE p AS INSERT INTO t VALUES (1)", "INSERT"],
    ["PREPARE TRANSACTION 'x'", "PREPARE"],
    ["COMMIT PREPARED 'x'", "COMMIT"],
    ["LOCK TABLE t", "LOCK"],
    ["GRANT SELECT ON t TO x", "GRANT"],
    ["REFRESH MATERIALIZED VIEW v", "REFRESH"],
    ["VACUUM t", "VACUUM"],
    ["SELECT * FROM t FOR UPDATE", "SELECT FOR UPDATE"],
    ["SELECT nextval('s')", "SELECT NEXTVAL()"],
    ["SELECT 1; DELETE FROM t", "DELETE"],
    ["(SELECT 1 INTO t)", "SELECT INTO"],
    ["NOTIFY x", "NOTIFY"],
    ["\ufeffwhatever this is", "WHATEVER"],
  ];
  for (const [sql, verb] of writing) {
    it(`asks before: ${sql}`, () => {
      const intent = serverIntent(sql);
      assert.equal(intent.kind, "write");
      assert.equal(intent.verb.replace("\ufeff", ""), verb);
    });
  }

  const reading: readonly (readonly [string, "query" | "session"])[] = [
    ["SELECT * FROM t WHERE a = 'DELETE FROM t'", "query"],
    ["WITH x AS MATERIALIZED (SELECT 1) TABLE x", "query"],
    ['SELECT "into", t.update FROM t -- DELETE', "query"],
    ["VALUES (1)", "query"],
    ["COPY (SELECT 1) TO STDOUT", "query"],
    ["EXECUTE p", "query"],
    ["EXPLAIN ANALYZE SELECT 1", "query"],
    ["EXPLAIN DELETE FROM t", "session"],
    ["BEGIN", "session"],
    ["set search_path = x", "session"],
    ["PREPARE p AS SELECT 1", "session"],
    ["", "session"],
  ];
  for (const [sql, kind] of reading) {
    it(`does not ask before: ${sql}`, () => {
      assert.equal(serverIntent(sql).kind, kind);
    });
  }

  it("names the functions that are not known to read", () => {
    assert.deepEqual(
      serverIntent(`SELECT count(*), f(1), s."G"(2) FROM t WHERE a IN (1)`)
        .functions,
      ["f", "g"],
    );
  });

  it("finds what outlives a read-only transaction, also in a string", () => {
    assert.equal(lastingEffect("SELECT lo_export(1, 'x')"), "lo_export");
    assert.equal(
      lastingEffect(
        "DO $$ BEGIN EXECUTE 'select pg_adv' || 'isory_lock(1)'; END $$",
      ),
      "pg_advisory_lock",
    );
    assert.equal(lastingEffect("SELECT 1 -- nextval('x')"), undefined);
  });

  it("calls a statement by its name", () => {
    assert.equal(verbOf("CREATE TEMP TABLE x AS SELECT 1"), "CREATE TABLE");
    assert.equal(verbOf("explain analyze insert into x values (1)"), "INSERT");
  });

  it("reads any text without an error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        serverIntent(text);
        lastingEffect(text);
        serverCalls(text);
        writeTargets(text, { aliases: ["pg"], current: "memory" });
      }),
    );
  });
});

describe("where a DuckDB statement writes to", () => {
  const names = { aliases: ["pg", "Odd Name"], current: "memory" };
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ["INSERT INTO pg.public.t VALUES (1)", ["pg"]],
    ["insert or replace into PG.t values (1)", ["pg"]],
    ["INSERT INTO t SELECT * FROM pg.t", []],
    ["INSERT INTO memory.main.t SELECT * FROM pg.t", []],
    ['UPDATE "Odd Name".t SET a = 1', ["Odd Name"]],
    ["DELETE FROM pg.t", ["pg"]],
    ["TRUNCATE TABLE pg.t", ["pg"]],
    ["CREATE TABLE IF NOT EXISTS pg.t AS SELECT 1", ["pg"]],
    ["CREATE UNIQUE INDEX i ON pg.t (a)", ["pg"]],
    ["DROP TABLE IF EXISTS x, pg.t", ["pg"]],
    ["ALTER TABLE pg.t ADD COLUMN b INT", ["pg"]],
    ["COPY pg.t FROM 'x.csv'", ["pg"]],
    ["COPY pg.t TO 'x.csv'", []],
    ["COPY (SELECT 1) TO 'x.csv'", []],
    ["COPY FROM DATABASE memory TO pg", ["pg"]],
    ["COPY FROM DATABASE pg TO memory", []],
    ["MERGE INTO pg.t USING s ON true WHEN MATCHED THEN DELETE", ["pg"]],
    ["WITH x AS (SELECT 1) INSERT INTO pg.t FROM x", ["pg"]],
    ["EXPLAIN ANALYZE DELETE FROM pg.t", ["pg"]],
    ["EXPLAIN DELETE FROM pg.t", []],
    ["COMMENT ON TABLE pg.t IS 'x'", ["pg"]],
    ["EXECUTE p", ["pg", "Odd Name"]],
    ["(SELECT 1)", []],
    ["FROM pg.t", []],
    ["SELECT 1", []],
    ["IMPORT DATABASE 'x'", ["pg", "Odd Name"]],
  ];
  for (const [sql, targets] of cases) {
    it(`${sql} → ${targets.join(", ") || "nowhere"}`, () => {
      assert.deepEqual(writeTargets(sql, names), targets);
    });
  }

  it("takes the current catalog for what has no other", () => {
    const current = { ...names, current: "PG" };
    assert.deepEqual(writeTargets("DELETE FROM t", current), ["pg"]);
    assert.deepEqual(writeTargets("DELETE FROM public.t", current), ["pg"]);
    assert.deepEqual(writeTargets("DELETE FROM memory.main.t", current), []);
  });

  it("reads the calls that send SQL to a server", () => {
    assert.deepEqual(
      serverCalls(
        `FROM postgres_execute('pg', $$DELETE FROM t$$) JOIN "POSTGRES_QUERY"('pg', 'SELECT ' || x)`,
      ),
      [
        { name: "postgres_execute", alias: "pg", sql: "DELETE FROM t" },
        { name: "postgres_query", alias: "pg", sql: undefined },
      ],
    );
  });
});
