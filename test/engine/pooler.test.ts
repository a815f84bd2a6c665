import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine, faultOf } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import { Pooler } from "../support/pooler";
import { until } from "../support/until";

describe("a server behind a connection pooler", () => {
  let engine: TestEngine;
  let refusing: Pooler;
  let ignoring: Pooler;
  before(async () => {
    engine = await TestEngine.start();
    refusing = await Pooler.open(testServer(), "refused");
    ignoring = await Pooler.open(testServer(), "ignored");
  });
  after(async () => {
    await engine.close();
    await refusing.close();
    await ignoring.close();
  });

  const fileFor = (pooler: Pooler): Promise<string> =>
    writeEnvFile(path.join(engine.folder, `${pooler.port}.env`), {
      PORT: String(pooler.port),
    });

  it("that refuses session options is not attached without them, and the error says what to do", async () => {
    const file = await fileFor(refusing);
    const request = {
      alias: "pooled",
      readOnly: true,
      source: { kind: "envFile", file, prefix: "POSTGRES_" },
    } as const;
    for (const attempt of [
      () => engine.handlers.attach(request),
      () => engine.handlers.testConnection(request),
    ]) {
      const error = await faultOf(attempt());
      assert.equal(error.class, "connectionRefused", error.message);
      assert.match(error.message, /unsupported startup parameter/);
      assert.match(error.hint, /ignore_startup_parameters = options/);
    }
    assert.ok(
      (await engine.handlers.listCatalogs(null)).every(
        ({ name }) => name !== "pooled",
      ),
    );
  });

  it("that refuses session options works where none are asked for", async () => {
    const file = await fileFor(refusing);
    const { detail } = await engine.attach("plain", { file, readOnly: false });
    assert.doesNotMatch(detail, /not in force/);
    assert.deepEqual(
      await engine.rows("FROM postgres_query('plain', 'SELECT 1 AS one')"),
      [["1"]],
    );
    assert.deepEqual(await engine.rows("SELECT 1", "plain"), [["1"]]);
    const schemas = await engine.handlers.listSchemas({ catalog: "plain" });
    assert.ok(schemas.includes("public"));
  });

  it("that ignores session options is said not to keep them, and is read-only all the same", async () => {
    const file = await fileFor(ignoring);
    const { detail } = await engine.handlers.attach({
      alias: "loose",
      readOnly: true,
      source: { kind: "envFile", file, prefix: "POSTGRES_" },
      options: { statementTimeoutSeconds: 9 },
    });
    assert.match(detail, /not in force .*: read-only, statement timeout$/);
    await admin("CREATE TABLE pooled_canary (a INTEGER)");
    try {
      for (const [sql, on] of [
        ["INSERT INTO pooled_canary VALUES (1)", "loose"],
        ["INSERT INTO loose.public.pooled_canary VALUES (1)", undefined],
        [
          "CALL postgres_execute('loose', 'COMMIT; INSERT INTO pooled_canary VALUES (1)')",
          undefined,
        ],
      ] as const) {
        assert.equal((await engine.fail(sql, on)).error.class, "readOnly");
      }
      assert.deepEqual(await admin("SELECT a FROM pooled_canary"), []);
    } finally {
      await admin("DROP TABLE pooled_canary");
    }
    const direct = await engine.attach("direct");
    assert.doesNotMatch(direct.detail, /not in force/);
  });

  it("stops a native statement that is cancelled", async () => {
    const sql = "SELECT pg_sleep(63)";
    const busy = async (): Promise<boolean> =>
      (
        await admin(
          `SELECT FROM pg_stat_activity WHERE state = 'active' AND query = '${sql}'`,
        )
      ).length > 0;
    await engine.attach("stopped", {
      file: await fileFor(ignoring),
      readOnly: false,
    });
    const { runId, outcome } = engine.begin(sql, "stopped");
    await until("the statement to run", busy);
    await engine.handlers.cancel({ runId });
    assert.equal((await outcome).status, "cancelled");
    await until("the server to be idle", async () => !(await busy()));
    assert.ok(ignoring.cancels > 0);
    assert.deepEqual(await engine.rows("SELECT 1", "stopped"), [["1"]]);
  });
});
