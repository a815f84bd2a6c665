import assert from "node:assert/strict";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { Compares, countsOf } from "./compared";
import { keep, openView } from "./viewSupport";

describe("what is asked about differences", () => {
  let engine: TestEngine;
  const compares = new Compares(() => engine);

  before(async () => {
    engine = await TestEngine.startAlone();
  });
  after(() => engine.close());

  it("goes from difference to difference, around the end, and to rows of the other side at last", async () => {
    const left = `SELECT i AS id, i % 3 AS a, i % 2 AS b FROM range(6) t(i)`;
    const right = `SELECT i AS id, CASE i WHEN 2 THEN 9 ELSE i % 3 END AS a,
      CASE WHEN i IN (2, 5) THEN 9 ELSE i % 2 END AS b FROM range(1, 8) t(i) ORDER BY i DESC`;
    const found = await compares.statements(left, right);
    const forward = [
      [0, null, null, 1],
      [2, 5, 1, 2],
      [2, 5, 2, 2],
      [5, 2, 2, 3],
      [null, 0, null, 4],
      [null, 1, null, 5],
    ];
    assert.deepEqual(await compares.steps(found, "left", 8), [
      ...forward,
      ...forward.slice(0, 2),
    ]);
    const back = await compares.steps(found, "left", 6, false);
    assert.deepEqual(back, [...forward].reverse());
    assert.deepEqual(await compares.steps(found, "right", 4), [
      [null, 0, null, 1],
      [null, 1, null, 2],
      [5, 2, 2, 3],
      [2, 5, 1, 4],
    ]);
  });

  it("is about rows as views have them", async () => {
    const resultId = await keep(
      engine,
      "SELECT i AS n, i % 7 AS v FROM range(30) t(i)",
    );
    const sort = [{ column: 0, descending: true }];
    const filters = [{ kind: "expression", sql: "n < 10" }] as const;
    const left = await openView(engine, resultId, { sort, filters });
    const right = await compares.kept(
      "SELECT 9 - i AS n, CASE i WHEN 3 THEN -1 ELSE (9 - i) % 7 END AS v FROM range(10) t(i)",
    );
    const found = await compares.rows(left, right);
    assert.deepEqual([found.leftRows, countsOf(found)], [10, [0, 0, 1]]);
    assert.deepEqual(await compares.marked(found, "left"), [[3, [1]]]);
    await engine.handlers.closeViews({ viewIds: [left.viewId] });
    assert.equal(
      (await faultOf(compares.marked(found, "left"))).class,
      "resultGone",
    );
  });

  it("compares a million rows with each other, and can be ended while it does", async () => {
    const many = (more: string): string =>
      `SELECT i AS id, ${more} AS b FROM range(1000000) t(i)`;
    const left = await compares.kept(many("i % 1000"));
    const right = await compares.kept(
      many("CASE WHEN i % 100000 = 7 THEN -1 ELSE i % 1000 END"),
    );
    await compares.rows(left, right, []);
    const first = await compares.rows(left, right);
    assert.deepEqual([first.key?.length, ...countsOf(first)], [1, 0, 0, 10]);
    const [last] = (await compares.marked(first, "right")).slice(-1);
    assert.deepEqual(last, [900_007, [1]]);
    for (const key of [[0], []]) {
      // At once: a fast machine compares a million rows before a wait for its progress would be over.
      const running = faultOf(compares.rows(left, right, key));
      await engine.handlers.cancelTask({ taskId: compares.taskId });
      assert.equal((await running).class, "cancelled");
    }
    // The one before was over as soon as a newer one began.
    assert.equal(
      (await faultOf(compares.marked(first, "left"))).class,
      "resultGone",
    );
    const superseded = faultOf(compares.rows(left, right, [0]));
    const newest = await compares.rows(left, right, []);
    assert.equal((await superseded).class, "cancelled");
    assert.deepEqual(countsOf(newest), [0, 0, 10]);
    const over = faultOf(compares.rows(left, right, [0]));
    await engine.handlers.releaseResults({ resultIds: [right.resultId] });
    assert.match((await over).class, /cancelled|resultGone/);
  });
});
