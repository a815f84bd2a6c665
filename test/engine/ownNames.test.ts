import assert from "node:assert/strict";
import path from "node:path";
import { faultOf, TestEngine } from "../support/engineHarness";
import { testServer, writeEnvFile } from "../support/postgres";
import { freePort } from "../support/freePort";
import { TcpProxy } from "../support/tcpProxy";

describe("what Viaduct has made, in statements of the user's", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
  });
  beforeEach(() => engine.attach("Pg"));
  after(() => engine.close());

  const names = async (): Promise<string[]> =>
    (await engine.handlers.listCatalogs(null)).map(
      ({ name, state, managed }) =>
        `${name} ${managed ? "managed" : "own"} ${state}`,
    );

  it("is no secret that can be dropped or replaced: the attachment would lose its server", async () => {
    for (const sql of [
      "DROP SECRET viaduct_Pg",
      "DROP TEMPORARY SECRET IF EXISTS viaduct_pg",
      "CREATE OR REPLACE SECRET \"VIADUCT_PG\" (TYPE postgres, HOST 'nowhere.invalid')",
      "CREATE SECRET IF NOT EXISTS viaduct_pg (TYPE postgres, HOST 'nowhere.invalid')",
    ]) {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, "aliasInvalid", sql);
      assert.match(error.message, /"Pg" is attached with it/, sql);
    }
    const { error } = await engine.fail(
      "CREATE SECRET viaduct_other (TYPE postgres)",
    );
    assert.match(error.message, /begin with viaduct_/);
    await engine.succeed("CREATE SECRET other (TYPE postgres)");
    await engine.succeed("DROP SECRET other");
    assert.deepEqual(
      await engine.rows("FROM postgres_query('Pg', 'SELECT 1 AS a')"),
      [["1"]],
    );
  });

  it("is none of the databases that it needs itself", async () => {
    for (const name of ["viaduct_host", "VIADUCT"]) {
      const { error } = await engine.fail(`DETACH ${name}`);
      assert.match(error.message, /Viaduct itself needs/, name);
    }
    await engine.succeed("FROM viaduct.query_log");
  });

  it("is detached by DETACH, with its secret, and can be attached again", async () => {
    await engine.succeed("DETACH pg");
    assert.deepEqual(await names(), ["memory own attached"]);
    assert.deepEqual(
      await engine.rows("SELECT name FROM duckdb_secrets()"),
      [],
    );
    const error = await faultOf(engine.run("SELECT 1", "Pg"));
    assert.equal(error.class, "attachmentMissing");
    await engine.attach("Pg");
    assert.deepEqual(await names(), [
      "memory own attached",
      "Pg managed attached",
    ]);
  });

  it("is detached by DETACH while its server is away, and does not come back by being named", async () => {
    const proxy = new TcpProxy(await freePort(0), testServer());
    await proxy.open();
    const file = await writeEnvFile(path.join(engine.folder, "proxy.env"), {
      PORT: String(proxy.port),
    });
    for (const sql of ["DETACH away", "DETACH DATABASE IF EXISTS Away"]) {
      await engine.attach("away", { file });
      await proxy.cut();
      await engine.fail("FROM away.information_schema.tables");
      assert.ok((await names()).includes("away managed unreachable"));
      await engine.succeed(sql);
      await proxy.open();
      assert.ok(!(await names()).join().includes("away"));
      const { error } = await engine.fail(
        "FROM away.information_schema.tables",
      );
      assert.equal(error.class, "catalog");
    }
    await proxy.cut();
  });
});
