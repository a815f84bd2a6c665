import assert from "node:assert/strict";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { aggregateOf } from "./questions";

describe("what a selection of a kept result comes to", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  it("counts cells, NULLs and different values, and adds numbers", async () => {
    assert.deepEqual(
      await aggregateOf(
        engine,
        "SELECT i, CASE WHEN i % 2 = 0 THEN 'x' || (i % 4) END FROM range(10) t(i)",
        { columns: [1, 0], fromRow: 2, toRow: 6 },
      ),
      {
        cells: 8,
        nulls: 2,
        distinct: 6,
        numbers: 4,
        sum: "14",
        mean: "3.5",
        min: "2",
        max: "5",
      },
    );
  });

  it("adds columns of several types together", async () => {
    assert.deepEqual(
      await aggregateOf(
        engine,
        "SELECT 1::TINYINT, 2.25::DECIMAL(4,2), '7', 10::HUGEINT, NULL::INTEGER, DATE '2024-01-01'",
        { columns: [0, 1, 2, 3, 4, 5] },
      ),
      {
        cells: 6,
        nulls: 1,
        distinct: 5,
        numbers: 3,
        sum: "13.25",
        mean: "4.4166666666666666667",
        min: "1",
        max: "10",
      },
    );
    const mixed = await aggregateOf(engine, "SELECT 1, 0.5::DOUBLE", {
      columns: [0, 1],
    });
    assert.deepEqual([mixed.sum, mixed.mean], ["1.5", "0.75"]);
  });

  it("tells the least and greatest of times of one type", async () => {
    const dates = await aggregateOf(
      engine,
      "SELECT DATE '2024-02-01', DATE '0044-03-15 (BC)' UNION ALL SELECT NULL, NULL",
      { columns: [0, 1] },
    );
    assert.deepEqual(
      [dates.numbers, dates.sum, dates.min, dates.max],
      [0, null, "0044-03-15 (BC)", "2024-02-01"],
    );
    const server = await aggregateOf(
      engine,
      "SELECT unnest(ARRAY['0044-03-15 10:00 BC', '2024-01-01']::timestamp[])",
      { on: "pg" },
    );
    assert.deepEqual(
      [server.min, server.max],
      ["0044-03-15 10:00:00 BC", "2024-01-01 00:00:00"],
    );
    const texts = await aggregateOf(engine, "SELECT 'b' UNION ALL SELECT 'a'");
    assert.deepEqual([texts.min, texts.sum, texts.distinct], [null, null, 2]);
  });

  it("tells of nothing, of NULL only, and of columns that are not there", async () => {
    const nothing = {
      cells: 0,
      nulls: 0,
      distinct: 0,
      numbers: 0,
      sum: null,
      mean: null,
      min: null,
      max: null,
    };
    assert.deepEqual(
      await aggregateOf(engine, "SELECT 1 WHERE false"),
      nothing,
    );
    assert.deepEqual(
      await aggregateOf(engine, "SELECT 1", { columns: [] }),
      nothing,
    );
    assert.deepEqual(
      await aggregateOf(engine, "SELECT 1", { fromRow: 5, toRow: 3 }),
      nothing,
    );
    assert.deepEqual(await aggregateOf(engine, "SELECT NULL::DECIMAL(38,3)"), {
      ...nothing,
      cells: 1,
      nulls: 1,
    });
    const fault = await faultOf(
      aggregateOf(engine, "SELECT 1", { columns: [1] }),
    );
    assert.match(fault.message, /no column/);
  });

  it("is of a view when a view is selected", async () => {
    const { resultId } = await engine.succeed("SELECT i FROM range(100) t(i)");
    assert.ok(resultId);
    const { viewId } = await engine.handlers.openView({
      taskId: "view",
      resultId,
      sort: [{ column: 0, descending: true }],
      filters: [],
    });
    const found = await engine.handlers.aggregate({
      taskId: "of a view",
      resultId,
      viewId,
      columns: [0],
      fromRow: 0,
      toRow: 2,
    });
    assert.deepEqual([found.sum, found.mean], ["197", "98.5"]);
  });
});
