import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { textChunk } from "../../../src/engine/duckdb";
import { Finds } from "../../../src/engine/results/finds";
import { ResultStore } from "../../../src/engine/results/resultStore";
import type { FindQuery } from "../../../src/protocol/results";
import { faultOf } from "../../support/engineHarness";

describe("tables of matches", () => {
  let folder: string;
  let store: ResultStore;
  let finds: Finds;
  let resultId: string;
  let searches = 0;

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-finds-"));
    store = await ResultStore.open(
      path.join(folder, "results"),
      () => undefined,
    );
    finds = new Finds(store);
  });
  beforeEach(async () => {
    const writer = await store.create(
      [{ name: "a", type: "VARCHAR", storage: "VARCHAR" }],
      { timeZone: "UTC", calendar: "gregorian" },
    );
    const rows = Array.from({ length: 2_000 }, (_, index) => [`row ${index}`]);
    for (let chunk = 0; chunk < 200; chunk += 1) {
      writer.append(textChunk(rows, 1));
    }
    writer.close();
    resultId = writer.id;
  });
  afterEach(() => store.release([resultId]));
  after(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  function find(
    text: string,
    query: Partial<FindQuery> = {},
  ): Promise<{ findId: string; matches: number }> {
    searches += 1;
    return finds.find({
      taskId: `find-${searches}`,
      resultId,
      viewId: null,
      query: {
        text,
        matchCase: false,
        wholeCell: false,
        regex: false,
        columns: [],
        ...query,
      },
    });
  }

  async function tables(): Promise<number> {
    const rows = await store.tasks.run("tables", ({ connection }) =>
      connection.rows(
        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'f')",
      ),
    );
    return rows.length;
  }

  it("are one for each result that is searched, and none after that", async () => {
    await find("row 1");
    assert.equal(await tables(), 1);
    const { findId } = await find("row 2");
    assert.equal(await tables(), 1);
    await finds.close(findId);
    assert.equal(await tables(), 0);
    await find("row 3");
    await finds.closeResults([resultId]);
    assert.equal(await tables(), 0);
  });

  it("are gone when a search was superseded, cancelled, or has failed", async () => {
    const first = find("[0-9] ?[0-9]", { regex: true });
    const second = find("row 77");
    assert.equal((await faultOf(first)).class, "cancelled");
    await second;
    assert.equal(await tables(), 1);
    const third = find("[0-9] ?[0-9]", { regex: true });
    store.tasks.cancel(`find-${searches}`);
    assert.equal((await faultOf(third)).class, "cancelled");
    assert.equal(await tables(), 0);
    assert.equal((await faultOf(find("(", { regex: true }))).class, "syntax");
    await faultOf(find("x", { columns: [7] }));
    assert.equal(await tables(), 0);
  });

  it("are gone when a search is ended by the release of its result", async () => {
    const running = find("[0-9] ?[0-9]", { regex: true });
    await finds.closeResults([resultId]);
    assert.equal((await faultOf(running)).class, "cancelled");
    assert.equal(await tables(), 0);
  });

  it("belong to the newest search when two have the same task's name", async () => {
    const query = { taskId: "same", resultId, viewId: null };
    const all = {
      text: "row",
      matchCase: true,
      wholeCell: false,
      regex: false,
      columns: [],
    };
    const first = finds.find({ ...query, query: all });
    const second = finds.find({ ...query, query: all });
    assert.equal((await faultOf(first)).class, "cancelled");
    await faultOf(second);
    assert.equal(await tables(), 0);
    assert.equal((await finds.find({ ...query, query: all })).matches, 400_000);
  });
});
