import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";
import { packedExtensions } from "../support/extensionFiles";

describe("a statement that needs an extension", () => {
  const engines: TestEngine[] = [];
  /** Nothing is installed yet, and nobody answers on the network. */
  const fresh = async (repository = packedExtensions): Promise<TestEngine> => {
    const engine = await TestEngine.create();
    const own = await TestEngine.create({
      envFiles: [engine.envFile],
      extensionDirectory: path.join(engine.folder, "extensions"),
      extensionRepositories: [repository],
      settings: { http_proxy: "127.0.0.1:9" },
    });
    await own.initialize();
    engines.push(engine, own);
    return own;
  };
  after(() => Promise.all(engines.map((engine) => engine.close())));

  const secretSql =
    "CREATE SECRET s (TYPE postgres, HOST getenv('POSTGRES_HOST'), PORT getenv('POSTGRES_PORT'), DATABASE getenv('POSTGRES_DATABASE'), USER getenv('POSTGRES_USER'), PASSWORD getenv('POSTGRES_PASSWORD'))";

  it("that lies in the configured folder gets it, and says so", async () => {
    for (const sql of [
      secretSql,
      "ATTACH 'host=127.0.0.1 port=1' AS x (TYPE postgres)",
      "SET pg_pages_per_task = 100",
      "SELECT stem('running', 'porter')",
      "LOAD fts",
    ]) {
      const engine = await fresh();
      const { notices, error } = await engine.run(sql);
      assert.notEqual(error?.class, "extensionMissing", sql);
      assert.match(
        notices[0]?.message ?? "",
        /extension "\w+", which is on this machine and was installed and loaded/,
        sql,
      );
    }
  }).timeout(60_000);

  it("attaches with a secret of its own, before anything was installed", async () => {
    const engine = await fresh();
    await engine.succeed(secretSql);
    const { notices } = await engine.succeed(
      "ATTACH '' AS mine (TYPE postgres, SECRET s)",
    );
    assert.deepEqual(notices, []);
    assert.deepEqual(
      await engine.rows("FROM postgres_query('mine', 'SELECT 1 AS a')"),
      [["1"]],
    );
  });

  it("gets it inside a transaction, too, which has to be begun again", async () => {
    const engine = await fresh();
    await engine.succeed("BEGIN");
    await engine.succeed("CREATE TABLE kept AS SELECT 1 AS a");
    const { error, notices } = await engine.fail(
      "SELECT stem('running', 'porter')",
    );
    assert.equal(error.class, "extensionMissing");
    assert.match(notices[0]?.message ?? "", /ROLLBACK, and run it again/);
    await engine.succeed("ROLLBACK");
    assert.deepEqual(await engine.rows("SELECT stem('running', 'porter')"), [
      ["run"],
    ]);
  });

  it("that would have to be downloaded is asked about, with its name and its place", async () => {
    const engine = await fresh("/nowhere/repository");
    for (const [sql, name] of [
      [secretSql, "postgres_scanner"],
      ["ATTACH 'x.db' AS y (TYPE sqlite)", "sqlite_scanner"],
      ["FROM read_xlsx('x.xlsx')", "excel"],
      ["SELECT ST_Point(1, 2)", "spatial"],
    ] as const) {
      const { error, notices } = await engine.fail(sql);
      assert.equal(error.class, "extensionMissing", error.message);
      assert.equal(error.extension?.name, name);
      assert.match(error.extension.from, /^http:.*duckdb_extension\.gz$/);
      assert.ok(error.actions.includes("installExtension"));
      assert.deepEqual(notices, []);
    }
  });
});
