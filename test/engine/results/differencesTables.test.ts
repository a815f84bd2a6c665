import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { textChunk } from "../../../src/engine/duckdb";
import { Comparisons } from "../../../src/engine/results/comparisons";
import { ResultStore } from "../../../src/engine/results/resultStore";
import type { ResultWriter } from "../../../src/engine/results/resultWriter";
import type { Comparison } from "../../../src/protocol/comparison";
import { faultOf } from "../../support/engineHarness";

describe("tables of differences", () => {
  let folder: string;
  let store: ResultStore;
  let comparisons: Comparisons;
  let tasks = 0;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-differences-"));
    store = await ResultStore.open(
      path.join(folder, "results"),
      () => undefined,
    );
    comparisons = new Comparisons(store);
  });
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** A result that goes on, with so many chunks of 2,000 rows. */
  async function begun(chunks: number): Promise<ResultWriter> {
    const writer = await store.create(
      [{ name: "a", type: "VARCHAR", storage: "VARCHAR" }],
      { timeZone: "UTC", calendar: "gregorian" },
    );
    append(writer, chunks);
    return writer;
  }

  function append(writer: ResultWriter, chunks: number): void {
    const rows = Array.from({ length: 2_000 }, (_, index) => [`row ${index}`]);
    for (let chunk = 0; chunk < chunks; chunk += 1) {
      writer.append(textChunk(rows, 1));
    }
  }

  function compare(
    left: string,
    right: string,
    key: readonly number[] = [],
  ): Promise<Comparison> {
    tasks += 1;
    return comparisons.compare({
      taskId: `compare-${tasks}`,
      left: { resultId: left, viewId: null },
      right: { resultId: right, viewId: null },
      key,
    });
  }

  async function tables(): Promise<number> {
    const rows = await store.tasks.run("tables", ({ connection }) =>
      connection.rows(
        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'd')",
      ),
    );
    return rows.length;
  }

  it("are of the rows that have arrived, while others still come", async () => {
    const left = await begun(3);
    const right = await begun(2);
    const first = await compare(left.id, right.id);
    assert.deepEqual(
      [first.leftRows, first.rightRows, first.onlyLeft, first.different],
      [6_000, 4_000, 2_000, 0],
    );
    append(right, 1);
    right.close();
    left.close();
    const { rightRows, onlyLeft } = await compare(left.id, right.id);
    assert.deepEqual([rightRows, onlyLeft], [6_000, 0]);
    await comparisons.closeResults([left.id]);
    await store.release([left.id, right.id]);
  });

  it("know columns without a name, by their order", async () => {
    const names = ["", "a", ""];
    const made = [];
    for (const cells of [
      ["x", "1", "y"],
      ["x", "1", "z"],
    ]) {
      const writer = await store.create(
        names.map((name) => ({ name, type: "VARCHAR", storage: "VARCHAR" })),
        { timeZone: "UTC", calendar: "gregorian" },
      );
      writer.append(textChunk([cells], 3));
      writer.close();
      made.push(writer.id);
    }
    const [left = "", right = ""] = made;
    const { compareId } = await compare(left, right);
    const found = await comparisons.within({
      compareId,
      side: "left",
      fromRow: 0,
      toRow: 1,
    });
    assert.deepEqual(found, [{ row: 0, columns: [2] }]);
    await comparisons.close(compareId);
    await store.release(made);
  });

  it("are one at most, and none after a comparison was closed, cancelled, or has failed", async () => {
    const left = await begun(200);
    const right = await begun(200);
    await compare(left.id, right.id);
    const { compareId } = await compare(left.id, right.id);
    assert.equal(await tables(), 1);
    await comparisons.close(compareId);
    assert.equal(await tables(), 0);
    const running = compare(left.id, right.id, [0]);
    store.tasks.cancel(`compare-${tasks}`);
    assert.equal((await faultOf(running)).class, "cancelled");
    await faultOf(compare(left.id, right.id, [7]));
    assert.equal((await faultOf(compare(left.id, "gone"))).class, "resultGone");
    assert.equal(await tables(), 0);
    const released = compare(left.id, right.id, [0]);
    await comparisons.closeResults([right.id]);
    assert.equal((await faultOf(released)).class, "cancelled");
    assert.equal(await tables(), 0);
    await store.release([left.id, right.id]);
  });
});
