import assert from "node:assert/strict";
import { chooseChart } from "../../../src/core/results/chartChoice";

describe("the chart that is chosen for columns", () => {
  const choose = (
    ...columns: readonly (readonly [name: string, type: string])[]
  ): unknown => {
    const chosen = chooseChart(columns.map(([name, type]) => ({ name, type })));
    if (chosen === null) return null;
    const { kind, x, y, aggregate, series } = chosen;
    return [kind, x, y, aggregate, series];
  };

  it("is of values over time, with a line for each value or each category", () => {
    assert.deepEqual(
      choose(["day", "DATE"], ["sold", "BIGINT"], ["price", "DECIMAL(10,2)"]),
      ["line", 0, [1, 2], "sum", null],
    );
    assert.deepEqual(
      choose(
        ["shop", "text"],
        ["sold", "integer"],
        ["at", "timestamp with time zone"],
        ["price", "numeric(10,2)"],
      ),
      ["line", 2, [1], "sum", 0],
    );
    assert.deepEqual(choose(["at", "TIMESTAMP"]), [
      "line",
      0,
      [],
      "count",
      null,
    ]);
    assert.deepEqual(choose(["year", "INTEGER"], ["n", "BIGINT"]), [
      "line",
      0,
      [1],
      "sum",
      null,
    ]);
  });

  it("is of bars for categories", () => {
    assert.deepEqual(
      choose(["id", "BIGINT"], ["shop", "VARCHAR"], ["n", "DOUBLE"]),
      ["bar", 1, [2], "sum", null],
    );
    assert.deepEqual(choose(["mood", "ENUM('a', 'b')"]), [
      "bar",
      0,
      [],
      "count",
      null,
    ]);
  });

  it("is of points for two values, and of ranges for one", () => {
    assert.deepEqual(
      choose(["customer_id", "BIGINT"], ["a", "DOUBLE"], ["b", "real"]),
      ["scatter", 1, [2], "none", null],
    );
    assert.deepEqual(choose(["a", "DOUBLE"]), [
      "histogram",
      0,
      [],
      "count",
      null,
    ]);
    assert.deepEqual(choose(["id", "BIGINT"]), [
      "histogram",
      0,
      [],
      "count",
      null,
    ]);
  });

  it("is none where there is nothing to draw", () => {
    assert.equal(choose(), null);
    assert.equal(
      choose(["j", "JSON"], ["b", "bytea"], ["l", "INTEGER[]"]),
      null,
    );
  });
});
