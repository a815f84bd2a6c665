import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";
import {
  admin,
  connectAdmin,
  testServer,
  writeEnvFile,
} from "../support/postgres";
import { QueryProxy } from "../support/queryProxy";
import { until } from "../support/until";

describe("a level of the tree", () => {
  let engine: TestEngine;
  let proxy: QueryProxy;
  before(async () => {
    engine = await TestEngine.start();
    proxy = await QueryProxy.open(testServer());
    await engine.attach("pg", {
      file: await writeEnvFile(path.join(engine.folder, "counted.env"), {
        PORT: String(proxy.port),
      }),
    });
  });
  after(async () => {
    await engine.close();
    await proxy.close();
  });

  const catalog = "pg";

  it("is one query each", async () => {
    await engine.handlers.listSchemas({ catalog });
    for (const open of [
      () => engine.handlers.listSchemas({ catalog }),
      () =>
        engine.handlers.listRelations({
          catalog,
          schema: "information_schema",
        }),
      () =>
        engine.handlers.listColumns({
          catalog,
          schema: "information_schema",
          relation: "tables",
        }),
    ]) {
      const before = proxy.queries.length;
      assert.ok((await open()).length > 0);
      assert.equal(proxy.queries.length - before, 1);
    }
  });

  it("that the server holds up does not hold up runs, in either engine", async () => {
    const holder = await connectAdmin();
    try {
      // Only the list of materialised views looks there.
      await holder.query(
        "BEGIN; LOCK TABLE pg_catalog.pg_tablespace IN ACCESS EXCLUSIVE MODE",
      );
      const level = engine.handlers.listRelations({
        catalog,
        schema: "public",
      });
      await until("the level to wait for the lock", async () => {
        const waiting = await admin(
          "SELECT FROM pg_stat_activity WHERE application_name LIKE 'viaduct-catalog-%' AND wait_event_type = 'Lock'",
        );
        return waiting.length > 0;
      });
      assert.deepEqual(await engine.rows("SELECT 42"), [["42"]]);
      assert.deepEqual(await engine.rows("SELECT 42", "pg"), [["42"]]);
      assert.deepEqual(
        await engine.rows("FROM postgres_query('pg', 'SELECT 42 AS n')"),
        [["42"]],
      );
      await holder.query("COMMIT");
      assert.ok(Array.isArray(await level));
    } finally {
      await holder.end();
    }
  });
});
