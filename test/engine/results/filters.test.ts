import assert from "node:assert/strict";
import type { Cell } from "../../../src/core/results/result";
import type { Comparison, ResultFilter } from "../../../src/core/results/view";
import { TestEngine, faultOf } from "../../support/engineHarness";
import { keep, openView, viewRows } from "./viewSupport";

describe("filtered views", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  const compare = (
    comparison: Comparison,
    value: string,
    matchCase = false,
  ): ResultFilter => ({
    kind: "compare",
    column: 0,
    comparison,
    value,
    matchCase,
  });
  const expression = (sql: string): ResultFilter => ({
    kind: "expression",
    sql,
  });
  const passing = async (
    resultId: string,
    filters: readonly ResultFilter[],
  ): Promise<(string | null)[]> => {
    const view = await openView(engine, resultId, { filters });
    const rows = await viewRows(engine, view);
    assert.equal(rows.length, view.rowCount);
    return rows.map(([cell = null]) => cell);
  };
  const values = (type: string, ...texts: readonly Cell[]): string =>
    `SELECT v::${type} AS v FROM (VALUES ${texts.map((text) => (text === null ? "(NULL)" : `('${text.replaceAll("'", "''")}')`)).join(", ")}) t(v)`;

  it("chooses by the shown text, NULL among them", async () => {
    const id = await keep(
      engine,
      "SELECT * FROM (VALUES ('a'), (NULL), ('NULL'), (''), ('a' || chr(0)), ('it''s'), (chr(65533))) t(v)",
    );
    const choose = (
      chosen: readonly Cell[],
      exclude = false,
    ): Promise<Cell[]> =>
      passing(id, [{ kind: "values", column: 0, values: chosen, exclude }]);
    assert.deepEqual(await choose(["a", null]), ["a", null]);
    assert.deepEqual(await choose(["a\0", "it's", ""]), ["", "a\0", "it's"]);
    assert.deepEqual(await choose(["NULL"], true), [
      "a",
      null,
      "",
      "a\0",
      "it's",
      "\uFFFD",
    ]);
    assert.deepEqual(await choose(["a", null, ""], true), [
      "NULL",
      "a\0",
      "it's",
      "\uFFFD",
    ]);
    assert.deepEqual(await choose(["\uD800"]), []);
    assert.deepEqual(await choose([]), []);
    assert.equal((await choose([], true)).length, 7);
  });

  it("has rows with NULL, or without", async () => {
    const id = await keep(engine, values("INTEGER", "1", null, "2"));
    const only = (isNull: boolean): Promise<Cell[]> =>
      passing(id, [{ kind: "null", column: 0, isNull }]);
    assert.deepEqual(await only(true), [null]);
    assert.deepEqual(await only(false), ["1", "2"]);
  });

  for (const [type, texts, comparison, value, expected] of [
    ["INTEGER", ["9", "10", null], ">", "9.5", ["10"]],
    ["INTEGER", ["9", "10", null], "<=", "9.5", ["9"]],
    ["INTEGER", ["9", "10", null], "=", "9.5", []],
    ["INTEGER", ["9", "10", null], "<>", "1e40", ["9", "10"]],
    ["INTEGER", ["9", "-10"], ">", "-1e40", ["9", "-10"]],
    ["UTINYINT", ["9", "10"], ">", "-1", ["9", "10"]],
    [
      "HUGEINT",
      ["170141183460469231731687303715884105727", "1"],
      ">",
      "170141183460469231731687303715884105726.5",
      ["170141183460469231731687303715884105727"],
    ],
    ["DECIMAL(10,2)", ["1.10", "-1.10"], "<", "-1.099", ["-1.10"]],
    ["DECIMAL(10,2)", ["1.10", "1.20"], "=", "11e-1", ["1.10"]],
    ["DOUBLE", ["0.1", "NaN", "inf"], ">=", "Infinity", ["nan", "inf"]],
    ["FLOAT", ["0.1", "0.2"], "=", "0.1", ["0.1"]],
    ["BIGNUM", ["1", "9".repeat(50)], ">", "8".repeat(50), ["9".repeat(50)]],
    ["DATE", ["2025-01-09", "2025-01-10"], ">", "2025-01-09", ["2025-01-10"]],
    ["BOOLEAN", ["true", "false"], "=", "t", ["true"]],
    ["VARCHAR", ["Äpfel", "B"], "contains", "äp", ["Äpfel"]],
    ["VARCHAR", ["50%", "50"], "endsWith", "%", ["50%"]],
    ["INTEGER[]", ["[1, 2]", "[3]"], "contains", "1,", ["[1, 2]"]],
    ["VARCHAR", ["a.c", "abc"], "matches", "^A.C$", ["a.c", "abc"]],
  ] as const) {
    it(`compares ${type} ${comparison} ${value}`, async () => {
      const id = await keep(engine, values(type, ...texts));
      assert.deepEqual(await passing(id, [compare(comparison, value)]), [
        ...expected,
      ]);
    });
  }

  for (const [type, texts, comparison, value, expected] of [
    ["int", ["9", "10"], ">", "9.5", ["10"]],
    ["numeric", ["9.50", "10", "NaN"], ">", "9.5", ["10", "NaN"]],
    ["numeric", ["9.50", "10"], "=", "95e-1", ["9.50"]],
    ["numeric(10,2)", ["9.50", "NaN"], "=", "NaN", ["NaN"]],
    ["numeric(10,2)", ["9.50", "10", "NaN"], "<", "9.501", ["9.50"]],
    ["bool", ["true", "false"], "=", "false", ["f"]],
    [
      "date",
      ["0044-03-15 BC", "2025-01-01"],
      "<",
      "0001-01-01",
      ["0044-03-15 BC"],
    ],
    ["interval", ["31 days", "1 mon"], ">", "1 month", ["31 days"]],
    [
      "timestamp",
      ["2025-01-01 10:00", "2025-01-01 09:00"],
      ">",
      "2025-01-01 09:30",
      ["2025-01-01 10:00:00"],
    ],
  ] as const) {
    it(`compares the server's ${type} ${comparison} ${value}`, async () => {
      const id = await keep(engine, values(type, ...texts), "pg");
      assert.deepEqual(await passing(id, [compare(comparison, value)]), [
        ...expected,
      ]);
    });
  }

  it("says so when a value does not fit the type, and when a pattern is none", async () => {
    for (const [type, comparison, value, message] of [
      ["INTEGER", "=", "abc", "'abc' is no number."],
      ["INTEGER", "<", "NaN", "'NaN' is no number."],
      ["DATE", ">", "2025-02-30", "'2025-02-30' is no date."],
      ["UUID", "=", "x", "'x' is no UUID."],
    ] as const) {
      const id = await keep(engine, `SELECT NULL::${type} AS v`);
      const fault = await faultOf(
        openView(engine, id, { filters: [compare(comparison, value)] }),
      );
      assert.equal(fault.message, message);
      assert.equal(fault.class, "conversion");
    }
    const id = await keep(engine, "SELECT 'a' AS v");
    const fault = await faultOf(
      openView(engine, id, { filters: [compare("matches", "(")] }),
    );
    assert.match(fault.message, /^'\(' is no regular expression: missing \)/);
  });

  it("takes an expression over the columns as they are named", async () => {
    const id = await keep(
      engine,
      `SELECT i AS "the number", i % 3 AS rowid, 'x' AS "a""b", i AS dup, i AS DUP FROM range(10) t(i)`,
    );
    const run = (...sql: string[]): Promise<Cell[]> =>
      passing(id, sql.map(expression));
    assert.deepEqual(await run('"the number" > 7 -- end'), ["8", "9"]);
    assert.deepEqual(await run("rowid = 2", '"The Number" < 6'), ["2", "5"]);
    assert.deepEqual(await run(`"a""b" = ';)' OR "the number" = 3`), ["3"]);
    assert.deepEqual(
      await run('len(list_filter([1, 2], lambda x: x = "the number")) = 1'),
      ["1", "2"],
    );
    const repeated = await faultOf(run("dup = 1"));
    assert.match(repeated.message, /^Several columns are named "dup"/);
  });

  it("sees the values of a native run, not their texts", async () => {
    const id = await keep(
      engine,
      "SELECT i AS v, i::numeric(10,2) AS n, i > 9 AS b, date '2025-01-01' + i AS d FROM generate_series(8, 11) i",
      "pg",
    );
    assert.deepEqual(
      await passing(id, [expression("v > 8 AND n < 10.5 AND b")]),
      ["10"],
    );
    assert.deepEqual(
      await passing(id, [expression("month(d) = 1 AND v = 9")]),
      ["9"],
    );
  });

  it("lets no expression out of the condition", async () => {
    const id = await keep(engine, "SELECT 1 AS v, 2 AS w");
    for (const sql of [
      "true) OR (true",
      "true; DROP TABLE r1",
      "v = 1) --",
      "v /*",
      "v = 'a",
      "",
      " -- nothing",
      "v, w",
      "v AS x",
      "v FROM range(3)",
      "v WHERE true",
      "v ORDER BY 1",
      "v LIMIT 1",
      "v UNION SELECT 1",
      "EXISTS (FROM range(3))",
      "v IN (SELECT 1)",
      "v = $1",
      "v = ?",
      "#1 = 1",
      "*",
      "sum(v) = 1",
      "row_number() OVER () = 1",
      "nothing = 1",
      "v = 'abc'::INT",
    ]) {
      const fault = await faultOf(passing(id, [expression(sql)]));
      assert.notEqual(fault.class, "unknown", `${sql}: ${fault.message}`);
      assert.doesNotMatch(
        fault.message,
        /LINE |SELECT \w+ FROM|__viaduct|\bc0\b/,
        `${sql}: ${fault.message}`,
      );
    }
    assert.deepEqual(await passing(id, [expression("v = 1")]), ["1"]);
  });

  it("filters and sorts at once, over far more rows than a page", async () => {
    const id = await keep(
      engine,
      "SELECT (i * 7919) % 50021 AS n, i FROM range(50021) t(i)",
    );
    const view = await openView(engine, id, {
      sort: [{ column: 0, descending: false }],
      filters: [compare(">=", "100"), expression("n % 2 = 0")],
    });
    assert.equal(view.rowCount, (50_020 - 100) / 2 + 1);
    for (const offset of [20_000, 0]) {
      const rows = await viewRows(engine, view, offset, 3);
      assert.deepEqual(
        rows.map(([n]) => n),
        [0, 1, 2].map((at) => String(100 + 2 * (offset + at))),
      );
    }
  });
});
