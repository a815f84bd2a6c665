import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { TestEngine, engineOptions, faultOf } from "../support/engineHarness";
import { startEngineProcess } from "../support/engineProcess";
import { until } from "../support/until";
import { otherProgram } from "../support/otherProgram";

describe("the workspace's file between two uses", () => {
  let folder: string;
  let database: string;
  let engine: TestEngine;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-idle-"));
    database = path.join(folder, "work.duckdb");
    engine = await TestEngine.start({
      database,
      // Longer than any test: a release here is asked for.
      releaseDatabaseAfterSeconds: 600,
    });
  });
  afterEach(async () => {
    await engine.close();
    await rm(folder, { recursive: true, force: true });
  });

  const release = async (): Promise<boolean> =>
    (await engine.handlers.releaseDatabase(null)).released;

  it("is not opened before the first statement, and its name is known all the same", async () => {
    assert.equal(
      otherProgram(database, "CREATE TABLE early AS SELECT 1 AS a"),
      "",
    );
    const [own] = await engine.handlers.listCatalogs(null);
    assert.equal(own?.name, "work");
    assert.equal(own.state, "attached");
    assert.equal(own.detail, database);
    assert.equal(otherProgram(database, "SELECT 1"), "");
    const fault = await faultOf(engine.attach("WORK"));
    assert.equal(fault.class, "aliasInvalid");
    assert.deepEqual(await engine.rows("FROM work.early"), [["1"]]);
    assert.match(otherProgram(database, "SELECT 1"), /Conflicting lock/);
  });

  it("is opened by a level of the tree, and by no other", async () => {
    assert.equal(
      otherProgram(database, "CREATE TABLE early AS SELECT 1 AS a"),
      "",
    );
    await engine.attach("pg");
    await engine.handlers.listSchemas({ catalog: "pg" });
    assert.equal(otherProgram(database, "SELECT 1"), "");
    const found = await engine.handlers.listRelations({
      catalog: "work",
      schema: "main",
    });
    assert.deepEqual(
      found.map(({ name }) => name),
      ["early"],
    );
    assert.match(otherProgram(database, "SELECT 1"), /Conflicting lock/);
  });

  it("lets another program in, and what that has made is seen", async () => {
    await engine.succeed("CREATE TABLE ours AS SELECT 1 AS a");
    assert.equal(await release(), true);
    assert.equal(
      otherProgram(
        database,
        "CREATE TABLE theirs AS FROM ours; ALTER TABLE ours ADD COLUMN b INT DEFAULT 2; CREATE SCHEMA s",
      ),
      "",
    );
    assert.deepEqual(await engine.rows("FROM theirs"), [["1"]]);
    assert.deepEqual(await engine.rows("FROM ours"), [["1", "2"]]);
    assert.deepEqual(await engine.handlers.listSchemas({ catalog: "work" }), [
      "main",
      "s",
    ]);
  });

  it("keeps the session: schema, temporary tables, macros, variables, prepared statements, settings and results", async () => {
    for (const sql of [
      "CREATE SCHEMA s2",
      "CREATE TABLE s2.u AS SELECT 7 AS b",
      "CREATE TABLE t AS SELECT range AS a FROM range(5000)",
      "CREATE SEQUENCE sq START 40",
      "CREATE TEMP TABLE tt AS SELECT 'kept' AS x",
      "CREATE TEMP TABLE td (i BIGINT DEFAULT nextval('work.main.sq'))",
      "CREATE TEMP VIEW tv AS SELECT max(a) AS m FROM t",
      "CREATE TEMP MACRO tm() AS (SELECT min(a) FROM t)",
      "PREPARE pp AS SELECT count(*) FROM t",
      "SET VARIABLE v = 5",
      "SET TimeZone = 'Asia/Tokyo'",
      "SET search_path = 'work.s2,work.main'",
    ]) {
      await engine.succeed(sql);
    }
    const { resultId } = await engine.succeed("FROM t");
    assert.ok(resultId);
    assert.equal(await release(), true);
    assert.equal(otherProgram(database, "INSERT INTO t VALUES (9999)"), "");
    const page = await engine.handlers.page({
      resultId,
      offset: 4999,
      limit: 10,
    });
    assert.deepEqual(page.rows, [["4999"]]);
    assert.equal(
      otherProgram(database, "SELECT 1"),
      "",
      "paging needs no file",
    );
    await engine.succeed("INSERT INTO td VALUES (DEFAULT)");
    for (const [sql, expected] of [
      ["FROM u", "7"],
      ["FROM tt", "kept"],
      ["FROM td", "40"],
      ["FROM tv", "9999"],
      ["SELECT tm()", "0"],
      ["EXECUTE pp", "5001"],
      ["SELECT getvariable('v')", "5"],
      ["SELECT current_setting('TimeZone')", "Asia/Tokyo"],
      ["SELECT current_schema()", "s2"],
    ] as const) {
      assert.deepEqual(await engine.rows(sql), [[expected]], sql);
    }
  });

  it("stays in another database that the user has chosen", async () => {
    await engine.attach("pg");
    await engine.succeed("USE pg");
    assert.equal(await release(), true);
    assert.deepEqual(await engine.rows("SELECT current_database()"), [["pg"]]);
  });

  it("is not closed while a transaction is open, or a statement runs", async () => {
    await engine.succeed("BEGIN");
    await engine.succeed("CREATE TABLE open AS SELECT 1 AS a");
    assert.equal(await release(), false);
    assert.match(otherProgram(database, "SELECT 1"), /Conflicting lock/);
    await engine.succeed("COMMIT");
    const { runId, outcome } = engine.begin(
      "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 3",
    );
    await until("the statement", () =>
      engine.events.some(
        ({ event, payload }) =>
          event === "statementStarted" && payload.runId === runId,
      ),
    );
    assert.equal(await release(), false);
    await engine.handlers.cancel({ runId });
    assert.equal((await outcome).status, "cancelled");
    assert.equal(await release(), true);
    assert.equal(otherProgram(database, "FROM open"), "");
  });

  it("closes by itself after the time without use that the settings say", async () => {
    const other = path.join(folder, "short.duckdb");
    const short = await TestEngine.start({
      database: other,
      releaseDatabaseAfterSeconds: 0.2,
    });
    await short.succeed("CREATE TABLE t AS SELECT 1 AS a");
    await until(
      "the file to be free",
      () => otherProgram(other, "SELECT 1") === "",
    );
    assert.deepEqual(await short.rows("FROM t"), [["1"]]);
    await short.succeed("BEGIN");
    await short.close();
  });

  it("leaves a database alone that the user has detached", async () => {
    await engine.succeed("CREATE TABLE t AS SELECT 1 AS a");
    await engine.succeed("ATTACH ':memory:' AS aside");
    await engine.succeed("USE aside");
    await engine.succeed("DETACH work");
    const { error } = await engine.fail("FROM work.t");
    assert.equal(error.class, "catalog");
    const names = (await engine.handlers.listCatalogs(null)).map(
      ({ name }) => name,
    );
    assert.deepEqual(names, ["aside"]);
    await engine.succeed(`ATTACH '${database}' AS work`);
    assert.deepEqual(await engine.rows("FROM work.t"), [["1"]]);
    assert.equal(await release(), true);
    assert.equal(otherProgram(database, "SELECT 1"), "");
  });

  it("tells who has it when it cannot be opened again, runs beside it, and comes back", async () => {
    await engine.succeed("CREATE SCHEMA s2");
    await engine.succeed("USE work.s2");
    assert.equal(await release(), true);
    const holder = startEngineProcess();
    await holder.request("initialize", engineOptions(folder, { database }));
    const beside = await engine.run("SELECT 1");
    assert.equal(beside.status, "succeeded");
    assert.match(
      beside.notices[0]?.message ?? "",
      new RegExp(`process ${holder.processId ?? 0}`),
    );
    const fault = await faultOf(
      engine.handlers.listSchemas({ catalog: "work" }),
    );
    assert.equal(fault.class, "databaseLocked");
    const [own] = await engine.handlers.listCatalogs(null);
    assert.equal(own?.state, "unreachable");
    await holder.dispose();
    assert.deepEqual(await engine.rows("SELECT current_schema()"), [["s2"]]);
    assert.ok(
      engine.events.filter(({ event }) => event === "catalogsChanged").length >=
        2,
    );
  });
});
