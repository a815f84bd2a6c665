import assert from "node:assert/strict";
import path from "node:path";
import { Duckdb } from "../../src/engine/duckdb";
import { Snapshots } from "../../src/engine/snapshots/snapshots";
import { TestEngine } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import { freePort } from "../support/freePort";
import { TcpProxy } from "../support/tcpProxy";

describe("what stands in for a server, and what does not", () => {
  let engine: TestEngine;
  let proxy: TcpProxy;
  before(async () => {
    await admin(
      "CREATE TABLE stood_in AS SELECT 1 AS a; CREATE TABLE not_copied (a INTEGER)",
    );
    engine = await TestEngine.start({ connectTimeoutSeconds: 2 });
    proxy = new TcpProxy(await freePort(0), testServer());
    await proxy.open();
    await engine.attach("pg", {
      file: await writeEnvFile(path.join(engine.folder, "proxy.env"), {
        PORT: String(proxy.port),
      }),
    });
    await engine.handlers.takeSnapshot({
      alias: "pg",
      schema: "public",
      relation: "stood_in",
    });
    await engine.succeed(
      `CREATE SECRET s (TYPE postgres, HOST getenv('POSTGRES_HOST'), PORT '${proxy.port}', DATABASE getenv('POSTGRES_DATABASE'), USER getenv('POSTGRES_USER'), PASSWORD getenv('POSTGRES_PASSWORD'))`,
    );
    await engine.succeed("ATTACH '' AS written (TYPE postgres, SECRET s)");
    await proxy.cut();
  });
  after(async () => {
    await engine.close();
    await proxy.cut();
    await admin("DROP TABLE stood_in, not_copied");
  });

  it("copies are read where the table is read", async () => {
    assert.deepEqual(await engine.rows("FROM pg.public.stood_in"), [["1"]]);
    await engine.succeed("DESCRIBE pg.public.stood_in");
  });

  for (const sql of [
    "SELECT count(*) >= 0 FROM pg.information_schema.tables",
    "FROM postgres_query('pg', 'SELECT 1')",
    "SHOW TABLES FROM pg",
    "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'pg'",
    "PREPARE p AS FROM pg.public.stood_in",
    "INSERT INTO pg.public.stood_in VALUES (2)",
    "USE pg",
  ]) {
    it(`copies do not answer for the server: ${sql}`, async () => {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, "connectionRefused", error.message);
      assert.deepEqual(await engine.rows("SELECT 1"), [["1"]]);
      await engine.succeed("FROM duckdb_tables()");
    });
  }

  it("a name that is away can be given to another database", async () => {
    await engine.succeed("SHOW ALL TABLES");
    await engine.succeed("ATTACH ':memory:' AS written");
    await engine.succeed("CREATE TABLE written.here AS SELECT 3 AS a");
    assert.deepEqual(await engine.rows("FROM written.here"), [["3"]]);
    await engine.succeed("DETACH written");
    await engine.attach("written");
    assert.deepEqual(await engine.rows("FROM written.public.stood_in"), [
      ["1"],
    ]);
  });

  it("copies do not take away what was attached under their name meanwhile", async () => {
    const { snapshotDirectory } = engine.options;
    const instance = await Duckdb.open({});
    const connection = await instance.connect();
    try {
      const { host, database } = testServer();
      const place = { host, port: String(proxy.port), database };
      const snapshots = new Snapshots(
        connection,
        snapshotDirectory,
        () => place,
      );
      await snapshots.inPlaceOf("pg", async () => {
        await connection.run("DETACH pg");
        await connection.run("ATTACH ':memory:' AS pg");
        await connection.run("CREATE TABLE pg.live AS SELECT 1 AS a");
      });
      assert.deepEqual(await connection.rows("FROM pg.live"), [["1"]]);
    } finally {
      await connection.close();
      instance.close();
    }
  });
});
