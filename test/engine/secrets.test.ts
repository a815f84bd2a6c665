import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { TestEngine, faultOf } from "../support/engineHarness";
import {
  admin,
  canaryPassword,
  testServer,
  writeEnvFile,
} from "../support/postgres";
import { freePort } from "../support/freePort";

describe("secrets", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
  });
  after(() => engine.close());

  const guideSecret = `CREATE OR REPLACE SECRET postgres_connection (
    TYPE POSTGRES,
    HOST getenv('POSTGRES_HOST'),
    PORT getenv('POSTGRES_PORT')::INT,
    DATABASE getenv('POSTGRES_DATABASE'),
    USER getenv('POSTGRES_USER'),
    PASSWORD getenv('POSTGRES_PASSWORD')
);`;

  it("runs section 3 of the guide word for word", async () => {
    await engine.succeed("INSTALL postgres_scanner");
    await engine.succeed("LOAD postgres_scanner");
    await engine.succeed(guideSecret);
    await engine.succeed(
      "ATTACH '' AS source_memories (TYPE POSTGRES, SECRET postgres_connection);",
    );
    const [row] = await engine.rows(
      "SELECT CASE WHEN COUNT(*) >= 0 THEN 'Connection successful' ELSE 'Connection failed' END AS connection_status FROM source_memories.information_schema.tables LIMIT 1",
    );
    assert.deepEqual(row, ["Connection successful"]);
  });

  it("answers getenv() nowhere else, however it is hidden", async () => {
    await engine
      .succeed("CREATE MACRO reveal() AS getenv('POSTGRES_PASSWORD')")
      .catch(() => undefined);
    for (const sql of [
      "SELECT getenv('POSTGRES_PASSWORD')",
      "SELECT reveal()",
      "CREATE TABLE leaked AS SELECT getenv('POSTGRES_PASSWORD') AS a",
      "/* CREATE SECRET */ SELECT getenv('PATH')",
      "CREATE TABLE secret AS SELECT getenv('PATH') AS a",
      "SET VARIABLE x = getenv('POSTGRES_PASSWORD')",
    ]) {
      const { error } = await engine.fail(sql);
      assert.ok(
        error.class === "getenvRefused" || sql.includes("reveal"),
        `${sql}: ${error.class} ${error.message}`,
      );
    }
  });

  it("names the variable that getenv() does not find", async () => {
    const { error } = await engine.fail(
      "CREATE SECRET missing (TYPE postgres, HOST getenv('NO_SUCH_VARIABLE'))",
    );
    assert.equal(error.class, "variableMissing");
    assert.match(error.message, /NO_SUCH_VARIABLE/);
  });

  it("makes a secret from an env file that the user's own ATTACH can use", async () => {
    await engine.handlers.createSecret({
      name: "from file",
      source: { kind: "envFile", file: engine.envFile, prefix: "POSTGRES_" },
    });
    await engine.succeed(
      `ATTACH '' AS by_file (TYPE postgres, SECRET "from file")`,
    );
    assert.deepEqual(
      await engine.rows("FROM postgres_query('by_file', 'SELECT 1 AS a')"),
      [["1"]],
    );
  });

  it("makes a secret from a connection string with a password file", async () => {
    const { host, port, user, database } = testServer();
    const file = path.join(engine.folder, "pass");
    const password = canaryPassword.replace(/[\\:]/g, "\\$&");
    await writeFile(file, `*:*:*:*:${password}\n`, { mode: 0o600 });
    const connection = `host=${host} port=${port} user=${user} dbname=${database} passfile='${file}'`;
    const source = { kind: "connection", connection } as const;
    await engine.handlers.createSecret({ name: "made", source });
    await engine.succeed("ATTACH '' AS by_made (TYPE postgres, SECRET made)");
    await engine.succeed("DETACH by_made");
  });

  it("never shows the password, whatever happens", async () => {
    const { port, user } = testServer();
    const encoded = encodeURIComponent(canaryPassword);
    await engine.attach("pg", { readOnly: false });
    const statements = [
      guideSecret,
      `ATTACH 'postgresql://${user}:${encoded}@127.0.0.1:${port}/postgres' AS inline_ok (TYPE postgres)`,
      `ATTACH 'postgresql://${user}:${encoded}@127.0.0.1:${await freePort(0)}/postgres' AS inline_bad (TYPE postgres)`,
      `ATTACH 'postgresql://${user}:${encoded}@127.0.0.1:${port}/postgres'`,
      `ATTACH 'host=127.0.0.1 port=1 user=x password=''${canaryPassword}''' AS dsn_bad (TYPE postgres)`,
      `CREATE SECRET literal (TYPE postgres, PASSWORD '${canaryPassword}', NOPE 'x')`,
      `SELECT '${canaryPassword}' FROM nowhere`,
      `FROM postgres_query('pg', 'SELECT nope, ''${canaryPassword}''')`,
      "FROM duckdb_secrets()",
      "FROM duckdb_secrets(redact => false)",
      "FROM duckdb_logs",
      "SELECT database_name FROM duckdb_databases()",
    ];
    for (const sql of statements) {
      await engine.run(sql);
      await engine.run(sql.replaceAll("''''", "''"), "pg");
    }
    const kept = await engine.rows("SELECT * FROM duckdb_secrets()");
    assert.ok(kept.length > 0);
    const inline = (await engine.handlers.listCatalogs(null)).find(
      ({ name }) => name === "inline_ok",
    );
    assert.equal(inline?.state, "attached", "the inline pattern works");
    await faultOf(
      engine.attach("bad", {
        file: await writeEnvFile(path.join(engine.folder, "bad.env"), {
          USER: "nobody",
        }),
      }),
    );
    await admin("SELECT 1");
    const everything = JSON.stringify([engine.answers, engine.events]);
    for (const form of [
      canaryPassword,
      encoded,
      JSON.stringify(canaryPassword).slice(1, -1),
    ]) {
      const at = everything.indexOf(form);
      assert.equal(at, -1, everything.slice(Math.max(0, at - 300), at + 80));
    }
  });

  it("sends nothing that JSON would change", () => {
    const payloads = { answers: engine.answers, events: engine.events };
    assert.deepEqual(JSON.parse(JSON.stringify(payloads)), payloads);
  });
});
