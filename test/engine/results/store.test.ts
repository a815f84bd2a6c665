import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Duckdb, type Connection } from "../../../src/engine/duckdb";
import { Finds } from "../../../src/engine/results/finds";
import { ResultStore } from "../../../src/engine/results/resultStore";
import type { ResultWriter } from "../../../src/engine/results/resultWriter";
import { faultOf } from "../../support/engineHarness";
import { until } from "../../support/until";

describe("the store of results", () => {
  let folder: string;
  let source: Duckdb;
  let rows: Connection;
  let store: ResultStore;
  let count = 0;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-store-"));
    source = await Duckdb.open({});
    rows = await source.connect();
    store = await ResultStore.open(folder, () => undefined, {
      placesAfterMs: 0,
    });
  });
  after(async () => {
    await store.close();
    await rows.close();
    source.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Appends what a statement gives to a result, which may be a new one. */
  const append = async (
    sql: string,
    existing?: ResultWriter,
  ): Promise<ResultWriter> => {
    const prepared = await rows.prepare(sql);
    const utc = { timeZone: "UTC", calendar: "gregorian" };
    const writer = existing ?? (await store.create(prepared.columns, utc));
    const stream = await prepared.stream();
    for await (const chunk of stream.chunks()) {
      writer.append(chunk);
    }
    prepared.destroy();
    return writer;
  };
  const over = <T>(
    resultId: string,
    viewId: string | null,
    sql: (from: string) => string,
    read: (rows: (string | null)[][]) => T,
  ): Promise<T> => {
    count += 1;
    return store.over(
      `task ${count}`,
      { resultId, viewId },
      async ({ connection, rows: { from } }) =>
        read(await connection.rows(sql(from))),
    );
  };
  const fromOf = (resultId: string): Promise<string> =>
    store.over("from", { resultId, viewId: null }, async ({ rows: { from } }) =>
      Promise.resolve(from),
    );
  const tables = (resultId: string): Promise<string> =>
    over(
      resultId,
      null,
      () => "SELECT string_agg(table_name, ',') FROM duckdb_tables()",
      (found) => String(found[0]?.[0]),
    );
  const sort = [{ column: 0, descending: true }];

  it("gives tasks the rows of a view in its order", async () => {
    const { id } = await append("SELECT range FROM range(10000)");
    const filters = [{ kind: "expression", sql: "range % 2 = 0" }] as const;
    const { viewId } = await store.views.open({
      taskId: "view",
      resultId: id,
      sort,
      filters,
    });
    const found = await over(
      id,
      viewId,
      (from) =>
        `SELECT c0::VARCHAR FROM ${from} WHERE pos IN (0, 1, 4999) ORDER BY pos`,
      (cells) => cells.flat(),
    );
    assert.deepEqual(found, ["9998", "9996", "0"]);
    await store.release([id]);
  });

  it("has in a view the rows that were there when it was opened", async () => {
    const writer = await append("SELECT range FROM range(100)");
    const { viewId, rowCount } = await store.views.open({
      taskId: "view",
      resultId: writer.id,
      sort,
      filters: [],
    });
    const plain = await store.views.open({
      taskId: "plain",
      resultId: writer.id,
      sort: [],
      filters: [],
    });
    assert.equal(rowCount, 100);
    await append("SELECT range FROM range(100, 5000)", writer);
    for (const view of [viewId, plain.viewId]) {
      const page = await store.page({
        resultId: writer.id,
        viewId: view,
        offset: 0,
        limit: 1000,
      });
      assert.equal(page.rows.length, 100);
    }
    const all = await store.page({
      resultId: writer.id,
      offset: 4999,
      limit: 10,
    });
    assert.deepEqual(all.rows, [["4999"]]);
    await store.release([writer.id]);
  });

  it("finds the rows of a large result by their places, the same ones as before", async () => {
    const writer = await append(
      "SELECT range * 7 % 1000003, CASE WHEN range % 3 > 0 THEN range END FROM range(1234567)",
    );
    const { id } = writer;
    const offsets = [0, 255, 122_800, 999_999, 1_234_500, 1_234_567, 2_000_000];
    const { viewId } = await store.views.open({
      taskId: "view",
      resultId: id,
      sort,
      filters: [],
    });
    const pages = async (): Promise<unknown[]> => {
      const found = [];
      for (const offset of offsets) {
        const page = { resultId: id, offset, limit: 256 };
        found.push((await store.page(page)).rows);
        found.push((await store.page({ ...page, viewId })).rows);
      }
      return found;
    };
    const finds = new Finds(store);
    const query = {
      text: "99991",
      columns: [],
      regex: false,
      matchCase: false,
      wholeCell: false,
    };
    const found = async (view: string | null): Promise<unknown> => {
      const search = { taskId: "find", resultId: id, viewId: view, query };
      const { findId, matches } = await finds.find(search);
      const from = { findId, row: 100_000, column: 0, forward: true };
      assert.ok(matches > 1);
      return [matches, await finds.next(from)];
    };
    const before = await pages();
    const foundBefore = [await found(null), await found(viewId)];
    writer.close();
    await until("places", async () => (await fromOf(id)).includes("place"));
    assert.deepEqual(await pages(), before);
    assert.deepEqual([await found(null), await found(viewId)], foundBefore);
    const values = offsets.map((offset) => before[offsets.indexOf(offset) * 2]);
    assert.deepEqual(
      values.map((rows) => (rows as string[][]).length),
      [256, 256, 256, 256, 67, 0, 0],
    );
    // A column of places is no column of the result.
    const columns = await over(
      id,
      null,
      (from) => `SELECT column_name FROM (DESCRIBE FROM ${from})`,
      (found) => found.flat().sort(),
    );
    assert.deepEqual(columns, ["c0", "c1", "pos"]);
    await store.release([id]);
  });

  it("drops a large result while its places are still being found", async () => {
    const kept = await append("SELECT 1 AS a");
    const before = await tables(kept.id);
    for (let round = 0; round < 3; round++) {
      const writer = await append("SELECT range FROM range(1000001)");
      writer.close();
      await store.release([writer.id]);
      assert.equal(await tables(kept.id), before);
    }
    await store.release([kept.id]);
  });

  it("leaves no table behind when a view is cancelled, closed, or its result released", async () => {
    const { id } = await append("SELECT range::VARCHAR FROM range(300000)");
    const before = await tables(id);
    const opening = store.views.open({
      taskId: "slow",
      resultId: id,
      sort,
      filters: [
        {
          kind: "expression",
          sql: `len(list_filter(range(100000), lambda x: x::VARCHAR = "CAST(range AS VARCHAR)")) >= 0`,
        },
      ],
    });
    const fault = faultOf(opening);
    store.tasks.cancel("slow");
    assert.equal((await fault).class, "cancelled");
    assert.equal(await tables(id), before);
    const { viewId } = await store.views.open({
      taskId: "view",
      resultId: id,
      sort,
      filters: [],
    });
    await store.views.close([viewId]);
    assert.equal(await tables(id), before);
    const other = await append("SELECT 1 AS a");
    await store.views.open({ taskId: "view", resultId: id, sort, filters: [] });
    await store.release([id]);
    const rest = await tables(other.id);
    assert.doesNotMatch(rest, /v\d+_/);
    await store.release([other.id]);
  });

  it("says that what it is asked for is gone, and which column there is not", async () => {
    const { id } = await append("SELECT 1 AS a");
    const other = await append("SELECT 2 AS a");
    const { viewId } = await store.views.open({
      taskId: "view",
      resultId: id,
      sort,
      filters: [],
    });
    const page = { viewId, offset: 0, limit: 1 };
    const wrong = await faultOf(store.page({ resultId: other.id, ...page }));
    assert.equal(wrong.class, "resultGone");
    const missing = await faultOf(
      store.views.open({
        taskId: "view",
        resultId: id,
        sort: [{ column: 7, descending: false }],
        filters: [],
      }),
    );
    assert.equal(missing.message, "The result has no column 7.");
    await store.release([id, other.id]);
    const gone = await faultOf(store.page({ resultId: id, ...page }));
    assert.equal(gone.class, "resultGone");
  });
});
