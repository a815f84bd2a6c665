import assert from "node:assert/strict";
import type { CellArea } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { admin } from "../../support/postgres";
import { until } from "../../support/until";
import { inPostgres, MadeTables } from "./madeTables";

function firstColumn(resultId: string, toRow: number): CellArea {
  return { resultId, viewId: null, fromRow: 0, toRow, columns: [0] };
}

describe("materialise", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
    await engine.attach("ro");
    await admin("CREATE SCHEMA IF NOT EXISTS made");
  });
  after(async () => {
    await admin("DROP SCHEMA IF EXISTS made CASCADE");
    await engine.close();
  });

  const { make, assertTidy } = new MadeTables(() => engine);

  it("makes a table with the types, names and values of the result", async () => {
    const sql = `SELECT 170141183460469231731687303715884105727::HUGEINT AS h, INTERVAL '-1 day 0.000001 s' AS i, {'a': [1]} AS s,
      'x'::ENUM('x', 'y') AS e, '{"a": 1.0}'::JSON AS j, chr(0) AS z, 1 AS "A", 2 AS a, '101'::BIT AS b, NULL AS n FROM range(3000)`;
    const made = await make(sql, { table: 'it\'s "one"' });
    assert.equal(made.rows, 3000);
    assert.match(made.notes.join(), /^Columns .* are called "a_1"\.$/);
    assert.deepEqual(
      await engine.rows(
        `SELECT COLUMNS(*)::VARCHAR FROM "it's ""one""" LIMIT 1`,
      ),
      await engine.rows(sql.replace("3000", "1")),
    );
    const types = await engine.rows(
      `SELECT column_name, column_type FROM (DESCRIBE "it's ""one""")`,
    );
    assert.deepEqual(
      types.map(([name, type]) => `${name ?? ""} ${type ?? ""}`).slice(0, 9),
      [
        "h HUGEINT",
        "i INTERVAL",
        "s STRUCT(a INTEGER[])",
        "e ENUM('x', 'y')",
        "j JSON",
        "z VARCHAR",
        "A INTEGER",
        "a_1 INTEGER",
        "b BIT",
      ],
    );
    await assertTidy();
  });

  it("is a run: it is in the journal and says what it did", async () => {
    const sent = engine.events.length;
    await make("SELECT 1 AS a", { table: "journaled" });
    const ended = engine.events
      .slice(sent)
      .flatMap(({ event, payload }) =>
        event === "statementEnded" && payload.runId.startsWith("make-run")
          ? [payload.outcome]
          : [],
      );
    assert.equal(ended[0]?.status, "succeeded");
    assert.equal(ended[0].rowCount, 1);
  });

  it("replaces and appends by name", async () => {
    await make("SELECT 1 AS a, 'x' AS b", { table: "grows" });
    await make("SELECT 'y' AS b, 2 AS a", { table: "grows", mode: "append" });
    assert.deepEqual(
      await engine.rows("SELECT a::VARCHAR, b FROM grows ORDER BY a"),
      [
        ["1", "x"],
        ["2", "y"],
      ],
    );
    const exists = await faultOf(make("SELECT 1 AS a", { table: "grows" }));
    assert.match(exists.message, /already exists/);
    await make("SELECT 7 AS c", { table: "grows", mode: "replace" });
    assert.deepEqual(await engine.rows("SELECT c::VARCHAR FROM grows"), [
      ["7"],
    ]);
    await assertTidy();
  });

  it("writes to an attached database that allows writes, as PostgreSQL has the values", async () => {
    const sql = `SELECT 170141183460469231731687303715::HUGEINT AS h, 18446744073709551615::UBIGINT AS u, 12.30::DECIMAL(10,2) AS d,
      {'a': 1} AS s, [1, 2] AS l, DATE '2020-01-01' AS t, TIMESTAMP_NS '2020-01-01 00:00:00.123456789' AS ns, 'x'::ENUM('x') AS e,
      '\\xAA'::BLOB AS b, true AS o, '{"a": 1}'::JSON AS j, NULL AS n, 'it''s' AS q FROM range(2000)`;
    const target = { catalog: "pg", schema: "made", table: "all types" };
    const made = await make(sql, target);
    assert.equal(made.rows, 2000);
    assert.match(
      made.notes.join("\n"),
      /^"h": is HUGEINT, written as DECIMAL\(38,0\)\.\n"u": .*\n"s": is STRUCT.*, written as text\.\n"ns": .*\n"e": .*VARCHAR\.$/,
    );
    const [row] = await engine.rows(
      `SELECT h::text, u::text, d::text, s::text, l::text, t::text, ns::text, e::text, b::text, o::text, j::text, n::text, q, count(*) OVER ()::text
       FROM made."all types" LIMIT 1`,
      "pg",
    );
    assert.deepEqual(row, [
      "170141183460469231731687303715",
      "18446744073709551615",
      "12.30",
      "{'a': 1}",
      "{1,2}",
      "2020-01-01",
      "2020-01-01 00:00:00.123456789",
      "x",
      "\\xaa",
      "true",
      '{"a": 1}',
      null,
      "it's",
      "2000",
    ]);
    await assertTidy();
  });

  it("casts a native run's texts where that is exact", async () => {
    await make(
      "SELECT 1::bigint AS a, 1.50::numeric(10,2) AS b, 1.5::numeric AS c, date '0044-03-15 BC' AS d, '\\xdead'::bytea AS e, true AS f, interval '1 mon -1 day +02:00' AS g, array[1] AS h, 'NaN'::numeric(10,2) AS i",
      { table: "native" },
      "pg",
    );
    assert.deepEqual(
      await engine.rows("SELECT COLUMNS(*)::VARCHAR FROM native"),
      [
        [
          "1",
          "1.50",
          "1.5",
          "0044-03-15 (BC)",
          "\\xDE\\xAD",
          "true",
          "1 month -1 day 02:00:00",
          "{1}",
          "NaN",
        ],
      ],
    );
    assert.deepEqual(
      (await engine.rows("SELECT column_type FROM (DESCRIBE native)")).flat(),
      [
        "BIGINT",
        "DECIMAL(10,2)",
        "VARCHAR",
        "DATE",
        "BLOB",
        "BOOLEAN",
        "INTERVAL",
        "VARCHAR",
        "VARCHAR",
      ],
    );
  });

  it("leaves nothing behind when the database is read-only", async () => {
    const fault = await faultOf(
      make("SELECT 1 AS a", { catalog: "ro", schema: "made", table: "no" }),
    );
    assert.equal(fault.class, "readOnly");
    await assertTidy();
  });

  it("is asked about like any write, and does nothing when that is refused", async () => {
    const asking = await TestEngine.start({ confirmWrites: true });
    try {
      await asking.attach("pg", { readOnly: false });
      const { resultId } = await asking.succeed("SELECT 1 AS a");
      assert.ok(resultId);
      const fault = faultOf(
        asking.handlers.materialise({
          taskId: "asked",
          runId: "asked-run",
          ...firstColumn(resultId, 1),
          target: { ...inPostgres, table: "refused" },
        }),
      );
      await until("a question", () =>
        asking.events.some(({ event }) => event === "writeQuestion"),
      );
      await asking.handlers.answerWrite({ runId: "asked-run", allowed: false });
      assert.equal((await fault).class, "writeRefused");
    } finally {
      await asking.close();
    }
  });

  it("ends with its task", async () => {
    const { resultId } = await engine.succeed(
      "SELECT range AS a FROM range(3000000)",
    );
    assert.ok(resultId);
    const fault = faultOf(
      engine.handlers.materialise({
        taskId: "ended",
        runId: "ended-run",
        ...firstColumn(resultId, 3_000_000),
        target: { ...inPostgres, table: "ended" },
      }),
    );
    await until("the run", () =>
      engine.events.some(
        ({ event, payload }) =>
          event === "statementStarted" && payload.runId === "ended-run",
      ),
    );
    await engine.handlers.cancelTask({ taskId: "ended" });
    assert.equal((await fault).class, "cancelled");
    const there = "SELECT to_regclass('made.ended')::text";
    assert.deepEqual(await engine.rows(there, "pg"), [[null]]);
    await assertTidy();
    await make("SELECT 1 AS a", { ...inPostgres, table: "ended" });
  });
});
