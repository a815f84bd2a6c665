import assert from "node:assert/strict";
import { TestEngine } from "../support/engineHarness";
import { canaryPassword } from "../support/postgres";

describe("the journal", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(() => engine.close());

  const last = async (columns: string): Promise<readonly (string | null)[]> => {
    const [row] = await engine.rows(
      `SELECT ${columns} FROM viaduct.query_log ORDER BY id DESC LIMIT 1`,
    );
    assert.ok(row);
    return row;
  };

  it("has a run in DuckDB with its rows, and what went to the server", async () => {
    await engine.succeed(
      "SELECT d.i FROM range(5) d(i) JOIN pg.pg_catalog.pg_database p ON true WHERE p.datname = 'postgres'",
    );
    const [engineName, alias, status, rows, complete, sent] = await last(
      "engine, alias, status, row_count, complete, sent",
    );
    assert.deepEqual(
      [engineName, alias, status, rows, complete],
      ["duckdb", null, "succeeded", "5", "true"],
    );
    assert.match(sent ?? "", /pg: COPY \(SELECT/);
  });

  it("has a native run with its alias", async () => {
    await engine.succeed("SELECT 1 AS one", "pg");
    assert.deepEqual(await last("query_text, engine, alias"), [
      "SELECT 1 AS one",
      "postgres",
      "pg",
    ]);
  });

  it("has errors with their class, and when it was", async () => {
    await engine.fail("FROM nowhere");
    const [status, errorClass, error, recent] = await last(
      "status, error_class, error, query_start BETWEEN now() - INTERVAL 1 MINUTE AND now() AND query_duration_ms > 0",
    );
    assert.deepEqual(
      [status, errorClass, recent],
      ["failed", "catalog", "true"],
    );
    assert.match(error ?? "", /nowhere/);
  });

  it("holds no password, whoever wrote it", async () => {
    await engine.run(
      `CREATE SECRET s (TYPE postgres, HOST 'h', PASSWORD '${canaryPassword}')`,
    );
    await engine.run(
      "ATTACH 'postgresql://u:0ther-s3cret@127.0.0.1:1/d' AS x (TYPE postgres)",
    );
    const all = await engine.rows("SELECT q::VARCHAR FROM viaduct.query_log q");
    assert.doesNotMatch(JSON.stringify(all), /c4nary|0ther-s3cret/);
    assert.match(JSON.stringify(all), /CREATE SECRET/);
  });

  it("leaves a table of the user's that has its name", async () => {
    await engine.succeed("CREATE TABLE query_log AS SELECT 7 AS mine");
    assert.deepEqual(await engine.rows("FROM query_log"), [["7"]]);
    await engine.succeed("DROP TABLE query_log");
  });

  it("answers for no table of the user's, and is not changed under a name that it does not have", async () => {
    const isThere = "SELECT count(*) > 0 FROM viaduct.query_log";
    for (const sql of [
      "DELETE FROM query_log",
      "DROP TABLE query_log",
      "INSERT INTO query_log (id) VALUES (1)",
    ]) {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, "catalog", sql);
    }
    assert.deepEqual(await engine.rows(isThere), [["true"]]);
    await engine.succeed("CREATE TABLE query_log AS SELECT 7 AS mine");
    for (const sql of [
      "SELECT status FROM query_log",
      "DELETE FROM query_log WHERE status = 'succeeded'",
    ]) {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, "binder", sql);
    }
    await engine.succeed("DROP TABLE query_log");
    const { error } = await engine.fail("FROM query_log, locall");
    assert.equal(error.class, "catalog");
    assert.deepEqual(await engine.rows(isThere), [["true"]]);
  });

  it("is not in the tree, and its name is no alias", async () => {
    const catalogs = await engine.handlers.listCatalogs(null);
    assert.ok(!catalogs.some(({ name }) => name === "viaduct"));
    await assert.rejects(engine.attach("Viaduct"), /name that Viaduct uses/);
  });
});
