import assert from "node:assert/strict";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { Compares, countsOf } from "./compared";

describe("what differs between two kept results", () => {
  let engine: TestEngine;
  const compares = new Compares(() => engine);

  before(async () => {
    engine = await TestEngine.startAlone();
  });
  after(() => engine.close());

  it("pairs rows by their places where nothing is a key, and says which cells differ", async () => {
    const found = await compares.statements(
      "SELECT * FROM (VALUES ('a', 1), ('b', 2), ('c', 3)) t(name, n)",
      "SELECT * FROM (VALUES ('a', 1), ('x', 9), ('c', 3), ('d', 4)) t(name, n)",
    );
    assert.equal(found.key, null);
    assert.deepEqual(countsOf(found), [0, 1, 1]);
    assert.deepEqual([found.leftRows, found.rightRows], [3, 4]);
    assert.deepEqual(await compares.marked(found, "left"), [[1, [0, 1]]]);
    assert.deepEqual(await compares.marked(found, "right"), [
      [1, [0, 1]],
      [3, null],
    ]);
  });

  it("pairs rows by a plain key, in whatever order they are", async () => {
    const found = await compares.statements(
      "SELECT i AS id, 'v' || i AS v FROM range(10) t(i)",
      "SELECT i AS id, CASE i WHEN 4 THEN 'other' ELSE 'v' || i END AS v FROM range(2, 12) t(i) ORDER BY i DESC",
    );
    assert.deepEqual(found.key, [{ left: 0, right: 0, asText: false }]);
    assert.deepEqual(countsOf(found), [2, 2, 1]);
    assert.deepEqual(await compares.marked(found, "left"), [
      [0, null],
      [1, null],
      [4, [1]],
    ]);
    assert.deepEqual(await compares.marked(found, "right"), [
      [0, null],
      [1, null],
      [7, [1]],
    ]);
  });

  it("takes no key from a column that is none: not named so, repeated, or with NULL", async () => {
    const values = "SELECT i AS id, i AS place FROM range(4) t(i)";
    const by = async (left: string): Promise<unknown> =>
      (await compares.statements(left, values)).key;
    assert.ok(await by(values));
    assert.equal(await by("SELECT i // 2 AS id FROM range(4) t(i)"), null);
    assert.equal(
      await by("SELECT nullif(i, 1) AS id FROM range(4) t(i)"),
      null,
    );
    assert.equal(await by("SELECT i AS place FROM range(4) t(i)"), null);
    assert.equal(await by("SELECT i AS id, i AS id FROM range(4) t(i)"), null);
    assert.equal(await by("SELECT i::DOUBLE AS id FROM range(4) t(i)"), null);
  });

  it("takes NULL for equal to NULL, NaN to NaN and -0 to 0, and an interval for what is shown", async () => {
    const left =
      "SELECT NULL AS a, 'NaN'::DOUBLE AS b, 0::DOUBLE AS c, INTERVAL 1 MONTH AS d, '' AS e";
    const same = await compares.statements(left, left, []);
    assert.deepEqual(countsOf(same), [0, 0, 0]);
    const other = await compares.statements(
      left,
      "SELECT 1 AS a, 1::DOUBLE AS b, -0.0::DOUBLE AS c, INTERVAL 30 DAY AS d, NULL AS e",
      [],
    );
    assert.deepEqual(await compares.marked(other, "left"), [[0, [0, 1, 3, 4]]]);
    const byKey = await compares.statements(
      "SELECT unnest([NULL, 'NaN'::DOUBLE, 0, 1]) AS k",
      "SELECT unnest([1, -0.0::DOUBLE, 'NaN'::DOUBLE, NULL]) AS k",
      [0],
    );
    assert.deepEqual(countsOf(byKey), [0, 0, 0]);
  });

  it("compares texts where types differ", async () => {
    const found = await compares.statements(
      "SELECT 1::INTEGER AS a, 1.50::DECIMAL(9,2) AS b, DATE '2026-01-02' AS c",
      "SELECT 1::BIGINT AS a, 1.5::DOUBLE AS b, '2026-01-02' AS c",
      [],
    );
    assert.ok(found.columns.every(({ asText }) => asText));
    assert.deepEqual(await compares.marked(found, "left"), [[0, [1]]]);
  });

  it("knows nested values, and those without an equality", async () => {
    const left = `SELECT [1, NULL] AS a, {'x': 1} AS b, MAP {'k': [1]} AS c, '\\x00'::BLOB AS d, '101'::BIT AS e,
      'a'::ENUM('a', 'b') AS f, TIMETZ '10:00:00+01' AS g, union_value(n := 1) AS h, '{"a": 1}'::JSON AS i, 1::VARIANT AS j`;
    assert.deepEqual(
      countsOf(await compares.statements(left, left)),
      [0, 0, 0],
    );
    const right = `SELECT [1, 2] AS a, {'x': 2} AS b, MAP {'k': [2]} AS c, '\\x01'::BLOB AS d, '100'::BIT AS e,
      'b'::ENUM('a', 'b') AS f, TIMETZ '09:00:00+00' AS g, union_value(n := 2) AS h, '{"a": 2}'::JSON AS i, 2::VARIANT AS j`;
    assert.deepEqual(
      await compares.marked(await compares.statements(left, right), "left"),
      [[0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]]],
    );
  });

  it("pairs rows of the same key in their order, and says so", async () => {
    const found = await compares.statements(
      "SELECT * FROM (VALUES (1, 'a'), (1, 'b'), (2, 'c'), (NULL, 'd'), (NULL, 'e')) t(k, v)",
      "SELECT * FROM (VALUES (NULL, 'd'), (1, 'a'), (1, 'x'), (1, 'y')) t(k, v)",
      [0],
    );
    assert.equal(found.repeated, 4);
    assert.deepEqual(countsOf(found), [2, 1, 1]);
    assert.deepEqual(await compares.marked(found, "left"), [
      [1, [1]],
      [2, null],
      [4, null],
    ]);
    assert.deepEqual(await compares.marked(found, "right"), [
      [2, [1]],
      [3, null],
    ]);
  });

  it("pairs columns by their names, those of one name in order, and by a name in another case", async () => {
    const found = await compares.statements(
      `SELECT 1 AS a, 2 AS a, 3 AS " ", 4 AS " ", 5 AS "__proto__", 6 AS constructor, 7 AS "Name", 8 AS gone`,
      `SELECT 5 AS "__proto__", 3 AS " ", 1 AS a, 4 AS " ", 2 AS a, 6 AS constructor, 0 AS "name", 9 AS new`,
      [],
    );
    assert.deepEqual(
      found.columns.map(({ left, right }) => [left, right]),
      [
        [0, 2],
        [1, 4],
        [2, 1],
        [3, 3],
        [4, 0],
        [5, 5],
        [6, 6],
      ],
    );
    assert.deepEqual(await compares.marked(found, "left"), [[0, [6]]]);
  });

  it("counts rows also where no column is in both, or there are no rows", async () => {
    const columns = await compares.statements(
      "SELECT 1 AS a",
      "SELECT unnest([1, 2]) AS b",
    );
    assert.deepEqual([columns.columns, countsOf(columns)], [[], [0, 1, 0]]);
    assert.deepEqual(await compares.marked(columns, "right"), [[1, null]]);
    const none = await compares.statements(
      "SELECT 1 AS id WHERE false",
      "SELECT 1 AS id WHERE false",
    );
    assert.deepEqual(countsOf(none), [0, 0, 0]);
    assert.deepEqual(await compares.steps(none, "left", 1), []);
    const fault = await faultOf(
      compares.statements("SELECT 1 AS a, 2 AS b", "SELECT 1 AS a", [1]),
    );
    assert.match(fault.message, /only that both results have/);
  });

  it("tells hundreds of columns apart", async () => {
    const wide = (changed: number): string =>
      `SELECT ${Array.from({ length: 300 }, (_, at) => `${at === changed ? -1 : at} AS c${at}`).join(", ")}`;
    const found = await compares.statements(wide(-1), wide(299));
    assert.deepEqual(await compares.marked(found, "right"), [[0, [299]]]);
  });
});
