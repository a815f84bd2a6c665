import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import path from "node:path";
import { appendEnv } from "../../src/core/connections/envAppend";
import { splitStatements } from "../../src/core/sql/statements";
import { TestEngine } from "../support/engineHarness";
import { fixed, quoted } from "../support/fixedScript";
import { connectAdmin, testServer } from "../support/postgres";
import { testExtension } from "../support/testExtensions";

/** A port that nobody listens on. */
async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("DuckDB scripts of other extensions after their fixes", function () {
  this.timeout(240_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
  });
  after(async () => {
    await engine.close();
  });

  /** Loads official extensions; without a network that has them the test is left out. */
  async function load(
    test: Mocha.Context,
    ...names: readonly string[]
  ): Promise<void> {
    for (const name of names) {
      const file = await testExtension(name);
      if (file === null) {
        test.skip();
      }
      await engine.succeed(`LOAD ${quoted(file)}`);
    }
  }

  /** The statements of a fixed script, with its variables in the env file. */
  async function prepared(text: string, values: readonly string[]) {
    const plan = fixed(text, values);
    const before = await readFile(engine.envFile, "utf8");
    await writeFile(engine.envFile, appendEnv(before, plan.env));
    return splitStatements(plan.text).map(({ text: each }) => each);
  }

  it("keep the catalog of a DuckLake in PostgreSQL", async function () {
    await load(this, "ducklake");
    const { host, port, user, password } = testServer();
    const admin = await connectAdmin();
    await admin.query("CREATE DATABASE fixed_lake");
    try {
      const conninfo = `host=${host} port=${port} user=${user} password='${password}' dbname=fixed_lake`;
      const data = path.join(engine.folder, "lake");
      const statements = await prepared(
        `ATTACH ${quoted(`ducklake:postgres:${conninfo}`)} AS lake (DATA_PATH ${quoted(data)});\n` +
          "CREATE TABLE lake.t AS SELECT 42 AS a;",
        [password],
      );
      for (const statement of statements) {
        await engine.succeed(statement);
      }
      assert.deepEqual(await engine.rows("SELECT a FROM lake.t"), [["42"]]);
      const told = JSON.stringify([
        await engine.rows("SELECT * FROM duckdb_databases()"),
        await engine.rows("SELECT * FROM duckdb_secrets()"),
      ]);
      assert.ok(!told.includes(password));
      await engine.succeed("DETACH lake");
    } finally {
      await admin.query("DROP DATABASE fixed_lake WITH (FORCE)");
      await admin.end();
    }
  });

  it("go to a MySQL server with what they said of it", async function () {
    await load(this, "mysql_scanner");
    const port = await unusedPort();
    const [secret = "", attach = ""] = await prepared(
      `ATTACH 'host=127.0.0.1 port=${String(port)} user=u passwd="k7 Lp0q2" db=d' AS fixed_my (TYPE mysql);`,
      ["Lp0q2"],
    );
    await engine.succeed(secret);
    const { error } = await engine.fail(attach);
    assert.match(error.message, /connect to .*127\.0\.0\.1/i);
    assert.deepEqual(
      await engine.rows(
        "SELECT secret_string FROM duckdb_secrets() WHERE name = 'fixed_my_connection'",
      ),
      [
        [
          `name=fixed_my_connection;type=mysql;provider=config;serializable=true;scope;database=d;host=127.0.0.1;password=redacted;port=${String(port)};user=u`,
        ],
      ],
    );
  });

  it("attach another DuckDB by its own token", async function () {
    await load(this, "httpfs", "quack");
    const server = `quack:localhost:${String(await unusedPort())}`;
    await engine.succeed(
      `CALL quack_serve(${quoted(server)}, token = 'k7Lp0q2')`,
    );
    const statements = await prepared(
      `ATTACH ${quoted(server)} AS far (TOKEN 'k7Lp0q2');`,
      ["k7Lp0q2"],
    );
    for (const statement of statements) {
      await engine.succeed(statement);
    }
    await engine.succeed("DETACH far");
    await engine.succeed(
      "CREATE OR REPLACE SECRET far_connection (TYPE quack, TOKEN 'k8Lp0q2')",
    );
    await engine.fail(`ATTACH ${quoted(server)} AS far`);
    await engine.succeed(`CALL quack_stop(${quoted(server)})`);
  });

  it("go through a proxy as before", async function () {
    await load(this, "httpfs");
    const statements = await prepared(
      "SET http_proxy = 'http://u:k7Lp0q2@127.0.0.1:1';",
      ["k7Lp0q2"],
    );
    for (const statement of statements) {
      await engine.succeed(statement);
    }
    const [[told] = []] = await engine.rows(
      "SELECT secret_string FROM duckdb_secrets() WHERE name = 'http_settings'",
    );
    assert.match(
      told ?? "",
      /http_proxy=http:\/\/127\.0\.0\.1:1;http_proxy_password=redacted;http_proxy_username=u/,
    );
  });

  it("take a variable of the session only where DuckDB hides it", async () => {
    const statements = await prepared(
      "SET VARIABLE db_password = 'k7Lp0q2';\nCREATE OR REPLACE SECRET by_variable (TYPE postgres, HOST 'h', PASSWORD getvariable('db_password'));",
      ["k7Lp0q2"],
    );
    assert.equal(statements.length, 1);
    for (const statement of statements) {
      await engine.succeed(statement);
    }
  });
});
