import assert from "node:assert/strict";
import type { FindQuery, FoundCell } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";

const plain: FindQuery = {
  text: "",
  matchCase: false,
  wholeCell: false,
  regex: false,
  columns: [],
};

describe("finding in a kept result", () => {
  let engine: TestEngine;
  let searches = 0;

  before(async () => {
    engine = await TestEngine.start();
  });
  after(() => engine.close());

  async function kept(sql: string): Promise<string> {
    const { resultId } = await engine.succeed(sql);
    assert.ok(resultId);
    return resultId;
  }

  function find(
    resultId: string,
    query: Partial<FindQuery>,
    viewId: string | null = null,
  ): Promise<{ findId: string; matches: number }> {
    searches += 1;
    return engine.handlers.find({
      taskId: `find-${searches}`,
      resultId,
      viewId,
      query: { ...plain, ...query },
    });
  }

  async function cellsOf(
    resultId: string,
    query: Partial<FindQuery>,
    viewId: string | null = null,
  ): Promise<(readonly [number, number])[]> {
    const { findId, matches } = await find(resultId, query, viewId);
    const found = await engine.handlers.findIn({
      findId,
      fromRow: 0,
      toRow: 1_000_000,
    });
    assert.equal(found.length, matches);
    return found.map(({ row, column }) => [row, column]);
  }

  async function steps(
    findId: string,
    count: number,
    forward: boolean,
  ): Promise<FoundCell[]> {
    const found: FoundCell[] = [];
    let { row, column } = forward
      ? { row: 0, column: -1 }
      : { row: 0, column: 0 };
    for (let step = 0; step < count; step += 1) {
      const next = await engine.handlers.findNext({
        findId,
        row,
        column,
        forward,
      });
      assert.ok(next);
      found.push(next);
      ({ row, column } = next);
    }
    return found;
  }

  it("counts cells, row by row, in the text that is shown", async () => {
    const resultId = await kept(
      "SELECT * FROM (VALUES (12, 'a12', DATE '2012-03-04', NULL), (3, 'NULL', NULL, 1.12::DOUBLE), (120, '', DATE '1999-01-01', 'NaN'::DOUBLE)) t",
    );
    assert.deepEqual(await cellsOf(resultId, { text: "12" }), [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 0],
    ]);
    assert.deepEqual(await cellsOf(resultId, { text: "null" }), [[1, 1]]);
    assert.deepEqual(await cellsOf(resultId, { text: "NAN" }), [[2, 3]]);
    assert.deepEqual(await cellsOf(resultId, { text: "12", columns: [1, 3] }), [
      [0, 1],
      [1, 3],
    ]);
    assert.deepEqual(await cellsOf(resultId, { text: "12", wholeCell: true }), [
      [0, 0],
    ]);
    assert.deepEqual(await cellsOf(resultId, { text: "" }), []);
    assert.deepEqual(await cellsOf(resultId, { text: "", wholeCell: true }), [
      [2, 1],
    ]);
    assert.deepEqual(await cellsOf(resultId, { text: "\ud800" }), []);
  });

  it("takes upper and lower case as Unicode has them", async () => {
    const resultId = await kept(
      "SELECT unnest(['ÄRGER', 'ärger', 'ΟΔΟΣ οδος', 'Straße', 'a%_b\\', 'nul' || chr(0) || 'x'])",
    );
    const rows = async (query: Partial<FindQuery>): Promise<number[]> =>
      (await cellsOf(resultId, query)).map(([row]) => row);
    assert.deepEqual(await rows({ text: "äRGER" }), [0, 1]);
    assert.deepEqual(await rows({ text: "ärger", matchCase: true }), [1]);
    assert.deepEqual(await rows({ text: "οδοσ" }), [2]);
    assert.deepEqual(await rows({ text: "STRAßE" }), [3]);
    assert.deepEqual(await rows({ text: "%_B\\" }), [4]);
    assert.deepEqual(await rows({ text: "l\0X" }), [5]);
    assert.deepEqual(
      await rows({ text: "ärger", wholeCell: true, matchCase: false }),
      [0, 1],
    );
  });

  it("takes regular expressions, and says what is wrong with one", async () => {
    const resultId = await kept("SELECT unnest(['ab1', 'AB22', 'xab1', '7'])");
    const rows = async (query: Partial<FindQuery>): Promise<number[]> =>
      (await cellsOf(resultId, { regex: true, ...query })).map(([row]) => row);
    assert.deepEqual(await rows({ text: "ab\\d+" }), [0, 1, 2]);
    assert.deepEqual(await rows({ text: "ab\\d+", matchCase: true }), [0, 2]);
    assert.deepEqual(await rows({ text: "ab\\d+", wholeCell: true }), [0, 1]);
    assert.deepEqual(await rows({ text: "^.$" }), [3]);
    const fault = await faultOf(find(resultId, { regex: true, text: "(" }));
    assert.equal(fault.class, "syntax");
    assert.match(fault.message, /regular expression.*missing \)/);
  });

  it("goes on and back around the end, and says which match it is", async () => {
    const resultId = await kept(
      "SELECT i AS a, CASE WHEN i % 3 = 0 THEN 'x' END AS b, 'x' || i AS c FROM range(4) t(i)",
    );
    const { findId, matches } = await find(resultId, { text: "x" });
    assert.equal(matches, 6);
    const forward = await steps(findId, 7, true);
    assert.deepEqual(
      forward.map(({ row, column, ordinal }) => [row, column, ordinal]),
      [
        [0, 1, 1],
        [0, 2, 2],
        [1, 2, 3],
        [2, 2, 4],
        [3, 1, 5],
        [3, 2, 6],
        [0, 1, 1],
      ],
    );
    const back = await steps(findId, 3, false);
    assert.deepEqual(
      back.map(({ row, column, ordinal }) => [row, column, ordinal]),
      [
        [3, 2, 6],
        [3, 1, 5],
        [2, 2, 4],
      ],
    );
    const only = await find(resultId, { text: "x0" });
    assert.deepEqual(
      await engine.handlers.findNext({
        findId: only.findId,
        row: 0,
        column: 2,
        forward: true,
      }),
      { row: 0, column: 2, ordinal: 1 },
    );
    const none = await find(resultId, { text: "nowhere" });
    assert.equal(
      await engine.handlers.findNext({
        findId: none.findId,
        row: 0,
        column: 0,
        forward: false,
      }),
      null,
    );
  });

  it("finds in more columns than a set has bits, in the order in which they are given", async () => {
    const columns = Array.from({ length: 70 }, (_, index) => `${index} AS c`);
    const resultId = await kept(`SELECT ${columns.join(", ")}`);
    assert.deepEqual(await cellsOf(resultId, { text: "6" }), [
      ...[6, 16, 26, 36, 46, 56].map((at) => [0, at] as const),
      ...[60, 61, 62, 63, 64, 65, 66, 67, 68, 69].map((at) => [0, at] as const),
    ]);
    assert.deepEqual(
      await cellsOf(resultId, { text: "6", columns: [69, 6, 5] }),
      [
        [0, 69],
        [0, 6],
      ],
    );
  });

  it("finds in a view in the view's order", async () => {
    const resultId = await kept(
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
      await cellsOf(resultId, { text: "v3", columns: [1] }, viewId),
      [
        [6, 1],
        [16, 1],
      ],
    );
    const { findId } = await find(resultId, { text: "v3" }, viewId);
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
    assert.deepEqual(await cellsOf(resultId, { text: "7890.123" }), [[0, 0]]);
    assert.deepEqual(await cellsOf(resultId, { text: "{1" }), [[0, 2]]);
  });

  it("ends a search when a newer one of the result begins, which leaves nothing behind", async () => {
    const resultId = await kept(
      "SELECT md5(i::VARCHAR) AS a, md5((i + 1)::VARCHAR) AS b FROM range(1500000) t(i)",
    );
    const first = find(resultId, { text: "[0-9]{9}", regex: true });
    const second = find(resultId, { text: "[a-f]{9}", regex: true });
    const third = find(resultId, { text: "c4ca4238a0b923820dcc509a6f75849b" });
    assert.equal((await faultOf(first)).class, "cancelled");
    assert.equal((await faultOf(second)).class, "cancelled");
    const { findId, matches } = await third;
    assert.equal(matches, 2);
    const cancelled = find(resultId, { text: "[0-9]{8}", regex: true });
    await engine.handlers.cancelTask({ taskId: `find-${searches}` });
    assert.equal((await faultOf(cancelled)).class, "cancelled");
    // The one before it was ended when it began.
    assert.equal(
      (await faultOf(engine.handlers.findIn({ findId, fromRow: 0, toRow: 1 })))
        .class,
      "resultGone",
    );
  });

  it("says that a search is over once it is closed or its result is released", async () => {
    const resultId = await kept("SELECT 'x'");
    const closed = await find(resultId, { text: "x" });
    await engine.handlers.closeFind({ findId: closed.findId });
    await engine.handlers.closeFind({ findId: closed.findId });
    const ask = (findId: string): Promise<unknown> =>
      engine.handlers.findNext({ findId, row: 0, column: 0, forward: true });
    assert.equal((await faultOf(ask(closed.findId))).class, "resultGone");
    const released = await find(resultId, { text: "x" });
    await engine.handlers.releaseResults({ resultIds: [resultId] });
    assert.equal((await faultOf(ask(released.findId))).class, "resultGone");
    assert.equal(
      (await faultOf(find(resultId, { text: "x" }))).class,
      "resultGone",
    );
  });
});
