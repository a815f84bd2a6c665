import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import { freePort } from "../support/freePort";
import { TcpProxy } from "../support/tcpProxy";
import { until } from "../support/until";

describe("a server that goes away", () => {
  let engine: TestEngine;
  let proxy: TcpProxy;
  before(async () => {
    await admin(
      "CREATE TABLE away AS SELECT i AS id, repeat('x', 200) AS pad FROM generate_series(1, 300000) i; ANALYZE away",
    );
    engine = await TestEngine.start();
    proxy = new TcpProxy(await freePort(0), testServer());
    await proxy.open();
    await engine.attach("pg", {
      file: await writeEnvFile(path.join(engine.folder, "proxy.env"), {
        PORT: String(proxy.port),
      }),
    });
    await engine.succeed("CREATE TABLE local AS FROM range(3)");
  });
  after(async () => {
    await engine.close();
    await proxy.cut();
    await admin("DROP TABLE away");
  });

  const stateOf = async (): Promise<string | undefined> =>
    (await engine.handlers.listCatalogs(null)).find(({ name }) => name === "pg")
      ?.state;

  it("fails the query in words, mid-query, and lets local work go on", async () => {
    const { runId, outcome } = engine.begin("SELECT a.* FROM pg.public.away a");
    await until("the first rows", () =>
      engine.events.find(
        ({ event, payload }) =>
          event === "resultOpened" && payload.runId === runId,
      ),
    );
    await proxy.cut();
    const ended = await outcome;
    assert.equal(ended.status, "failed");
    assert.equal(ended.complete, false);
    assert.equal(ended.error?.class, "connectionLost", ended.error?.message);
    assert.equal(await stateOf(), "unreachable");
    assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [["3"]]);
    await engine.succeed("SHOW TABLES");
    await engine.succeed("FROM duckdb_tables()");
    const typo = await engine.fail("FROM locall");
    assert.equal(typo.error.class, "catalog");
  });

  it("says so when it is asked for, in both engines and in the tree", async () => {
    for (const on of [undefined, "pg"]) {
      const sql = on === undefined ? "FROM pg.public.away" : "SELECT 1";
      const { error } = await engine.fail(sql, on);
      assert.ok(
        ["connectionRefused", "connectionLost"].includes(error.class),
        error.class,
      );
      assert.ok(error.hint.length > 10);
    }
    await assert.rejects(engine.handlers.listSchemas({ catalog: "pg" }));
    const info = (await engine.handlers.listCatalogs(null)).find(
      ({ name }) => name === "pg",
    );
    assert.equal(info?.problem?.class, "connectionRefused");
  });

  it("comes back on the next use", async () => {
    await proxy.open();
    assert.deepEqual(await engine.rows("SELECT count(*) FROM pg.public.away"), [
      ["300000"],
    ]);
    assert.equal(await stateOf(), "attached");
    assert.deepEqual(await engine.rows("SELECT 1", "pg"), [["1"]]);
    assert.ok(
      (await engine.handlers.listSchemas({ catalog: "pg" })).includes("public"),
    );
  });

  it("lets a local statement work that a dead server would break", async () => {
    await engine.succeed("USE pg");
    await proxy.cut();
    await engine.succeed("SELECT count(*) FROM memory.local");
    await engine.run("SHOW ALL TABLES");
    await engine.succeed("SHOW ALL TABLES");
    assert.equal(await stateOf(), "unreachable");
    await proxy.open();
    await engine.attach("pg", {
      file: path.join(engine.folder, "proxy.env"),
    });
    assert.equal(await stateOf(), "attached");
  });
});
