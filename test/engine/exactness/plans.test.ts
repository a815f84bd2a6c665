import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../../support/postgres";
import { QueryProxy } from "../../support/queryProxy";

describe("the plan by which a statement's columns are judged", () => {
  let engine: TestEngine;
  let proxy: QueryProxy;
  before(async () => {
    await admin("CREATE TABLE planned (n numeric)");
    proxy = await QueryProxy.open(testServer());
    engine = await TestEngine.start();
  });
  after(async () => {
    await engine.close();
    await proxy.close();
    await admin("DROP TABLE planned");
  });

  it("is the one that the guard of read-only databases has asked for", async () => {
    const file = await writeEnvFile(path.join(engine.folder, "proxy.env"), {
      PORT: String(proxy.port),
    });
    // DuckDB prepares it on the server whenever it plans it.
    const asked: number[] = [];
    for (const readOnly of [true, false]) {
      await engine.attach("pg", { readOnly, file });
      const from = proxy.queries.length;
      const { columns } = await engine.succeed(
        "FROM postgres_query('pg', 'SELECT n FROM planned')",
      );
      assert.notEqual(columns[0]?.inexact, undefined);
      const seen = proxy.queries.slice(from);
      asked.push(seen.filter((sql) => sql.includes("planned")).length);
      await engine.handlers.detach({ alias: "pg" });
    }
    const [guarded = 0, free = 0] = asked;
    assert.ok(guarded > 0);
    assert.equal(guarded, free);
  });
});
