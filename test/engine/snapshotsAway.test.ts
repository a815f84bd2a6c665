import assert from "node:assert/strict";
import path from "node:path";
import { faultOf, TestEngine } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import { freePort } from "../support/freePort";
import { TcpProxy } from "../support/tcpProxy";
import { until } from "../support/until";

describe("local copies while their server is away", () => {
  let engine: TestEngine;
  let proxy: TcpProxy;
  let file: string;

  before(async () => {
    await admin(
      "CREATE TABLE kept AS SELECT i AS id FROM generate_series(1, 20) i; CREATE TABLE unkept (id int)",
    );
    await admin(
      "CREATE TABLE wide_kept AS SELECT i AS id, repeat('x', 500) AS pad FROM generate_series(1, 400000) i",
    );
    engine = await TestEngine.start();
    proxy = new TcpProxy(await freePort(0), testServer());
    await proxy.open();
    file = await writeEnvFile(path.join(engine.folder, "proxy.env"), {
      PORT: String(proxy.port),
    });
    await engine.attach("pg", { file });
  });
  after(async () => {
    await engine.close();
    await proxy.cut();
    await admin("DROP TABLE kept, unkept, wide_kept");
  });

  const key = { alias: "pg", schema: "public", relation: "kept" };

  it("are no copies when copying was cancelled", async () => {
    const copying = faultOf(
      engine.handlers.takeSnapshot({ ...key, relation: "wide_kept" }),
    );
    await until("the server to be read", async () => {
      const reading = await admin(
        "SELECT FROM pg_stat_activity WHERE query LIKE '%wide_kept%' AND query LIKE 'COPY%' AND state = 'active'",
      );
      return reading.length > 0;
    });
    await engine.handlers.cancelSnapshot(null);
    const fault = await copying;
    assert.equal(fault.class, "cancelled", fault.message);
    assert.deepEqual(await engine.handlers.listSnapshots({ alias: "pg" }), []);
    await engine.handlers.cancelSnapshot(null);
  });

  it("are hinted at by the error of a statement that has none", async () => {
    await proxy.cut();
    try {
      const { error } = await engine.fail("FROM pg.public.kept");
      assert.match(error.hint, /Keep Local Copy/);
      const wrong = await engine.fail("FROM pg_missing.public.kept");
      assert.doesNotMatch(wrong.error.hint, /Local Copy/);
    } finally {
      await proxy.open();
    }
  });

  it("stand in when the server was away from the start, and give way when it is back", async () => {
    await engine.succeed("FROM pg.public.kept");
    await engine.handlers.takeSnapshot(key);
    const later = await TestEngine.start({
      snapshotDirectory: engine.options.snapshotDirectory,
    });
    try {
      // One program at a time has the file: the first one lets go of it after each use.
      await proxy.cut();
      const fault = await faultOf(later.attach("pg", { file }));
      assert.equal(fault.class, "connectionRefused", fault.message);
      const listed = await later.handlers.listCatalogs(null);
      assert.equal(
        listed.find(({ name }) => name === "pg")?.state,
        "unreachable",
      );
      const stood = await later.succeed("SELECT count(*) FROM pg.public.kept");
      assert.match(stood.notices[0]?.message ?? "", /local copy/);
      assert.equal(stood.notices[0]?.severity, "WARNING");
      const { error } = await later.fail("FROM pg.public.unkept");
      assert.match(error.hint, /only the tables with a local copy/);
      assert.deepEqual(error.actions, ["reconnect"]);
      await proxy.open();
      const back = await later.succeed("SELECT count(*) FROM pg.public.kept");
      assert.deepEqual(back.notices, []);
      assert.ok(back.sent.length > 0);
    } finally {
      await later.close();
    }
  });

  it("of an alias without any leave nothing of a failed attach", async () => {
    await proxy.cut();
    try {
      await faultOf(engine.attach("other", { file }));
      const listed = await engine.handlers.listCatalogs(null);
      assert.ok(!listed.some(({ name }) => name === "other"));
    } finally {
      await proxy.open();
    }
  });
});
