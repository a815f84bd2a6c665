import assert from "node:assert/strict";
import type { ColumnStatistics } from "../../../src/protocol/results";
import { TestEngine } from "../../support/engineHarness";
import { keptResult } from "./questions";

describe("statistics of columns of all kinds", () => {
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

  it("tells of times by the clock that is shown", async () => {
    const dates = await statistics(
      "SELECT unnest([DATE '2024-02-28', DATE '2024-03-01', NULL, DATE 'infinity'])",
    );
    assert.deepEqual(
      [dates.min, dates.max, dates.mean, dates.outside],
      ["2024-02-28", "infinity", "2024-02-29 00:00:00", 1],
    );
    assert.match(dates.deviation ?? "", /^33:56:28/);
    assert.deepEqual(counts(dates), [
      ["2024-02-28", "2024-02-29", 1],
      ["2024-02-29", "2024-03-01", 0],
      ["2024-03-01", "2024-03-02", 1],
    ]);
    const zoned = await statistics(
      "SELECT unnest([TIMESTAMPTZ '2023-12-31 23:30:00+00', TIMESTAMPTZ '2024-01-01 22:30:00+00'])",
    );
    assert.equal(zoned.min, "2024-01-01 00:30:00+01");
    assert.equal(zoned.mean, "2024-01-01 12:00:00+01");
    assert.deepEqual(counts(zoned)[0], [
      "2024-01-01 00:00:00",
      "2024-01-01 02:00:00",
      1,
    ]);
  });

  it("tells of texts, and of values that cannot be ordered, what there is to tell", async () => {
    const texts = await statistics("SELECT unnest(['b', 'a', 'b', '', NULL])");
    assert.deepEqual(
      [texts.min, texts.max, texts.distinct, texts.mean, texts.outside],
      ["", "b", 3, null, 0],
    );
    assert.deepEqual(texts.histogram, []);
    const json = await statistics(
      `SELECT unnest(['{"a":1}', '{"a":1}', '[]'])::JSON`,
    );
    assert.deepEqual([json.min, json.max, json.distinct], [null, null, 2]);
    const nested = await statistics("SELECT unnest([{'a': 1}, {'a': 1}])");
    assert.deepEqual(nested.top, [{ value: "{'a': 1}", count: 2 }]);
    const intervals = await statistics(
      "SELECT unnest([INTERVAL '1 month', INTERVAL '30 days', INTERVAL '2 days'])",
    );
    assert.equal(intervals.distinct, 3);
    assert.equal(intervals.min, "2 days");
    for (const type of [
      "BLOB",
      "BIT",
      "UUID",
      "TIME",
      "INTEGER[]",
      "VARIANT",
    ]) {
      const found = await statistics(`SELECT NULL::${type} FROM range(2)`);
      assert.deepEqual([found.nulls, found.distinct, found.min], [2, 0, null]);
    }
    assert.equal(
      (await statistics("SELECT repeat('x', 1000000)")).max?.length,
      1001,
    );
  });

  it("tells of no rows, of one, and of nothing but NULL", async () => {
    const empty = {
      rows: 0,
      nulls: 0,
      distinct: 0,
      min: null,
      max: null,
      mean: null,
      deviation: null,
      quantiles: [],
      top: [],
      histogram: [],
      outside: 0,
    };
    assert.deepEqual(await statistics("SELECT 1.5 WHERE false"), empty);
    assert.deepEqual(await statistics("SELECT NULL::DOUBLE FROM range(2)"), {
      ...empty,
      rows: 2,
      nulls: 2,
      top: [{ value: null, count: 2 }],
    });
    const one = await statistics("SELECT 1.5");
    assert.deepEqual([one.mean, one.deviation], ["1.5", null]);
  });

  it("tells of the server's texts in a native run", async () => {
    const numbers = await statistics(
      "SELECT unnest(ARRAY['9.5', '10.25', 'NaN', '123456789012345678901234567890.5', NULL]::numeric[])",
      { on: "pg" },
    );
    assert.deepEqual(
      [numbers.min, numbers.max, numbers.outside, numbers.distinct],
      ["9.5", "NaN", 1, 4],
    );
    assert.equal(numbers.quantiles[2]?.value, "10.25");
    const ints = await statistics(
      "SELECT i::int FROM generate_series(1, 100) i",
      {
        on: "pg",
      },
    );
    assert.deepEqual(
      [ints.mean, ints.min, ints.max, ints.quantiles[2]?.value],
      ["50.5", "1", "100", "50"],
    );
    const times = await statistics(
      "SELECT unnest(ARRAY['0044-03-15 BC', '2024-01-01', 'infinity']::date[])",
      { on: "pg" },
    );
    assert.deepEqual(
      [times.min, times.max, times.outside],
      ["0044-03-15 BC", "infinity", 1],
    );
    const booleans = await statistics("SELECT true UNION ALL SELECT false", {
      on: "pg",
    });
    assert.deepEqual([booleans.min, booleans.max], ["f", "t"]);
  });
});
