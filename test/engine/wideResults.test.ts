import assert from "node:assert/strict";
import { TestEngine } from "../support/engineHarness";

describe("results that are large in an unusual way", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  it("keeps as many columns as a PostgreSQL table may have", async () => {
    const columns = Array.from(
      { length: 1600 },
      (_, index) => `range + ${index} AS c${index}`,
    );
    const outcome = await engine.run(
      `SELECT ${columns.join(", ")} FROM range(3000)`,
    );
    assert.equal(outcome.error, null);
    assert.equal(outcome.rowCount, 3000);
    assert.ok(outcome.resultId);
    const page = await engine.handlers.page({
      resultId: outcome.resultId,
      offset: 2999,
      limit: 1,
    });
    assert.equal(page.rows[0]?.[1599], String(2999 + 1599));
    await engine.handlers.releaseResults({ resultIds: [outcome.resultId] });
  });

  it("keeps 2,000 columns of numbers, sorted too, within its memory", async () => {
    const columns = Array.from(
      { length: 2000 },
      (_, index) => `range + ${index}`,
    );
    const pages: Promise<readonly [rows: number, isOver: boolean]>[] = [];
    let isOver = false;
    engine.onEvent = ({ event, payload }) => {
      if (event === "resultOpened" || event === "statementProgress") {
        const opened = engine.events.findLast(
          (told) => told.event === "resultOpened",
        );
        assert.ok(opened?.event === "resultOpened");
        const { resultId } = opened.payload;
        const offset = Math.max(0, payload.rowCount - 4_000);
        pages.push(
          engine.handlers
            .page({ resultId, offset, limit: 3 })
            .then(({ rows }) => [rows.length, isOver]),
        );
      }
    };
    const { resultId, rowCount } = await engine.succeed(
      `SELECT ${columns.join(", ")} FROM range(30000)`,
    );
    isOver = true;
    engine.onEvent = undefined;
    assert.equal(rowCount, 30_000);
    assert.ok(resultId);
    // While more are written, which holds everything up for a while each time.
    assert.ok(pages.length > 2);
    assert.deepEqual(
      await Promise.all(pages),
      pages.map(() => [3, false]),
    );
    const { viewId } = await engine.handlers.openView({
      taskId: "wide",
      resultId,
      sort: [{ column: 1999, descending: true }],
      filters: [],
    });
    const page = await engine.handlers.page({
      resultId,
      viewId,
      offset: 29_000,
      limit: 256,
    });
    assert.equal(page.rows.length, 256);
    assert.equal(page.rows[0]?.[1999], String(29_999 - 29_000 + 1999));
    await engine.handlers.releaseResults({ resultIds: [resultId] });
  });

  for (const on of [undefined, "pg"]) {
    it(`keeps more than fits into memory, from ${on ?? "DuckDB"}`, async () => {
      const from =
        on === undefined ? "range(12000)" : "generate_series(1, 12000)";
      const outcome = await engine.succeed(
        `SELECT repeat('${"0123456789".repeat(10)}', 1000) FROM ${from}`,
        on,
      );
      assert.equal(outcome.rowCount, 12_000);
      assert.ok(outcome.resultId);
      const { rows, cut } = await engine.handlers.page({
        resultId: outcome.resultId,
        offset: 11_999,
        limit: 1,
      });
      assert.equal(rows[0]?.[0]?.length, 1000);
      assert.deepEqual(cut, [[0, 0, 100_000]]);
      await engine.handlers.releaseResults({ resultIds: [outcome.resultId] });
    });
  }
});
