import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import { freePort } from "../support/freePort";
import { SilentServer } from "../support/silentServer";
import { SilentNetwork } from "../support/silentNetwork";
import { TcpProxy } from "../support/tcpProxy";

describe("two servers, one of them dead", () => {
  let engine: TestEngine;
  let proxy: TcpProxy;
  beforeEach(async () => {
    await admin("CREATE TABLE IF NOT EXISTS two (a INTEGER)");
    engine = await TestEngine.start({ connectTimeoutSeconds: 2 });
    proxy = new TcpProxy(await freePort(0), testServer());
    await proxy.open();
    await engine.attach("alive", { readOnly: false });
    await engine.succeed("CREATE TABLE local AS FROM range(3)");
  });
  afterEach(async () => {
    await engine.close();
    await proxy.cut();
    await admin("DROP TABLE two");
  });

  const secret = (name: string, port: number): string =>
    `CREATE SECRET ${name} (TYPE postgres, HOST getenv('POSTGRES_HOST'), PORT '${port}', DATABASE getenv('POSTGRES_DATABASE'), USER getenv('POSTGRES_USER'), PASSWORD getenv('POSTGRES_PASSWORD'))`;
  const everythingElseWorks = async (): Promise<void> => {
    assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [["3"]]);
    assert.deepEqual(await engine.rows("FROM alive.public.two"), []);
    assert.deepEqual(await engine.rows("SELECT 1", "alive"), [["1"]]);
    await engine.succeed("SHOW ALL TABLES");
    await engine.succeed("SHOW TABLES");
    await engine.succeed("FROM duckdb_tables()");
    await engine.succeed("FROM sql_auto_complete('SELECT * FROM lo')");
    const typo = await engine.fail("FROM locall");
    assert.equal(typo.error.class, "catalog", typo.error.message);
    for (const catalog of ["alive", "memory"]) {
      assert.ok((await engine.handlers.listSchemas({ catalog })).length > 0);
    }
  };

  it("leaves local work and the other server alone", async () => {
    const file = await writeEnvFile(path.join(engine.folder, "dead.env"), {
      PORT: String(proxy.port),
    });
    await engine.attach("dead", { file });
    await engine.rows("FROM dead.public.two");
    await proxy.cut();
    await everythingElseWorks();
    assert.equal(
      (await engine.fail("FROM dead.public.two")).error.class,
      "connectionRefused",
    );
    await proxy.open();
    assert.deepEqual(await engine.rows("FROM dead.public.two"), []);
  });

  it("detaches a dead one that a statement has attached, and says so", async () => {
    await engine.succeed(secret("dead_secret", proxy.port));
    await engine.succeed(
      "ATTACH '' AS dead (TYPE postgres, SECRET dead_secret)",
    );
    await engine.rows("FROM dead.public.two");
    await proxy.cut();
    const { notices } = await engine.succeed("SHOW ALL TABLES");
    assert.match(notices[0]?.message ?? "", /"dead".* was detached/);
    await everythingElseWorks();
    assert.ok(
      (await engine.handlers.listCatalogs(null)).every(
        ({ name }) => name !== "dead",
      ),
    );
  });

  it("does not wait for those that are still being attached", async () => {
    const silent = await SilentServer.start();
    try {
      const file = await writeEnvFile(path.join(engine.folder, "mute.env"), {
        PORT: String(silent.port),
      });
      let ended = 0;
      const attaching = ["mute1", "mute2", "mute3"].map((alias) =>
        engine.attach(alias, { file }).then(
          () => assert.fail("attached"),
          () => {
            ended += 1;
          },
        ),
      );
      assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [
        ["3"],
      ]);
      assert.deepEqual(await engine.rows("SELECT 1", "alive"), [["1"]]);
      assert.equal(ended, 0);
      await Promise.all(attaching);
    } finally {
      await silent.stop();
    }
  }).timeout(60_000);

  it("waits no longer for a silent one than for a connection", async () => {
    const network = await SilentNetwork.open(testServer());
    try {
      const file = await writeEnvFile(path.join(engine.folder, "silent.env"), {
        PORT: String(network.port),
      });
      await engine.attach("silent", { file });
      await engine.rows("FROM silent.public.two");
      await engine.rows("SELECT 1", "silent");
      await engine.handlers.listSchemas({ catalog: "silent" });
      network.hang();
      const native = engine.run("SELECT 2", "silent");
      await everythingElseWorks();
      const { error } = await engine.fail("FROM silent.public.two");
      assert.equal(error.class, "connectTimeout", error.message);
      assert.match(error.message, /2 s|timeout/);
      assert.equal((await native).error?.class, "connectionLost");
      const states = (await engine.handlers.listCatalogs(null)).map(
        ({ name, state }) => `${name} ${state}`,
      );
      assert.ok(states.includes("silent unreachable"), states.join());
    } finally {
      await network.close();
    }
  }).timeout(60_000);
});
