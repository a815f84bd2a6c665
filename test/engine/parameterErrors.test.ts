import assert from "node:assert/strict";
import type { StatementParameter } from "../../src/protocol/parameters";
import { TestEngine } from "../support/engineHarness";
import { errorWith, rowsWith, runWith } from "../support/parameterRuns";

const typed = (
  type: StatementParameter["type"],
  value: string,
  typeName?: string,
) => ({ type, value, ...(typeName === undefined ? {} : { typeName }) });

describe("statements with parameters in DuckDB", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed(
      "CREATE TABLE t AS SELECT range AS id, 'n' || range AS name, (range / 2)::DECIMAL(18,1) AS half FROM range(10)",
    );
  });
  after(() => engine.close());

  it("have an error in the middle of the rows told, with its place", async () => {
    const sql =
      "SELECT :x, CASE WHEN id = 400000 THEN 'a' ELSE '1' END::INT FROM range(500000) r(id)";
    const { status, complete, error } = await runWith(engine, sql, { x: "y" });
    assert.equal(status, "failed");
    assert.equal(complete, false);
    assert.match(error?.message ?? "", /Could not convert string 'a'/);
    assert.equal(
      sql.slice(error?.position).startsWith("::INT") ||
        sql.slice(error?.position).startsWith("CASE"),
      true,
      sql.slice(error?.position),
    );
  });

  it("have errors at the right place of the statement as it is written", async () => {
    for (const [sql, values] of [
      ["SELECT :a, :b, nowhere FROM t", { a: "1", b: "2" }],
      [
        "SELECT $12, ?, $name, nowhere FROM t",
        { 12: "1", "?1": "2", name: "3" },
      ],
      ["SELECT 'é🦆', ?,:é, nowhere FROM t", { "?1": "1", é: "2" }],
    ] as const) {
      const error = await errorWith(engine, sql, values);
      assert.equal(
        error.position,
        sql.indexOf("nowhere"),
        JSON.stringify(error),
      );
    }
  });

  it("are refused in words where DuckDB takes none", async () => {
    for (const sql of [
      "CREATE VIEW v AS SELECT $1",
      "PRAGMA table_info($1)",
      "ATTACH $1 AS x",
      "USE $1",
      "LOAD $1",
      "ALTER TABLE t ADD COLUMN z INT DEFAULT $1",
      "CREATE TABLE w (a INT DEFAULT $1)",
      "PIVOT (FROM t WHERE id < $1) ON name USING count(*)",
    ]) {
      const error = await errorWith(engine, sql, { 1: "1" });
      assert.match(error.message, /A parameter cannot stand here/, sql);
      assert.equal(error.class, "binder");
    }
    const missing = await errorWith(engine, "SELECT $a, $b", { a: "1" });
    assert.match(missing.message, /parameter b has no value/);
  });

  it("stay in a transaction of the user's", async () => {
    await engine.succeed("BEGIN");
    await runWith(engine, "INSERT INTO t (id) VALUES ($1)", { 1: "100" });
    const error = await errorWith(engine, "SELECT $1 + 1", {
      1: typed("other", "x", "INTEGER"),
    });
    assert.equal(error.class, "conversion");
    assert.deepEqual(
      await rowsWith(engine, "SELECT count(*) FROM t WHERE id = $1", {
        1: "100",
      }),
      [["1"]],
    );
    await engine.succeed("ROLLBACK");
  });

  it("do not change what a prepared statement of the user's has", async () => {
    await engine.succeed("PREPARE p AS SELECT $1 + 1");
    assert.deepEqual(await engine.rows("EXECUTE p(5)"), [["6"]]);
  });

  it("do not let a write through to a database that is attached read-only", async () => {
    for (const [sql, values] of [
      [
        "CALL postgres_execute($1, $2)",
        { 1: "pg", 2: "CREATE TABLE hole (i int)" },
      ],
      ["FROM postgres_query('pg', $1)", { 1: "SELECT pg_notify('a', 'b')" }],
      ["CREATE TABLE pg.public.hole AS SELECT $1 AS i", { 1: "1" }],
      ["INSERT INTO pg.public.hole VALUES ($1)", { 1: "1" }],
    ] as const) {
      const { status } = await runWith(engine, sql, values);
      assert.equal(status, "failed", sql);
    }
    assert.deepEqual(
      await engine.rows("SELECT to_regclass('public.hole') IS NULL", "pg"),
      [["t"]],
    );
  });

  it("are described by the types that DuckDB expects, and nothing runs", async () => {
    const types = async (text: string) =>
      (
        await engine.handlers.describeParameters({
          target: { engine: "duckdb" },
          text,
        })
      ).map(({ key, engineType }) => `${key}: ${engineType}`);
    assert.deepEqual(
      await types(
        "SELECT :x FROM t WHERE id = :id AND half < $H AND name = :n LIMIT :l;",
      ),
      ["x: null", "id: BIGINT", "h: DECIMAL(18,1)", "n: VARCHAR", "l: BIGINT"],
    );
    assert.deepEqual(await types("INSERT INTO t (id, name) VALUES (?, ?)"), [
      "?1: BIGINT",
      "?2: VARCHAR",
    ]);
    assert.deepEqual(await types("SELEC :x"), []);
    assert.deepEqual(await types("SELECT nextval(:x), nowhere"), ["x: null"]);
    assert.deepEqual(await types("SELECT 1"), []);
    assert.deepEqual(await engine.rows("SELECT count(*) FROM t"), [["10"]]);
  });
});
