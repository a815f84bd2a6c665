import assert from "node:assert/strict";
import { TestEngine } from "../../support/engineHarness";
import { keptResult } from "./questions";

describe("values of a column of a kept result", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
  });
  after(() => engine.close());

  it("counts the values of a column for choosing among them", async () => {
    const resultId = await keptResult(
      engine,
      "SELECT unnest(['Apple', 'apple', 'Pear', 'Pear', NULL, NULL, NULL])",
    );
    const ask = (containing: string, limit = 10): Promise<unknown> =>
      engine.handlers.distinctValues({
        taskId: "values",
        resultId,
        viewId: null,
        column: 0,
        containing,
        limit,
      });
    assert.deepEqual(await ask("", 2), {
      values: [
        { value: null, count: 3 },
        { value: "Pear", count: 2 },
      ],
      distinct: 4,
    });
    assert.deepEqual(await ask("APP"), {
      values: [
        { value: "Apple", count: 1 },
        { value: "apple", count: 1 },
      ],
      distinct: 2,
    });
    assert.deepEqual(await ask("%"), { values: [], distinct: 0 });
  });

  it("tells 0 and -0 apart, as the filter by value does", async () => {
    const resultId = await keptResult(
      engine,
      "SELECT unnest(['0', '-0', 'NaN']::DOUBLE[])",
    );
    const { values } = await engine.handlers.distinctValues({
      taskId: "zeros",
      resultId,
      viewId: null,
      column: 0,
      containing: "",
      limit: 9,
    });
    assert.deepEqual(values.map(({ value }) => value).sort(), [
      "-0.0",
      "0.0",
      "nan",
    ]);
  });
});
