import assert from "node:assert/strict";
import type { ResultFilter, SortKey } from "../../../src/core/results/view";
import type { Cell } from "../../../src/core/results/result";
import { TestEngine, faultOf } from "../../support/engineHarness";

describe("sorted views", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  const keep = async (sql: string, on?: string): Promise<string> => {
    const { resultId } = await engine.succeed(sql, on);
    assert.ok(resultId);
    return resultId;
  };
  let tasks = 0;
  const open = async (
    resultId: string,
    sort: readonly SortKey[],
    filters: readonly ResultFilter[] = [],
  ): Promise<{ viewId: string; rowCount: number }> => {
    tasks += 1;
    return engine.handlers.openView({
      taskId: `view ${tasks}`,
      resultId,
      sort,
      filters,
    });
  };
  const page = async (
    resultId: string,
    viewId: string,
    offset = 0,
    limit = 1000,
  ): Promise<readonly (readonly Cell[])[]> =>
    (await engine.handlers.page({ resultId, viewId, offset, limit })).rows;

  it("sorts by several columns, keeps ties as they came, and has NULL last either way", async () => {
    const resultId = await keep(
      "SELECT * FROM (VALUES (2, 'b', 1), (1, 'b', 2), (NULL, 'a', 3), (10, 'a', 4), (2, 'b', 5)) t(n, s, i)",
    );
    const ids = async (sort: readonly SortKey[]): Promise<string> => {
      const { viewId, rowCount } = await open(resultId, sort);
      assert.equal(rowCount, 5);
      return (await page(resultId, viewId)).map(([, , id]) => id).join("");
    };
    assert.equal(await ids([{ column: 0, descending: false }]), "21543");
    assert.equal(await ids([{ column: 0, descending: true }]), "41523");
    const [text, number] = [1, 0];
    assert.equal(
      await ids([
        { column: text, descending: true },
        { column: number, descending: false },
      ]),
      "21543",
    );
  });

  it("has every row of a large result at its place, whichever page is asked for first", async () => {
    const resultId = await keep(
      "SELECT (i * 7919) % 100003 AS n, i FROM range(100003) t(i)",
    );
    const { viewId, rowCount } = await open(resultId, [
      { column: 0, descending: true },
    ]);
    assert.equal(rowCount, 100_003);
    for (const offset of [90_000, 0, 2000, 100_002]) {
      const rows = await page(resultId, viewId, offset, 100);
      assert.equal(rows.length, Math.min(100, 100_003 - offset));
      rows.forEach(([n], at) => {
        assert.equal(n, String(100_002 - offset - at));
      });
    }
    await engine.handlers.closeViews({ viewIds: [viewId] });
    const fault = await faultOf(page(resultId, viewId));
    assert.equal(fault.class, "resultGone");
  });
});
