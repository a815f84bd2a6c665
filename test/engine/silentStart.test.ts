import assert from "node:assert/strict";
import path from "node:path";
import { faultOf, TestEngine } from "../support/engineHarness";
import { admin, writeEnvFile } from "../support/postgres";
import { SilentServer } from "../support/silentServer";

describe("servers that say nothing while they are attached", () => {
  let engine: TestEngine;
  let silent: SilentServer;
  /** What has ended so far, in its order. */
  let ended: string[];
  beforeEach(async () => {
    await admin("CREATE TABLE IF NOT EXISTS quiet (a INTEGER)");
    engine = await TestEngine.start({ connectTimeoutSeconds: 3 });
    silent = await SilentServer.start();
    ended = [];
  });
  afterEach(async () => {
    await engine.close();
    await silent.stop();
    await admin("DROP TABLE quiet");
  });

  const noted = <T>(name: string, work: Promise<T>): Promise<T> =>
    work.finally(() => ended.push(name));
  const attachMute = async (alias: string): Promise<void> => {
    const file = await writeEnvFile(path.join(engine.folder, "mute.env"), {
      PORT: String(silent.port),
    });
    const error = await noted(alias, faultOf(engine.attach(alias, { file })));
    assert.equal(error.class, "connectTimeout", error.message);
  };
  const mutes = ["mute1", "mute2", "mute3"];

  it("hold up neither another server nor local work, whatever comes first", async () => {
    const muted = mutes.map(attachMute);
    // All of them wait by now, and what is asked for comes behind them.
    await silent.heard(mutes.length);
    await noted("local", engine.rows("SELECT 1"));
    await noted("attached", engine.attach("alive"));
    await noted("hybrid", engine.rows("FROM alive.public.quiet"));
    await noted("native", engine.rows("SELECT 1", "alive"));
    await noted("tree", engine.handlers.listSchemas({ catalog: "alive" }));
    await noted("list", engine.handlers.listCatalogs(null));
    await noted("again", engine.rows("SELECT 2"));
    assert.deepEqual(ended, [
      "local",
      "attached",
      "hybrid",
      "native",
      "tree",
      "list",
      "again",
    ]);
    await Promise.all(muted);
  }).timeout(60_000);

  it("are waited for side by side", async () => {
    const muted = mutes.map(attachMute);
    await silent.heard(mutes.length);
    assert.deepEqual(ended, []);
    await Promise.all(muted);
  }).timeout(60_000);

  it("are waited for by a statement, a native run and a tree level that name them, which say why it was in vain", async () => {
    const muted = attachMute("mute");
    await silent.heard(1);
    const tree = faultOf(engine.handlers.listSchemas({ catalog: "mute" }));
    const [hybrid, native] = await Promise.all([
      noted("hybrid", engine.fail("FROM mute.public.quiet")),
      noted("native", engine.fail("SELECT 1", "mute")),
      muted,
    ]);
    for (const error of [hybrid.error, native.error, await tree]) {
      assert.equal(error.class, "connectTimeout", error.message);
      assert.match(error.message, /^"mute" is not attached.*does not answer/);
      assert.equal(error.alias, "mute");
      assert.equal(error.actions[0], "reconnect");
    }
  }).timeout(60_000);

  it("let what waits for them be cancelled", async () => {
    const muted = attachMute("mute");
    await silent.heard(1);
    const hybrid = engine.begin("FROM mute.public.quiet");
    const native = engine.begin("SELECT 1", "mute");
    const queued = engine.begin("SELECT 1");
    for (const { runId } of [hybrid, native]) {
      await engine.handlers.cancel({ runId });
    }
    assert.equal((await noted("h", hybrid.outcome)).status, "cancelled");
    assert.equal((await noted("n", native.outcome)).status, "cancelled");
    assert.equal((await noted("q", queued.outcome)).status, "succeeded");
    assert.deepEqual(ended, ["h", "n", "q"]);
    await muted;
  }).timeout(60_000);

  it("are waited for by a view that reads them, which says why it was in vain", async () => {
    await engine.attach("mute");
    await engine.succeed("CREATE VIEW v AS FROM mute.public.quiet");
    await engine.handlers.detach({ alias: "mute" });
    const muted = attachMute("mute");
    await silent.heard(1);
    const { error } = await engine.fail("FROM v");
    assert.match(error.message, /^"mute" is not attached.*does not answer/);
    await muted;
    const again = await engine.fail("FROM v");
    assert.equal(again.error.class, "connectTimeout", again.error.message);
  }).timeout(60_000);
});
