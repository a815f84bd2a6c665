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

  it("takes texts for categories only while there are few of them", () => {
    const columns = [
      { name: "at", type: "TIMESTAMP" },
      { name: "name", type: "VARCHAR" },
      { name: "shop", type: "VARCHAR" },
      { name: "price", type: "DOUBLE" },
    ];
    const rows = Array.from({ length: 256 }, (_, i) => [
      `2026-01-01 00:00:${i}`,
      `name ${i}`,
      `shop ${i % 5}`,
      String(i),
    ]);
    assert.equal(chooseChart(columns, rows)?.series, 2);
    const without = (place: number) => ({
      columns: columns.toSpliced(place, 1),
      rows: rows.map((row) => row.toSpliced(place, 1)),
    });
    const noShop = without(2);
    assert.equal(chooseChart(noShop.columns, noShop.rows)?.series, null);
    const noTime = without(0);
    assert.equal(chooseChart(noTime.columns, noTime.rows)?.x, 1);
    const names = columns.filter((_, place) => place % 2 === 1);
    const ofNames = rows.map((row) => [row[1] ?? "", row[3] ?? ""]);
    assert.equal(chooseChart(names, ofNames)?.kind, "histogram");
    assert.equal(chooseChart(names, ofNames.slice(0, 20))?.kind, "bar");
    assert.equal(
      chooseChart(
        names.slice(0, 1),
        ofNames.map(([name]) => [name ?? ""]),
      )?.kind,
      "bar",
    );
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
