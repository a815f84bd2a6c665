import assert from "node:assert/strict";
import { copyFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { exportResult, leftovers, textOf } from "./exports";

describe("saved results", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  it("come back in another engine with names, types, texts and every row in its order", async () => {
    const { resultId, columns } = await engine.succeed(
      `SELECT range AS a, -range AS a, {'x': range, 'j': '{"a": 1.0}'::JSON} AS "s ""q'", TIMESTAMPTZ '2020-01-01 00:00:00+00' AS t, NULL AS n,
        INTERVAL '-1 day' AS i, '\\xAA\\x00'::BLOB AS b, chr(0) AS z, 'NaN'::DOUBLE AS f FROM range(50000) ORDER BY range % 7, range`,
    );
    assert.ok(resultId);
    const file = path.join(engine.folder, "kept.viaduct");
    const page = await engine.handlers.page({
      resultId,
      offset: 0,
      limit: 500,
    });
    await engine.handlers.saveResult({ taskId: "save", resultId, file });
    assert.deepEqual(await leftovers(engine.folder), []);
    const other = await TestEngine.start();
    try {
      const opened = await other.handlers.openSaved({ file });
      assert.equal(opened.rowCount, 50_000);
      const again = await other.handlers.page({
        resultId: opened.resultId,
        offset: 0,
        limit: 500,
      });
      assert.deepEqual(again, page);
      const result = { resultId: opened.resultId, columns, rowCount: 3 };
      const { file: json } = await exportResult(other, result, {
        format: "csv",
        columns: [0, 1],
      });
      assert.equal(await textOf(json), "a,a\n0,0\n7,-7\n14,-14\n");
      const view = await other.handlers.openView({
        taskId: "v",
        resultId: opened.resultId,
        sort: [{ column: 0, descending: true }],
        filters: [],
      });
      const [first] = (
        await other.handlers.page({
          resultId: opened.resultId,
          viewId: view.viewId,
          offset: 0,
          limit: 1,
        })
      ).rows;
      assert.equal(first?.[0], "49999");
      await other.handlers.releaseResults({ resultIds: [opened.resultId] });
      // The file is nobody's: it can be opened, replaced and removed.
      await other.handlers.openSaved({ file });
      await engine.handlers.saveResult({ taskId: "save", resultId, file });
      await rm(file);
    } finally {
      await other.close();
    }
  });

  it("keep a native run's texts and the server's types", async () => {
    const { resultId } = await engine.succeed(
      "SELECT 1.50::numeric AS n, array[1,2] AS l",
      "pg",
    );
    assert.ok(resultId);
    const file = path.join(engine.folder, "native.viaduct");
    await engine.handlers.saveResult({ taskId: "save", resultId, file });
    const opened = await engine.handlers.openSaved({ file });
    const { rows } = await engine.handlers.page({
      resultId: opened.resultId,
      offset: 0,
      limit: 1,
    });
    assert.deepEqual(rows, [["1.50", "{1,2}"]]);
    const { file: json } = await exportResult(
      engine,
      { ...opened, columns: [0, 1] },
      { format: "ndjson" },
    );
    assert.equal(await textOf(json), '{"n": 1.50, "l": "{1,2}"}\n');
  });

  it("say in words what is wrong with a file", async () => {
    const missing = await faultOf(
      engine.handlers.openSaved({ file: path.join(engine.folder, "none") }),
    );
    assert.equal(missing.class, "resultGone");
    assert.match(missing.message, /"none" is not there/);
    const broken = path.join(engine.folder, "broken");
    await writeFile(broken, "not a database".repeat(1000));
    const other = path.join(engine.folder, "other.duckdb");
    await engine.succeed(`ATTACH '${other}' AS other`);
    await engine.succeed("CREATE TABLE other.t (a INT)");
    await engine.succeed("DETACH other");
    const empty = path.join(engine.folder, "empty");
    await writeFile(empty, "");
    for (const file of [broken, other, empty]) {
      const fault = await faultOf(engine.handlers.openSaved({ file }));
      assert.equal(fault.class, "databaseInvalid", fault.message);
      assert.match(fault.message, /^The saved result ".*" cannot be read: /);
    }
    // Opening it for reading has changed nothing.
    await copyFile(broken, `${broken}2`);
    assert.ok((await readdir(engine.folder)).includes("broken2"));
  });

  it("leave the old file when saving fails", async () => {
    const file = path.join(engine.folder, "none", "x");
    const { resultId } = await engine.succeed("SELECT 1 AS a");
    assert.ok(resultId);
    const fault = await faultOf(
      engine.handlers.saveResult({ taskId: "save", resultId, file }),
    );
    assert.match(fault.message, /its folder does not exist/);
  });
});
