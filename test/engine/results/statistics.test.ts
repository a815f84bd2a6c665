import assert from "node:assert/strict";
import type { ColumnStatistics } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { keptResult } from "./questions";

describe("statistics of a column of a kept result", () => {
  let engine: TestEngine;
  let tasks = 0;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
    await engine.succeed("SET TimeZone = 'Europe/Berlin'");
  });
  after(() => engine.close());

  async function statistics(
    sql: string,
    { column = 0, on }: { column?: number; on?: string } = {},
  ): Promise<ColumnStatistics> {
    const resultId = await keptResult(engine, sql, on);
    tasks += 1;
    return engine.handlers.columnStatistics({
      taskId: `statistics-${tasks}`,
      resultId,
      viewId: null,
      column,
    });
  }

  const counts = ({ histogram }: ColumnStatistics): (string | number)[][] =>
    histogram.map(({ from, to, count }) => [from, to, count]);

  it("tells everything about whole numbers", async () => {
    const found = await statistics(
      "SELECT unnest([1, 2, 2, 3, NULL, 9007199254740993])::BIGINT",
    );
    assert.deepEqual(
      { ...found, histogram: found.histogram.length, deviation: null },
      {
        rows: 6,
        nulls: 1,
        distinct: 4,
        min: "1",
        max: "9007199254740993",
        mean: "1801439850948200.2",
        deviation: null,
        quantiles: [
          { at: 0.05, value: "1" },
          { at: 0.25, value: "2" },
          { at: 0.5, value: "2" },
          { at: 0.75, value: "3" },
          { at: 0.95, value: "9007199254740993" },
        ],
        top: [
          { value: "2", count: 2 },
          { value: "1", count: 1 },
          { value: "3", count: 1 },
          { value: "9007199254740993", count: 1 },
          { value: null, count: 1 },
        ],
        histogram: 19,
        outside: 0,
      },
    );
  });

  it("gives a few whole numbers a range each", async () => {
    assert.deepEqual(
      counts(await statistics("SELECT unnest([5, 3, 5])::TINYINT")),
      [
        ["3", "4", 1],
        ["4", "5", 0],
        ["5", "6", 2],
      ],
    );
    assert.deepEqual(
      counts(
        await statistics(
          "SELECT unnest([9007199254740993, 9007199254740994, 9007199254740994])",
        ),
      ),
      [
        ["9007199254740993", "9007199254740994", 1],
        ["9007199254740994", "9007199254740995", 2],
      ],
    );
    assert.deepEqual(counts(await statistics("SELECT 7.5 FROM range(3)")), [
      ["7.5", "7.5", 3],
    ]);
  });

  it("counts the last edge in, and what is no number outside", async () => {
    const found = await statistics(
      "SELECT unnest(['0', '0.05', '0.1', '0.95', '1', 'NaN', 'Infinity', '-Infinity', NULL]::DOUBLE[])",
    );
    assert.equal(found.outside, 3);
    assert.equal(found.nulls, 1);
    assert.equal(found.distinct, 8);
    assert.equal(found.min, "-inf");
    assert.equal(found.max, "nan");
    assert.equal(found.mean, "0.42000000000000004");
    assert.deepEqual(
      counts(found).filter(([, , count]) => count !== 0),
      [
        ["0", "0.05", 1],
        ["0.05", "0.1", 1],
        ["0.1", "0.15", 1],
        ["0.95", "1", 2],
      ],
    );
    assert.equal(found.histogram.length, 20);
  });

  it("does not fail on numbers whose squares or sums are too large", async () => {
    const doubles = await statistics(
      "SELECT unnest([1e308, 1.5e308, 1e308])::DOUBLE",
    );
    assert.match(doubles.mean ?? "", /^1\.1666666666666\d+e\+308$/);
    assert.match(doubles.deviation ?? "", /^2\.8867513459481\d+e\+307$/);
    const huge = await statistics(
      "SELECT 170141183460469231731687303715884105727::HUGEINT FROM range(3)",
    );
    assert.equal(huge.max, "170141183460469231731687303715884105727");
    assert.equal(huge.mean, "1.7014118346046923e+38");
    assert.deepEqual(counts(huge), [[huge.max, huge.max, 3]]);
    for (const type of ["UHUGEINT", "BIGNUM", "DECIMAL(38,0)", "FLOAT"]) {
      const found = await statistics(
        `SELECT unnest([0, 50, 100])::${type} AS n`,
      );
      assert.equal(found.quantiles[2]?.value, type === "FLOAT" ? "50.0" : "50");
      assert.equal(
        found.histogram.reduce((sum, { count }) => sum + count, 0),
        3,
        type,
      );
    }
  });

  it("ends in the middle when it is cancelled", async () => {
    const resultId = await keptResult(
      engine,
      "SELECT random() FROM range(3000000)",
    );
    const running = engine.handlers.columnStatistics({
      taskId: "long",
      resultId,
      viewId: null,
      column: 0,
    });
    await engine.handlers.cancelTask({ taskId: "long" });
    assert.equal((await faultOf(running)).class, "cancelled");
  });
});
