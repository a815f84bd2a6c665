import assert from "node:assert/strict";
import type { StatementParameter } from "../../src/protocol/parameters";
import { TestEngine } from "../support/engineHarness";
import { errorWith, rowsWith, runWith } from "../support/parameterRuns";

const secret = "c4nary-parameter";
const typed = (type: StatementParameter["type"], value: string) => ({
  type,
  value,
});

describe("parameters of statements in PostgreSQL", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
    await engine.attach("ro");
    await engine.succeed("DROP TABLE IF EXISTS parameter_test", "pg");
    await engine.succeed(
      `CREATE TABLE parameter_test AS SELECT i::int AS id, 'n' || i AS name, i / 2.0 AS half, now() AS at,
         jsonb_build_object('k' || i, i) AS doc FROM generate_series(0, 9) i`,
      "pg",
    );
  });
  after(async () => {
    await engine.succeed("DROP TABLE parameter_test", "pg");
    await engine.close();
  });

  const rows = (sql: string, values: Parameters<typeof rowsWith>[2]) =>
    rowsWith(engine, sql, values, "pg");

  it("are bound by name, by number and in order", async () => {
    assert.deepEqual(
      await rows("SELECT :a || $A || :b, $2 || ?, $1, ?", {
        a: "x",
        b: "y",
        1: "one",
        2: "two",
        "?1": "q",
        "?2": null,
      }),
      [["xxy", "twoq", "one", null]],
    );
    assert.deepEqual(
      await rows("SELECT id FROM parameter_test WHERE id=? AND name = ?", {
        "?1": "3",
        "?2": "n3",
      }),
      [["3"]],
    );
  });

  it("get the types that the server infers", async () => {
    assert.deepEqual(
      await rows(
        "SELECT id FROM parameter_test WHERE id = ANY(:ids) AND at > :from ORDER BY id LIMIT :n",
        { ids: "{1,2,3}", from: "2020-01-01", n: typed("integer", "2") },
      ),
      [["1"], ["2"]],
    );
    const { error, columns } = await runWith(
      engine,
      "SELECT $1::numeric, $2 + 1, date $3 IS NULL",
      { 1: "1.50", 2: "2", 3: null },
      "pg",
    );
    assert.equal(error?.class, "binder", "date $3 is no SQL");
    assert.equal(columns.length, 0);
    assert.deepEqual(
      await rows("SELECT $1::numeric, $2 + 1", { 1: "1.50", 2: "2" }),
      [["1.50", "3"]],
    );
  });

  it("get the types that are chosen where the server cannot tell", async () => {
    assert.deepEqual(
      await rows("SELECT pg_typeof($1), pg_typeof($2), pg_typeof(:c)", {
        1: typed("integer", "5"),
        2: typed("timestamptz", "2024-01-01 00:00+00"),
        c: "x",
      }),
      [["integer", "timestamp with time zone", "text"]],
    );
  });

  it("leave the operators of jsonb and slices alone", async () => {
    assert.deepEqual(
      await rows(
        "SELECT id, (ARRAY[1,2,3])[1:2], doc ? 'k3', doc ?| ARRAY['x'] FROM parameter_test WHERE doc ? :key",
        { key: "k3" },
      ),
      [["3", "{1,2}", "t", "f"]],
    );
    assert.deepEqual(
      await engine.rows("SELECT id FROM parameter_test WHERE doc ? 'k3'", "pg"),
      [["3"]],
    );
  });

  it("write, too", async () => {
    const inserted = await runWith(
      engine,
      "INSERT INTO parameter_test (id, name) VALUES (:id, :name), (:id, NULL)",
      { id: "100", name: "it's ; -- $1" },
      "pg",
    );
    assert.equal(inserted.commandTag, "INSERT 0 2");
    assert.deepEqual(
      await rows("DELETE FROM parameter_test WHERE id = $1 RETURNING name", {
        1: "100",
      }),
      [["it's ; -- $1"], [null]],
    );
  });

  it("run in the read-only transaction of a read-only attachment", async () => {
    assert.deepEqual(
      await rowsWith(engine, "SELECT :x || 'y'", { x: "x" }, "ro"),
      [["xy"]],
    );
    const error = await errorWith(
      engine,
      "INSERT INTO parameter_test (id) VALUES (:x)",
      { x: "1" },
      "ro",
    );
    assert.equal(error.class, "readOnly");
  });

  it("stay in a transaction of the user's, and do not end it", async () => {
    await engine.succeed("BEGIN", "pg");
    await engine.succeed("CREATE TABLE parameter_inside (id int)", "pg");
    await runWith(
      engine,
      "INSERT INTO parameter_inside VALUES (:x)",
      { x: "1" },
      "pg",
    );
    const [described] = await engine.handlers.describeParameters({
      target: { engine: "postgres", alias: "pg" },
      text: "SELECT pg_typeof($1)",
    });
    assert.equal(described?.engineType, null);
    assert.deepEqual(
      await rows("SELECT count(*) FROM parameter_inside WHERE id = $1", {
        1: "1",
      }),
      [["1"]],
    );
    await engine.succeed("ROLLBACK", "pg");
  });

  it("have errors at the right place of the statement as it is written", async () => {
    for (const [sql, values] of [
      [
        "SELECT :a::int, :b::int, nowhere FROM parameter_test",
        { a: "1", b: "2" },
      ],
      [
        "SELECT 'é🦆', :long_name::text, ?::int, nowhere",
        { long_name: "1", "?1": "2" },
      ],
    ] as const) {
      const error = await errorWith(engine, sql, values, "pg");
      assert.equal(error.position, sql.indexOf("nowhere"), sql);
    }
    const refused = await errorWith(
      engine,
      "SET work_mem = :x",
      { x: "1" },
      "pg",
    );
    assert.match(refused.message, /A parameter cannot stand here/);
    assert.equal(refused.position, "SET work_mem = ".length);
  });

  it("that are wrong are the server's to refuse", async () => {
    const error = await errorWith(
      engine,
      "SELECT 1 FROM parameter_test WHERE id = :id",
      { id: "seven" },
      "pg",
    );
    assert.equal(error.class, "conversion");
  });

  it("that are secrets are in nothing that the engine says", async () => {
    const from = engine.events.length;
    await runWith(engine, "SELECT :password::int", { password: secret }, "pg");
    await runWith(
      engine,
      "DO $$ BEGIN RAISE NOTICE 'none'; END $$",
      { password: secret },
      "pg",
    );
    await runWith(
      engine,
      "SELECT 1/0 WHERE :token = 'ab'::text OR 'x' = :pwd::xml::text",
      { token: "ab", pwd: `<${secret}` },
      "pg",
    );
    const journal = await engine.rows(
      "SELECT q::VARCHAR FROM viaduct.query_log q",
    );
    assert.doesNotMatch(JSON.stringify(journal), /c4nary-parameter/);
    const said = JSON.stringify(engine.events.slice(from));
    assert.doesNotMatch(said, /c4nary-parameter/);
    assert.match(said, /•••/);
  });

  it("are described by the server, and nothing runs", async () => {
    const types = async (text: string) =>
      (
        await engine.handlers.describeParameters({
          target: { engine: "postgres", alias: "pg" },
          text,
        })
      ).map(({ key, engineType }) => `${key}: ${engineType}`);
    assert.deepEqual(
      await types(
        "SELECT :x FROM parameter_test WHERE id = :id AND half < $H AND at > :at AND id = ANY(:ids)",
      ),
      [
        "x: text",
        "id: integer",
        "h: numeric",
        "at: timestamp with time zone",
        "ids: integer[]",
      ],
    );
    assert.deepEqual(await types("DELETE FROM parameter_test WHERE id < ?"), [
      "?1: integer",
    ]);
    assert.deepEqual(await types("SELECT nowhere, $1"), ["1: null"]);
    assert.deepEqual(
      await engine.rows("SELECT count(*) FROM parameter_test", "pg"),
      [["10"]],
    );
  });
});
