import assert from "node:assert/strict";
import type { FindQuery, FoundCell } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { keptResult, Searches } from "./questions";

describe("finding in a kept result", () => {
  let engine: TestEngine;
  const searches = new Searches(() => engine);

  before(async () => {
    engine = await TestEngine.start();
  });
  after(() => engine.close());

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
    const resultId = await keptResult(
      engine,
      "SELECT * FROM (VALUES (12, 'a12', DATE '2012-03-04', NULL), (3, 'NULL', NULL, 1.12::DOUBLE), (120, '', DATE '1999-01-01', 'NaN'::DOUBLE)) t",
    );
    assert.deepEqual(await searches.cells(resultId, { text: "12" }), [
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 0],
    ]);
    assert.deepEqual(await searches.cells(resultId, { text: "null" }), [
      [1, 1],
    ]);
    assert.deepEqual(await searches.cells(resultId, { text: "NAN" }), [[2, 3]]);
    assert.deepEqual(
      await searches.cells(resultId, { text: "12", columns: [1, 3] }),
      [
        [0, 1],
        [1, 3],
      ],
    );
    assert.deepEqual(
      await searches.cells(resultId, { text: "12", wholeCell: true }),
      [[0, 0]],
    );
    assert.deepEqual(await searches.cells(resultId, { text: "" }), []);
    assert.deepEqual(
      await searches.cells(resultId, { text: "", wholeCell: true }),
      [[2, 1]],
    );
    assert.deepEqual(await searches.cells(resultId, { text: "\ud800" }), []);
  });

  it("takes upper and lower case as Unicode has them", async () => {
    const resultId = await keptResult(
      engine,
      "SELECT unnest(['ÄRGER', 'ärger', 'ΟΔΟΣ οδος', 'Straße', 'a%_b\\', 'nul' || chr(0) || 'x'])",
    );
    const rows = async (query: Partial<FindQuery>): Promise<number[]> =>
      (await searches.cells(resultId, query)).map(([row]) => row);
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
    const resultId = await keptResult(
      engine,
      "SELECT unnest(['ab1', 'AB22', 'xab1', '7'])",
    );
    const rows = async (query: Partial<FindQuery>): Promise<number[]> =>
      (await searches.cells(resultId, { regex: true, ...query })).map(
        ([row]) => row,
      );
    assert.deepEqual(await rows({ text: "ab\\d+" }), [0, 1, 2]);
    assert.deepEqual(await rows({ text: "ab\\d+", matchCase: true }), [0, 2]);
    assert.deepEqual(await rows({ text: "ab\\d+", wholeCell: true }), [0, 1]);
    assert.deepEqual(await rows({ text: "^.$" }), [3]);
    const fault = await faultOf(
      searches.find(resultId, { regex: true, text: "(" }),
    );
    assert.equal(fault.class, "syntax");
    assert.match(fault.message, /regular expression.*missing \)/);
  });

  it("goes on and back around the end, and says which match it is", async () => {
    const resultId = await keptResult(
      engine,
      "SELECT i AS a, CASE WHEN i % 3 = 0 THEN 'x' END AS b, 'x' || i AS c FROM range(4) t(i)",
    );
    const { findId, matches } = await searches.find(resultId, { text: "x" });
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
    const only = await searches.find(resultId, { text: "x0" });
    assert.deepEqual(
      await engine.handlers.findNext({
        findId: only.findId,
        row: 0,
        column: 2,
        forward: true,
      }),
      { row: 0, column: 2, ordinal: 1 },
    );
    const none = await searches.find(resultId, { text: "nowhere" });
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
    const resultId = await keptResult(engine, `SELECT ${columns.join(", ")}`);
    assert.deepEqual(await searches.cells(resultId, { text: "6" }), [
      ...[6, 16, 26, 36, 46, 56].map((at) => [0, at] as const),
      ...[60, 61, 62, 63, 64, 65, 66, 67, 68, 69].map((at) => [0, at] as const),
    ]);
    assert.deepEqual(
      await searches.cells(resultId, { text: "6", columns: [69, 6, 5] }),
      [
        [0, 69],
        [0, 6],
      ],
    );
  });
});
