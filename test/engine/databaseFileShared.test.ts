import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { EngineProcess } from "../../src/extension/engine/engineProcess";
import type { StatementOutcome } from "../../src/protocol/engine";
import type { EngineOptions } from "../../src/protocol/options";
import { engineOptions } from "../support/engineHarness";
import { startEngineProcess } from "../support/engineProcess";
import { otherProgram } from "../support/otherProgram";

describe("one DuckDB file and several programs", () => {
  let folder: string;
  let database: string;
  const running: EngineProcess[] = [];
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-shared-"));
    database = path.join(folder, "shared.duckdb");
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((one) => one.dispose()));
    await rm(folder, { recursive: true, force: true });
  });

  const start = async (
    overrides: Partial<EngineOptions>,
  ): Promise<EngineProcess> => {
    const engine = startEngineProcess();
    running.push(engine);
    await engine.request(
      "initialize",
      engineOptions(folder, { database, ...overrides }),
    );
    return engine;
  };
  let runs = 0;
  const run = async (
    engine: EngineProcess,
    text: string,
  ): Promise<StatementOutcome> => {
    runs += 1;
    const { statements } = await engine.request("run", {
      runId: `run ${runs}`,
      target: { engine: "duckdb" },
      statements: [{ text }],
    });
    assert.ok(statements[0]);
    return statements[0];
  };
  const rows = async (engine: EngineProcess, text: string) => {
    const { resultId, error } = await run(engine, text);
    assert.equal(error, null, error?.message);
    assert.ok(resultId);
    const page = await engine.request("page", {
      resultId,
      offset: 0,
      limit: 9,
    });
    return page.rows;
  };

  it("is read by all of them at once when each opens it read-only, and written by none", async () => {
    assert.equal(otherProgram(database, "CREATE TABLE t AS SELECT 1 AS a"), "");
    const readOnly = {
      databaseReadOnly: true,
      releaseDatabaseAfterSeconds: 600,
    };
    const first = await start(readOnly);
    const second = await start(readOnly);
    for (const engine of [first, second, first]) {
      assert.deepEqual(await rows(engine, "FROM shared.t"), [["1"]]);
      assert.deepEqual(await rows(engine, "FROM t"), [["1"]]);
    }
    const [own] = await first.request("listCatalogs", null);
    assert.equal(own?.readOnly, true);
    for (const sql of [
      "INSERT INTO t VALUES (2)",
      "CREATE TABLE u AS SELECT 1 AS a",
      "DROP TABLE t",
      "CREATE SCHEMA s",
      "UPDATE shared.main.t SET a = 3",
    ]) {
      const { error } = await run(first, sql);
      assert.equal(error?.class, "readOnly", sql);
      assert.match(error.hint, /viaduct\.databaseReadOnly/);
      assert.deepEqual(error.actions, ["openSettings"]);
    }
    const temporary = await run(first, "CREATE TEMP TABLE mine AS FROM t");
    assert.equal(temporary.status, "succeeded");
    const { released } = await first.request("releaseDatabase", null);
    assert.equal(released, true);
    assert.deepEqual(await rows(first, "FROM mine"), [["1"]]);
  });

  it("is not made when it is opened read-only, which is said with the way out", async () => {
    const engine = await start({
      databaseReadOnly: true,
      releaseDatabaseAfterSeconds: 600,
    });
    const { error } = await run(engine, "FROM shared.t");
    assert.equal(error?.class, "databaseInvalid");
    assert.match(error.message, /shared\.duckdb does not exist/);
    assert.match(error.hint, /viaduct\.databaseReadOnly/);
    assert.deepEqual(error.actions, ["chooseDatabase", "openSettings"]);
  });

  it("goes to and fro between two windows that close it when they are idle", async () => {
    const idle = { releaseDatabaseAfterSeconds: 0.05 };
    const windows = [await start(idle), await start(idle)] as const;
    const made = await run(windows[0], "CREATE TABLE t AS SELECT 0 AS turn");
    assert.equal(made.error, null);
    for (let turn = 1; turn <= 4; turn++) {
      const window = windows[turn % 2 === 0 ? 0 : 1];
      const { error, notices } = await run(
        window,
        `INSERT INTO t VALUES (${turn})`,
      );
      assert.equal(error, null, error?.message);
      assert.deepEqual(notices, []);
      assert.deepEqual(await rows(window, "SELECT max(turn) FROM shared.t"), [
        [String(turn)],
      ]);
    }
  });

  it("is waited for while the other window's statement ends, and explained when that takes long", async () => {
    const [first, second] = [
      await start({ releaseDatabaseAfterSeconds: 0.05 }),
      await start({ releaseDatabaseAfterSeconds: 0.05 }),
    ];
    assert.equal(
      (await run(first, "CREATE TABLE t AS SELECT 1 AS a")).error,
      null,
    );
    assert.equal((await run(first, "BEGIN")).error, null);
    const began = new Promise((resolve) =>
      second.onEvent("statementStarted", resolve),
    );
    const waiting = run(second, "SELECT count(*) FROM shared.t");
    await began;
    assert.equal((await run(first, "COMMIT")).error, null);
    await first.request("releaseDatabase", null);
    const { error: none } = await waiting;
    assert.equal(none, null, none?.message);
    await second.request("releaseDatabase", null);

    assert.equal((await run(first, "BEGIN")).error, null);
    assert.equal((await run(first, "INSERT INTO t VALUES (2)")).error, null);
    const { error } = await run(second, "FROM shared.t");
    assert.equal(error?.class, "databaseLocked");
    assert.ok(error.message.includes(`process ${first.processId ?? 0}`));
    assert.equal((await run(first, "COMMIT")).error, null);
    await first.request("releaseDatabase", null);
    assert.deepEqual(await rows(second, "SELECT count(*) FROM shared.t"), [
      ["2"],
    ]);
  });
});
