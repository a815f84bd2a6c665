import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { ResultFilter, SortKey } from "../../../src/core/results/view";
import type { RowsRef } from "../../../src/protocol/results";
import { TestEngine } from "../../support/engineHarness";
import { keptResult } from "./questions";
import { openView } from "./viewSupport";

/** A value of each kind in which equal values and equal texts are not the same. */
const values = `SELECT i, (['0', '-0', 'NaN', '1.5', NULL]::DOUBLE[])[i % 5 + 1] AS d, 't' || i % 7 AS t,
  TIMESTAMPTZ '2024-10-27 00:00:00+00' + to_minutes(i % 300) AS at, to_days((i % 3)::INT) + to_months(-(i % 2)::INT) AS iv,
  (i * 1.25)::DECIMAL(20,2) AS n, i % 2 = 0 AS b FROM range(6000) r(i)`;
const columns = [0, 1, 2, 3, 4, 5, 6];

interface Case {
  readonly name: string;
  readonly filters: readonly ResultFilter[];
  readonly sort: readonly SortKey[];
  /** The same rows in the same order, as a statement of their own. */
  readonly same: string;
}

const few = "i < 2500 AND b";
const cases: readonly Case[] = [
  {
    name: "sorted",
    filters: [],
    sort: [{ column: 2, descending: true }],
    same: "ORDER BY t DESC NULLS LAST, i",
  },
  {
    name: "filtered by a comparison",
    filters: [compare("<", "5000")],
    sort: [],
    same: "WHERE i < 5000 ORDER BY i",
  },
  {
    name: "filtered to a few rows, and sorted",
    filters: [compare("<", "30")],
    sort: [{ column: 0, descending: true }],
    same: "WHERE i < 30 ORDER BY i DESC",
  },
  {
    name: "filtered by an expression, and sorted",
    filters: [{ kind: "expression", sql: few }],
    sort: [{ column: 2, descending: false }],
    same: `WHERE ${few} ORDER BY t, i`,
  },
];

function compare(comparison: "<", value: string): ResultFilter {
  return { kind: "compare", column: 0, comparison, value, matchCase: true };
}

/** Sums of binary fractions depend on the order in which they are added; which of two equal zeros is the least, on that of the rows. */
function withoutLastDigits(answer: unknown): unknown {
  const text = JSON.stringify(answer);
  return JSON.parse(
    text
      .replaceAll('"-0.0"', '"0.0"')
      .replace(/"(-?\d+\.\d{10,})"/g, (_, number: string) =>
        JSON.stringify(Number(number).toPrecision(12)),
      ),
  );
}

describe("questions about a view", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.startAlone();
    await engine.succeed("SET TimeZone = 'Europe/Berlin'");
  });
  after(() => engine.close());

  /** Everything that can be asked. */
  async function answers(rows: RowsRef): Promise<unknown[]> {
    const { handlers } = engine;
    const asked = (): RowsRef & { taskId: string } => ({
      ...rows,
      taskId: randomUUID(),
    });
    const found: unknown[] = [];
    for (const column of columns) {
      found.push(await handlers.columnStatistics({ ...asked(), column }));
      const list = { column, containing: "", limit: 50 };
      found.push(await handlers.distinctValues({ ...asked(), ...list }));
    }
    for (const [fromRow, toRow] of [
      [0, 1_000_000],
      [7, 2_040],
      [3, 2_400],
    ] as const) {
      const area = { fromRow, toRow, columns };
      found.push(await handlers.aggregate({ ...asked(), ...area }));
      found.push(
        await handlers.aggregate({ ...asked(), ...area, columns: [1] }),
      );
    }
    const { findId, matches } = await handlers.find({
      ...asked(),
      query: {
        text: "5",
        matchCase: false,
        wholeCell: false,
        regex: false,
        columns: [],
      },
    });
    found.push(matches);
    found.push(await handlers.findIn({ findId, fromRow: 0, toRow: 400 }));
    const chart = { series: null, limit: 5_000, y: [5] };
    for (const spec of [
      { kind: "bar", x: 2, aggregate: "sum" },
      { kind: "bar", x: 4, aggregate: "max" },
      { kind: "line", x: 3, aggregate: "sum", series: 2 },
      { kind: "histogram", x: 0, aggregate: "count" },
      { kind: "line", x: 2, aggregate: "none" },
    ] as const) {
      found.push(
        await handlers.chartData({ ...asked(), chart: { ...chart, ...spec } }),
      );
    }
    return found;
  }

  for (const { name, filters, sort, same } of cases) {
    it(`are answered as those about a result of the same rows, ${name}`, async () => {
      const resultId = await keptResult(engine, values);
      const { viewId } = await openView(engine, resultId, { filters, sort });
      const alone = await keptResult(engine, `FROM (${values}) ${same}`);
      const expected = await answers({ resultId: alone, viewId: null });
      const told = await answers({ resultId, viewId });
      told.forEach((answer, at) => {
        assert.deepEqual(
          withoutLastDigits(answer),
          withoutLastDigits(expected[at]),
          `answer ${at}`,
        );
      });
    });
  }

  it("are about its own rows, whatever the condition would find the next time", async () => {
    const resultId = await keptResult(engine, "SELECT i FROM range(5000) t(i)");
    const view = await openView(engine, resultId, {
      filters: [{ kind: "expression", sql: "random() < 0.5" }],
    });
    for (const [taskId, of] of [
      ["first", view],
      ["second", view],
    ] as const) {
      const { rows } = await engine.handlers.columnStatistics({
        taskId,
        resultId,
        viewId: of.viewId,
        column: 0,
      });
      assert.equal(rows, view.rowCount);
    }
  });

  it("leave nothing behind, and are about the rows that there were", async () => {
    const resultId = await keptResult(engine, "SELECT i FROM range(9) t(i)");
    const { viewId } = await openView(engine, resultId, {
      filters: [{ kind: "null", column: 0, isNull: true }],
    });
    const none = await engine.handlers.columnStatistics({
      taskId: "none",
      resultId,
      viewId,
      column: 0,
    });
    assert.deepEqual(
      [none.rows, none.distinct, none.min, none.top],
      [0, 0, null, []],
    );
    await engine.handlers.closeViews({ viewIds: [viewId] });
  });
});
