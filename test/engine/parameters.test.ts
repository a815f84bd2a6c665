import assert from "node:assert/strict";
import type { StatementParameter } from "../../src/protocol/parameters";
import { TestEngine } from "../support/engineHarness";
import { errorWith, rowsWith, runWith } from "../support/parameterRuns";

const secret = "c4nary-parameter";

const typed = (
  type: StatementParameter["type"],
  value: string,
  typeName?: string,
) => ({ type, value, ...(typeName === undefined ? {} : { typeName }) });

describe("parameters of statements in DuckDB", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed(
      "CREATE TABLE t AS SELECT range AS id, 'n' || range AS name, (range / 2)::DECIMAL(18,1) AS half FROM range(10)",
    );
  });
  after(() => engine.close());

  it("without values are an error, and with them run", async () => {
    const { error } = await engine.fail("SELECT $1");
    assert.match(error.hint, /parameter/);
    assert.deepEqual(await rowsWith(engine, "SELECT $1", { 1: "x" }), [["x"]]);
    assert.deepEqual(
      await rowsWith(engine, "SELECT :a || $A || :b", { a: "x", b: "y" }),
      [["xxy"]],
    );
    assert.deepEqual(
      await rowsWith(engine, "SELECT ?, ?, ?||'!'", {
        "?1": "a",
        "?2": null,
        "?3": "c",
      }),
      [["a", null, "c!"]],
    );
    assert.deepEqual(
      await rowsWith(engine, "SELECT $7, $name, ?", {
        7: "a",
        name: "b",
        "?1": "c",
      }),
      [["a", "b", "c"]],
    );
  });

  it("have the types that are chosen for them", async () => {
    const cases: readonly (readonly [
      ReturnType<typeof typed>,
      string,
      string,
    ])[] = [
      [typed("text", " 007 "), "VARCHAR", " 007 "],
      [typed("integer", "+7"), "INTEGER", "7"],
      [
        typed("integer", "9223372036854775807"),
        "BIGINT",
        "9223372036854775807",
      ],
      [
        typed("integer", "-170141183460469231731687303715884105727"),
        "HUGEINT",
        "-170141183460469231731687303715884105727",
      ],
      [
        typed("decimal", "1234567890.12345678901234567890"),
        "DECIMAL(30,20)",
        "1234567890.12345678901234567890",
      ],
      [typed("double", "1e300"), "DOUBLE", "1e+300"],
      [typed("boolean", "Yes"), "BOOLEAN", "true"],
      [typed("date", "0044-03-15 (BC)"), "DATE", "0044-03-15 (BC)"],
      [typed("date", "infinity"), "DATE", "infinity"],
      [typed("time", "12:30:00.5"), "TIME", "12:30:00.5"],
      [
        typed("timestamp", "2024-02-29 12:00:00.123456"),
        "TIMESTAMP",
        "2024-02-29 12:00:00.123456",
      ],
      [typed("interval", "1 month 3 days"), "INTERVAL", "1 month 3 days"],
      [
        typed("uuid", "f47ac10b-58cc-4372-a567-0e02b2c3d479"),
        "UUID",
        "f47ac10b-58cc-4372-a567-0e02b2c3d479",
      ],
      [
        typed("other", "[1, NULL, 3]", "INTEGER[]"),
        "INTEGER[]",
        "[1, NULL, 3]",
      ],
      [
        typed("other", "{'a': 'x y'}", "STRUCT(a VARCHAR)"),
        "STRUCT(a VARCHAR)",
        "{'a': x y}",
      ],
      [typed("text", "a\0b'\"\\ $1 🦆"), "VARCHAR", "a\0b'\"\\ $1 🦆"],
      [typed("text", ""), "VARCHAR", ""],
    ];
    for (const [given, type, text] of cases) {
      const outcome = await runWith(engine, "SELECT $v", { v: given });
      assert.equal(outcome.error, null, `${type}: ${outcome.error?.message}`);
      assert.equal(outcome.columns[0]?.type.replaceAll('"', ""), type);
      assert.ok(outcome.resultId);
      const { rows } = await engine.handlers.page({
        resultId: outcome.resultId,
        offset: 0,
        limit: 1,
      });
      assert.equal(rows[0]?.[0], text);
    }
  });

  it("show a time with a zone in the session's", async () => {
    await engine.succeed("SET TimeZone = 'Asia/Tokyo'");
    assert.deepEqual(
      await rowsWith(engine, "SELECT $v, $w", {
        v: typed("timestamptz", "2024-01-01 00:00:00+00"),
        w: typed("timestamptz", "2024-01-01 00:00:00"),
      }),
      [["2024-01-01 09:00:00+09", "2024-01-01 00:00:00+09"]],
    );
    await engine.succeed("RESET TimeZone");
  });

  it("are what DuckDB expects where nothing else is chosen, and lose no digit", async () => {
    const id = (value: string, where: string) =>
      rowsWith(engine, `SELECT id FROM t WHERE ${where} ORDER BY id`, {
        v: value,
      });
    assert.deepEqual(await id("3", "id = $v"), [["3"]]);
    assert.deepEqual(await id("1.5", "id = $v"), []);
    assert.deepEqual(await id("1.5", "half = $v"), [["3"]]);
    assert.deepEqual(await id("1.55", "half = $v"), []);
    assert.deepEqual(await id("n4", "name = $v"), [["4"]]);
    assert.deepEqual(await id("8", "id > $v AND id < 100000000000000000000"), [
      ["9"],
    ]);
    assert.deepEqual(await id("2", "id IN (SELECT unnest([$v::INT]))"), [
      ["2"],
    ]);
    const error = await errorWith(engine, "SELECT 1 FROM t WHERE id = $v", {
      v: "seven",
    });
    assert.equal(error.class, "conversion");
    assert.doesNotMatch(error.message, /seven/);
  });

  it("are lists, limits, and values of what is written", async () => {
    assert.deepEqual(
      await rowsWith(
        engine,
        "SELECT id FROM t WHERE id IN $l ORDER BY 1 LIMIT :n",
        {
          l: typed("other", "[5, 3, 1]", "BIGINT[]"),
          n: typed("integer", "2"),
        },
      ),
      [["1"], ["3"]],
    );
    await runWith(engine, "CREATE TABLE made AS SELECT $a AS a", {
      a: typed("integer", "5"),
    });
    for (const [sql, values] of [
      ["INSERT INTO made VALUES (?), (?)", { "?1": "6", "?2": null }],
      ["UPDATE made SET a = :new WHERE a = :old", { new: "7", old: "6" }],
      ["DELETE FROM made WHERE a = $1", { 1: "5" }],
    ] as const) {
      const outcome = await runWith(engine, sql, values);
      assert.equal(outcome.error, null, `${sql}: ${outcome.error?.message}`);
    }
    assert.deepEqual(await engine.rows("FROM made ORDER BY a"), [
      ["7"],
      [null],
    ]);
    const inserted = await rowsWith(
      engine,
      "INSERT INTO made VALUES ($1) RETURNING a + 1",
      { 1: "8" },
    );
    assert.deepEqual(inserted, [["9"]]);
    assert.deepEqual(
      await rowsWith(engine, "CALL range($1)", { 1: typed("integer", "2") }),
      [["0"], ["1"]],
    );
    assert.match(
      JSON.stringify(
        await rowsWith(engine, "EXPLAIN SELECT $1 + id FROM t", {
          1: typed("integer", "2"),
        }),
      ),
      /SCAN/,
    );
  });

  it("reach PostgreSQL through DuckDB", async () => {
    const rows = await rowsWith(
      engine,
      "SELECT datname FROM pg.pg_catalog.pg_database WHERE datname = $name",
      { name: "postgres" },
    );
    assert.deepEqual(rows, [["postgres"]]);
  });

  it("make text of what no table can keep", async () => {
    const outcome = await runWith(
      engine,
      "SELECT row($1, 2) AS r, $2 AS s, id FROM t LIMIT 1",
      { 1: typed("integer", "1"), 2: "x" },
    );
    assert.equal(outcome.error, null, outcome.error?.message);
    assert.ok(outcome.resultId);
    const { rows } = await engine.handlers.page({
      resultId: outcome.resultId,
      offset: 0,
      limit: 1,
    });
    assert.deepEqual(rows, [["(1, 2)", "x", "0"]]);
  });

  it("that are secrets are in nothing that the engine says", async () => {
    const from = engine.events.length;
    await runWith(engine, "SELECT 1 WHERE :api_token = 'x'", {
      api_token: secret,
    });
    await runWith(engine, "SELECT $password::INT", { password: secret });
    await runWith(engine, "SELECT error(:secret)", { secret });
    await runWith(
      engine,
      "SELECT count(*) FROM pg.pg_catalog.pg_database WHERE datname = $password",
      { password: secret },
    );
    await runWith(engine, "SELECT error('is ' || $pwd)", { pwd: "ab" });
    const journal = await engine.rows(
      "SELECT q::VARCHAR FROM viaduct.query_log q",
    );
    assert.doesNotMatch(JSON.stringify(journal), /c4nary-parameter/);
    const said = JSON.stringify(engine.events.slice(from));
    assert.doesNotMatch(said, /c4nary-parameter|is ab/);
    assert.match(said, /is •••/);
    const created = await runWith(
      engine,
      "CREATE SECRET s (TYPE postgres, HOST 'h', PASSWORD $pw)",
      { pw: secret },
    );
    assert.equal(created.error, null, created.error?.message);
    const secrets = await engine.rows(
      "SELECT s::VARCHAR FROM duckdb_secrets() s",
    );
    assert.doesNotMatch(JSON.stringify(secrets), /c4nary-parameter/);
  });
});
