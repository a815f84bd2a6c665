import assert from "node:assert/strict";
import type { ChartData, ChartSpec } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { keptResult } from "./questions";

describe("what a chart of a kept result draws", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed("SET TimeZone = 'Europe/Berlin'");
  });
  after(() => engine.close());

  async function chart(
    sql: string,
    spec: Partial<ChartSpec>,
    on?: string,
  ): Promise<ChartData> {
    return engine.handlers.chartData({
      taskId: "chart",
      resultId: await keptResult(engine, sql, on),
      viewId: null,
      chart: {
        kind: "bar",
        x: 0,
        y: [],
        aggregate: "count",
        series: null,
        limit: 5000,
        ...spec,
      },
    });
  }

  const drawn = ({ series }: ChartData): unknown =>
    series.map(({ name, points }) => [
      name,
      ...points.map(({ x, y }) => `${x ?? "NULL"}=${y ?? "NULL"}`),
    ]);
  const pointCount = ({ series }: ChartData): number =>
    series.reduce((sum, { points }) => sum + points.length, 0);

  it("counts rows of categories in the order in which they come, NULL among them", async () => {
    const data = await chart("SELECT unnest(['b', 'a', NULL, 'b', ''])", {});
    assert.equal(data.xKind, "category");
    assert.deepEqual(drawn(data), [["Rows", "b=2", "a=1", "NULL=1", "=1"]]);
    assert.deepEqual(data.notes, []);
    assert.deepEqual(
      drawn(await chart("SELECT unnest([true, false, true])", {})),
      [["Rows", "false=1", "true=2"]],
    );
  });

  it("makes values of a group one, exactly where they are few digits", async () => {
    const rows =
      "SELECT * FROM (VALUES ('a', 0.10::DECIMAL(10,2), 9007199254740993), ('a', 0.20, 2), ('b', NULL, 3)) t";
    assert.deepEqual(
      drawn(await chart(rows, { y: [1, 2], aggregate: "sum" })),
      [
        ["col1", "a=0.30", "b=NULL"],
        ["col2", "a=9007199254740995", "b=3"],
      ],
    );
    assert.deepEqual(drawn(await chart(rows, { y: [1], aggregate: "count" })), [
      ["col1", "a=2", "b=0"],
    ]);
    assert.deepEqual(drawn(await chart(rows, { y: [2], aggregate: "min" })), [
      ["col2", "a=2", "b=3"],
    ]);
    const wide = await chart("SELECT 'a', 1::HUGEINT", {
      y: [1],
      aggregate: "sum",
    });
    assert.match(wide.notes.join(), /rounded/);
  });

  it("makes a series of each value, the rare ones together", async () => {
    const few = await chart(
      "SELECT * FROM (VALUES ('x', 's'), ('y', 't'), ('y', 's'), ('x', 's'), ('y', NULL)) t",
      { series: 1 },
    );
    assert.deepEqual(drawn(few), [
      ["s", "x=2", "y=1"],
      ["t", "x=0", "y=1"],
      ["NULL", "x=0", "y=1"],
    ]);
    const many = await chart(
      "SELECT 'x', 's' || (i % 20) FROM range(200) t(i) UNION ALL SELECT 'x', 's19'",
      { series: 1 },
    );
    assert.equal(many.series.length, 13);
    assert.equal(many.series[0]?.name, "s19");
    assert.equal(many.series.at(-1)?.name, "Others (8 values)");
    assert.deepEqual(many.series.at(-1)?.points, [{ x: "x", y: "80" }]);
    assert.match(many.notes.join(), /8 less frequent values .*together/);
  });

  it("keeps to the limit, and says what is left out", async () => {
    const categories = await chart(
      "SELECT 'c' || i FROM range(100) t(i) UNION ALL SELECT 'c7'",
      { limit: 10 },
    );
    assert.equal(pointCount(categories), 10);
    assert.ok(
      categories.series[0]?.points.some(({ x, y }) => x === "c7" && y === "2"),
    );
    assert.deepEqual(categories.notes, [
      "90 less frequent values of \"('c' || i)\" (90 rows) are left out.",
    ]);
    const numbers = await chart("SELECT i FROM range(100000) t(i)", {
      kind: "line",
      limit: 100,
    });
    assert.ok(pointCount(numbers) <= 100);
    assert.deepEqual(numbers.series[0]?.points[1], { x: "2000", y: "2000" });
    assert.deepEqual(numbers.notes, ['"i" is grouped by steps of 2000.']);
  });

  it("orders numbers by value, and leaves out what has no place", async () => {
    const data = await chart(
      "SELECT unnest(['10', '9', 'NaN', NULL]::DOUBLE[]) AS n",
      {},
    );
    assert.equal(data.xKind, "number");
    assert.deepEqual(drawn(data), [["Rows", "9.0=1", "10.0=1"]]);
    assert.deepEqual(data.notes, [
      '2 rows have no place on the axis: "n" is NULL or no finite value there.',
    ]);
  });

  it("groups many times by a unit of the calendar, by the clock that is shown", async () => {
    const days = await chart(
      "SELECT TIMESTAMP '2024-01-01' + to_minutes(i) AS at FROM range(100000) t(i)",
      { kind: "line", limit: 100 },
    );
    assert.equal(days.xKind, "time");
    assert.equal(days.series[0]?.points[1]?.x, "2024-01-02T00:00:00.000Z");
    assert.equal(days.series[0].points[1].y, "1440");
    assert.deepEqual(days.notes, ['"at" is grouped by day.']);
    const zoned = await chart(
      "SELECT unnest([TIMESTAMPTZ '2023-12-31 23:30:00.000001+00', NULL, 'infinity']) AS at",
      { kind: "line" },
    );
    assert.deepEqual(drawn(zoned), [["Rows", "2024-01-01T00:30:00.000001Z=1"]]);
    assert.deepEqual(zoned.notes, [
      "Times are those of the clock in Europe/Berlin.",
      '2 rows have no place on the axis: "at" is NULL or no finite value there.',
    ]);
  });

  it("draws each row where nothing is to be made one, and a sample of many that is always the same", async () => {
    const rows = "SELECT i AS a, i * 2 AS b FROM range(20000) t(i)";
    const spec = { kind: "scatter", y: [1], aggregate: "none" } as const;
    const first = await chart(rows, spec);
    assert.equal(pointCount(first), 5000);
    assert.ok(
      first.series[0]?.points.every(({ x, y }) => Number(x) * 2 === Number(y)),
    );
    assert.deepEqual(await chart(rows, spec), first);
    assert.deepEqual(first.notes, [
      "5,000 rows of 20,000 are drawn: a random sample, the same one each time.",
    ]);
    assert.deepEqual(
      drawn(
        await chart(
          "SELECT unnest([3, 1, 3]) AS a, unnest([1, 2, NULL]) AS b",
          {
            kind: "line",
            y: [1],
            aggregate: "none",
          },
        ),
      ),
      [["b", "1=2", "3=1", "3=NULL"]],
    );
  });

  it("counts values in equal ranges", async () => {
    const data = await chart("SELECT i / 10 AS v FROM range(1000) t(i)", {
      kind: "histogram",
    });
    assert.equal(data.xKind, "number");
    assert.ok(pointCount(data) > 10);
    assert.equal(
      data.series[0]?.points.reduce((sum, { y }) => sum + Number(y), 0),
      1000,
    );
    const dates = await chart(
      "SELECT unnest([DATE '2024-01-01', DATE '2024-01-03'])",
      { kind: "histogram" },
    );
    assert.deepEqual(drawn(dates), [
      [
        "Rows",
        "2024-01-01T00:00:00.000Z=1",
        "2024-01-02T00:00:00.000Z=0",
        "2024-01-03T00:00:00.000Z=1",
      ],
    ]);
    const fault = await faultOf(chart("SELECT 'a'", { kind: "histogram" }));
    assert.match(fault.message, /no distance/);
  });

  it("draws nothing of no rows, and says what is no number", async () => {
    for (const type of ["VARCHAR", "INTEGER", "DATE"]) {
      const data = await chart(`SELECT NULL::${type} WHERE false`, {});
      assert.deepEqual(drawn(data), [["Rows"]], type);
    }
    const fault = await faultOf(
      chart("SELECT 1, 'a' AS name", { y: [1], aggregate: "sum" }),
    );
    assert.match(fault.message, /"name" are no numbers/);
  });

  it("draws the server's texts of a native run by value", async () => {
    const data = await chart(
      "SELECT d::date AS d, (10 - i)::numeric AS n FROM generate_series(1, 3) i, LATERAL (SELECT DATE '2024-01-10' - i) t(d)",
      { kind: "line", y: [1], aggregate: "sum" },
      "pg",
    );
    assert.equal(data.xKind, "time");
    assert.deepEqual(
      data.series[0]?.points.map(({ x, y }) => [x, Number(y)]),
      [
        ["2024-01-07T00:00:00.000Z", 7],
        ["2024-01-08T00:00:00.000Z", 8],
        ["2024-01-09T00:00:00.000Z", 9],
      ],
    );
  });
});
