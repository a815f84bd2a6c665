import assert from "node:assert/strict";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { keptResult, Searches } from "./questions";

describe("searches in kept results, their views and their end", () => {
  let engine: TestEngine;
  const searches = new Searches(() => engine);

  before(async () => {
    engine = await TestEngine.start();
  });
  after(() => engine.close());

  it("finds in a view in the view's order", async () => {
    const resultId = await keptResult(
      engine,
      "SELECT i, 'v' || (i % 10) AS t FROM range(5000) t(i)",
    );
    const { viewId } = await engine.handlers.openView({
      taskId: "view",
      resultId,
      sort: [{ column: 0, descending: true }],
      filters: [
        {
          kind: "compare",
          column: 0,
          comparison: "<",
          value: "20",
          matchCase: true,
        },
      ],
    });
    assert.deepEqual(
      await searches.cells(resultId, { text: "v3", columns: [1] }, viewId),
      [
        [6, 1],
        [16, 1],
      ],
    );
    const { findId } = await searches.find(resultId, { text: "v3" }, viewId);
    await engine.handlers.closeViews({ viewIds: [viewId] });
    const fault = await faultOf(
      engine.handlers.findIn({ findId, fromRow: 0, toRow: 9 }),
    );
    assert.equal(fault.class, "resultGone");
  });

  it("finds in the server's texts of a native run", async () => {
    await engine.attach("pg");
    const { resultId } = await engine.succeed(
      "SELECT 123456789012345678901234567890.123456789::numeric AS n, true AS b, '{1,2}'::int[] AS a",
      "pg",
    );
    assert.ok(resultId);
    assert.deepEqual(await searches.cells(resultId, { text: "7890.123" }), [
      [0, 0],
    ]);
    assert.deepEqual(await searches.cells(resultId, { text: "{1" }), [[0, 2]]);
  });

  it("ends a search when a newer one of the result begins, which leaves nothing behind", async () => {
    const resultId = await keptResult(
      engine,
      "SELECT md5(i::VARCHAR) AS a, md5((i + 1)::VARCHAR) AS b FROM range(1500000) t(i)",
    );
    const first = searches.find(resultId, { text: "[0-9]{9}", regex: true });
    const second = searches.find(resultId, { text: "[a-f]{9}", regex: true });
    const third = searches.find(resultId, {
      text: "c4ca4238a0b923820dcc509a6f75849b",
    });
    assert.equal((await faultOf(first)).class, "cancelled");
    assert.equal((await faultOf(second)).class, "cancelled");
    const { findId, matches } = await third;
    assert.equal(matches, 2);
    const cancelled = searches.find(resultId, {
      text: "[0-9]{8}",
      regex: true,
    });
    await engine.handlers.cancelTask({ taskId: searches.taskId });
    assert.equal((await faultOf(cancelled)).class, "cancelled");
    // The one before it was ended when it began.
    assert.equal(
      (await faultOf(engine.handlers.findIn({ findId, fromRow: 0, toRow: 1 })))
        .class,
      "resultGone",
    );
  });

  it("says that a search is over once it is closed or its result is released", async () => {
    const resultId = await keptResult(engine, "SELECT 'x'");
    const closed = await searches.find(resultId, { text: "x" });
    await engine.handlers.closeFind({ findId: closed.findId });
    await engine.handlers.closeFind({ findId: closed.findId });
    const ask = (findId: string): Promise<unknown> =>
      engine.handlers.findNext({ findId, row: 0, column: 0, forward: true });
    assert.equal((await faultOf(ask(closed.findId))).class, "resultGone");
    const released = await searches.find(resultId, { text: "x" });
    await engine.handlers.releaseResults({ resultIds: [resultId] });
    assert.equal((await faultOf(ask(released.findId))).class, "resultGone");
    assert.equal(
      (await faultOf(searches.find(resultId, { text: "x" }))).class,
      "resultGone",
    );
  });
});
