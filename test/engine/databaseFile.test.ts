import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { TestEngine, engineOptions } from "../support/engineHarness";
import { startEngineProcess } from "../support/engineProcess";

describe("the workspace's database", () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-db-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  for (const name of [
    "memory.duckdb",
    null,
    "other.duckdb",
    "my.data.duckdb",
  ]) {
    it(`has the name that SQL uses for it: ${name ?? "in memory"}`, async () => {
      const engine = await TestEngine.create({
        database: name === null ? null : path.join(folder, name),
      });
      const { catalog, databaseProblem } = await engine.initialize();
      assert.equal(databaseProblem, null);
      assert.equal(catalog, (name ?? "memory").split(".")[0]);
      await engine.succeed(
        "CREATE TABLE consolidated_memories AS SELECT 42 AS a",
      );
      assert.deepEqual(
        await engine.rows(`FROM ${catalog}.consolidated_memories`),
        [["42"]],
      );
      assert.deepEqual(
        await engine.rows(`FROM ${catalog}.main.consolidated_memories`),
        [["42"]],
      );
      assert.deepEqual(await engine.rows("SELECT current_database()"), [
        [catalog],
      ]);
      await engine.close();
    });
  }

  for (const name of ["viaduct.duckdb", "Viaduct_Snapshot.db", "temp.duckdb"]) {
    it(`can be called ${name} although its name is needed`, async () => {
      const engine = await TestEngine.create({
        database: path.join(folder, name),
      });
      const { catalog, databaseProblem } = await engine.initialize();
      assert.equal(databaseProblem, null);
      assert.equal(catalog, `${name.split(".")[0] ?? ""}_db`);
      await engine.succeed("CREATE TABLE t AS SELECT 42 AS a");
      assert.deepEqual(await engine.rows(`FROM ${catalog}.t`), [["42"]]);
      await engine.close();
    });
  }

  it("names the folder that is not there", async () => {
    const engine = await TestEngine.create({
      database: path.join(folder, "nowhere", "a.duckdb"),
    });
    const { databaseProblem } = await engine.initialize();
    assert.equal(databaseProblem?.class, "databaseInvalid");
    assert.match(databaseProblem.message, /there is no folder .*nowhere\.$/);
    assert.match(databaseProblem.hint, /^Make the folder/);
    await engine.close();
  });

  it("keeps what was written", async () => {
    const engine = await TestEngine.start({
      database: path.join(folder, "memory.duckdb"),
    });
    assert.deepEqual(await engine.rows("FROM consolidated_memories"), [["42"]]);
    await engine.close();
  });

  it("names the process that has the file, keeps nothing aside that looks kept, and opens it when it is free", async () => {
    const database = path.join(folder, "memory.duckdb");
    const holder = startEngineProcess();
    const held = await holder.request(
      "initialize",
      engineOptions(folder, { database }),
    );
    assert.equal(held.databaseProblem, null);
    const engine = await TestEngine.create({ database });
    const info = await engine.initialize();
    assert.equal(info.catalog, "memory");
    assert.equal(info.databaseProblem?.class, "databaseLocked");
    assert.ok(info.databaseProblem.message.includes(String(held.processId)));
    assert.match(info.databaseProblem.message, /node/);

    const beside = await engine.run("SELECT 1");
    assert.equal(beside.status, "succeeded");
    assert.match(beside.notices[0]?.message ?? "", /nothing .* is kept/);
    for (const sql of [
      "FROM memory.consolidated_memories",
      "FROM consolidated_memories",
      "CREATE TABLE memory.lost AS SELECT 1",
    ]) {
      const failed = await engine.run(sql);
      assert.equal(failed.error?.class, "databaseLocked", sql);
      assert.ok(failed.error.message.includes(String(held.processId)));
    }
    const [workspace] = await engine.handlers.listCatalogs(null);
    assert.equal(workspace?.name, "memory");
    assert.equal(workspace.state, "unreachable");
    assert.equal(workspace.problem?.class, "databaseLocked");

    await holder.dispose();
    assert.deepEqual(await engine.rows("FROM consolidated_memories"), [["42"]]);
    assert.deepEqual(await engine.rows("SELECT current_database()"), [
      ["memory"],
    ]);
    const [open] = await engine.handlers.listCatalogs(null);
    assert.equal(open?.problem, null);
    await engine.close();
  });

  it("says that a file is no DuckDB database", async () => {
    const database = path.join(folder, "broken.duckdb");
    await writeFile(
      database,
      "this is not a database, it is a text\n".repeat(500),
    );
    const engine = await TestEngine.create({ database });
    const { databaseProblem, catalog } = await engine.initialize();
    assert.equal(databaseProblem?.class, "databaseInvalid");
    assert.ok(databaseProblem.message.includes("broken.duckdb"));
    assert.deepEqual(databaseProblem.actions, ["chooseDatabase"]);
    assert.equal(catalog, "broken");
    await engine.close();
  });
});
