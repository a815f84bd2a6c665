import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { faultOf, TestEngine } from "../support/engineHarness";
import { admin, writeEnvFile } from "../support/postgres";

describe("local copies of tables", () => {
  let engine: TestEngine;

  before(async () => {
    await admin(
      `CREATE SCHEMA "Od""d";
       CREATE TABLE "Od""d"."ta.ble" AS SELECT i AS id, 'text ' || i AS note FROM generate_series(1, 50) i`,
    );
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(async () => {
    await engine.close();
    await admin(`DROP SCHEMA "Od""d" CASCADE`);
  });

  const key = { alias: "pg", schema: 'Od"d', relation: "ta.ble" };
  const files = async (): Promise<string[]> =>
    readdir(path.join(engine.folder, "snapshots")).catch(() => []);

  it("are none at first", async () => {
    assert.deepEqual(await engine.handlers.listSnapshots({ alias: "pg" }), []);
  });

  it("are taken with all rows, anew when asked again, whatever the names are", async () => {
    const first = await engine.handlers.takeSnapshot(key);
    assert.equal(first.rowCount, 50);
    await admin(`INSERT INTO "Od""d"."ta.ble" VALUES (51, 'new')`);
    const second = await engine.handlers.takeSnapshot(key);
    assert.equal(second.rowCount, 51);
    const listed = await engine.handlers.listSnapshots({ alias: "PG" });
    assert.deepEqual(
      listed.map(({ schema, relation, rowCount }) => ({
        schema,
        relation,
        rowCount,
      })),
      [{ schema: 'Od"d', relation: "ta.ble", rowCount: 51 }],
    );
    assert.ok(Math.abs(Date.parse(second.takenAt) - Date.now()) < 600_000);
  });

  it("stay as they were when a new one cannot be taken", async () => {
    const fault = await faultOf(
      engine.handlers.takeSnapshot({ ...key, relation: "missing" }),
    );
    assert.equal(fault.class, "catalog", fault.message);
    const listed = await engine.handlers.listSnapshots({ alias: "pg" });
    assert.equal(listed.length, 1);
  });

  it("are those of their server, not of another under the alias", async () => {
    const other = await writeEnvFile(path.join(engine.folder, "other.env"), {
      DATABASE: "template1",
    });
    await engine.attach("pg", { file: other });
    assert.deepEqual(await engine.handlers.listSnapshots({ alias: "pg" }), []);
    await engine.attach("pg");
    const listed = await engine.handlers.listSnapshots({ alias: "pg" });
    assert.equal(listed.length, 1);
  });

  it("leave no catalog in the session", async () => {
    const names = await engine.rows(
      "SELECT database_name FROM duckdb_databases() WHERE database_name LIKE 'viaduct_snap%'",
    );
    assert.deepEqual(names, []);
  });

  it("go with their file when they are dropped", async () => {
    assert.equal((await files()).length, 1);
    await engine.handlers.dropSnapshot(key);
    assert.deepEqual(await engine.handlers.listSnapshots({ alias: "pg" }), []);
    assert.deepEqual(await files(), []);
  });

  it("go with their attachment when that is removed, attached or not, and no other's go", async () => {
    const spec = (alias: string, file = engine.envFile) => ({
      alias,
      readOnly: true,
      source: { kind: "envFile", file, prefix: "POSTGRES_" } as const,
    });
    await engine.attach("kept");
    await engine.handlers.takeSnapshot({ ...key, alias: "kept" });
    for (const isAttached of [true, false]) {
      await engine.attach("pg");
      await engine.handlers.takeSnapshot(key);
      assert.equal((await files()).length, 2);
      if (!isAttached) {
        await engine.handlers.detach({ alias: "pg" });
      }
      await engine.handlers.dropSnapshots(spec("pg"));
      assert.equal((await files()).length, 1);
    }
    const fault = await faultOf(
      engine.handlers.dropSnapshots(spec("gone", "/nowhere/.env")),
    );
    assert.equal(fault.class, "envFileMissing");
    const listed = await engine.handlers.listSnapshots({ alias: "kept" });
    assert.equal(listed.length, 1);
  });
});
