import assert from "node:assert/strict";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import fc from "fast-check";
import { appendEnv } from "../../src/core/connections/envAppend";
import { fixAll } from "../../src/core/credentials/fix/fixAll";
import { lint } from "../../src/core/credentials/lint";
import { ViaductError } from "../../src/core/errors/viaductError";
import { splitStatements } from "../../src/core/sql/statements";
import { parseEnvText } from "../../src/engine/environment";
import { TestEngine } from "../support/engineHarness";
import { fixed, quoted } from "../support/fixedScript";
import { connectAdmin, testServer } from "../support/postgres";

describe("DuckDB scripts after their fixes", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    // httpfs, which encrypts for real, is not there.
    await engine.succeed("SET force_mbedtls_unsafe = true");
  });
  after(async () => {
    await engine.close();
  });

  /** Runs what a fix makes of a script with the env file that it makes. */
  async function runFixed(text: string, values: readonly string[]) {
    const plan = fixed(text, values);
    const before = await readFile(engine.envFile, "utf8");
    await writeFile(engine.envFile, appendEnv(before, plan.env));
    for (const statement of splitStatements(plan.text)) {
      await engine.succeed(statement.text);
    }
    return plan;
  }

  it("attach by URL, with a password that has to be encoded, and read", async () => {
    const { host, port, user, password, database } = testServer();
    const url = `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}?sslmode=disable`;
    await runFixed(
      `-- a comment\nATTACH ${quoted(url)} AS "order" (TYPE postgres, READ_ONLY);\nSELECT count(*) FROM "order".information_schema.tables;`,
      [password, encodeURIComponent(password)],
    );
  });

  it("attach by key and value, and by the name of the database", async () => {
    const { host, port, user, password, database } = testServer();
    const conninfo = `host=${host} port=${port} user=${user} password='${password}' dbname=${database}`;
    await runFixed(
      `ATTACH ${quoted(`postgres:${conninfo}`)};\r\nSELECT count(*) FROM ${database}.information_schema.tables;`,
      [password],
    );
    await engine.succeed(`DETACH ${database}`);
  });

  it("read a table by postgres_scan and a query by postgres_query", async () => {
    const { host, port, user, password } = testServer();
    const admin = await connectAdmin();
    await admin.query(
      'CREATE TABLE public."Fixed rows" AS SELECT 1 AS a UNION ALL SELECT 2',
    );
    try {
      const conninfo = `host=${host} port=${port} user=${user} password='${password}' dbname=postgres`;
      const { text } = await runFixed(
        `SELECT sum(a) FROM postgres_scan(${quoted(conninfo)}, 'public', 'Fixed rows');`,
        [password],
      );
      const query = splitStatements(text).at(-1)?.text ?? "";
      assert.deepEqual(await engine.rows(query), [["3"]]);
    } finally {
      await admin.query('DROP TABLE public."Fixed rows"');
      await admin.end();
    }
  });

  it("make secrets, temporary ones where they were kept, and no header that all can read", async () => {
    await runFixed(
      "CREATE OR REPLACE PERSISTENT SECRET kept (TYPE postgres, HOST 'h', PASSWORD E'k7\\'Lp\\\\0q2');\n" +
        "CREATE OR REPLACE SECRET web (TYPE http, EXTRA_HTTP_HEADERS MAP {'Accept': 'text/plain', 'Authorization': 'Bearer k8Lp0q2'});",
      ["Lp0q2", "k8Lp0q2"],
    );
    const rows = await engine.rows(
      "SELECT name, persistent, secret_string FROM duckdb_secrets() ORDER BY name",
    );
    assert.ok(!JSON.stringify(rows).includes("Lp0q2"));
    assert.deepEqual(
      rows
        .filter(([name]) => name === "kept" || name === "web")
        .map(([name, kept]) => [name, kept]),
      [
        ["kept", "false"],
        ["web", "false"],
      ],
    );
    assert.equal(
      parseEnvText(await readFile(engine.envFile, "utf8"), "").get(
        "KEPT_PASSWORD",
      ),
      "k7'Lp\\0q2",
    );
  });

  it("read and write an encrypted Parquet file", async () => {
    const file = path.join(engine.folder, "encrypted.parquet");
    await runFixed(
      "PRAGMA add_parquet_key('fixed key', 'k7Lp0q2m9Xw4Zr8T');\n" +
        `COPY (SELECT 42 AS a) TO ${quoted(file)} (ENCRYPTION_CONFIG {footer_key: 'fixed key'});`,
      ["k7Lp0q2m9Xw4Zr8T"],
    );
    assert.deepEqual(
      await engine.rows(
        `SELECT a FROM read_parquet(${quoted(file)}, encryption_config = {footer_key: 'fixed key'})`,
      ),
      [["42"]],
    );
    await engine.fail(`SELECT a FROM read_parquet(${quoted(file)})`);
  });

  it("attach an encrypted database", async () => {
    const file = path.join(engine.folder, "encrypted.duckdb");
    await runFixed(
      `ATTACH ${quoted(file)} AS vault (ENCRYPTION_KEY 'k7Lp0q2m9Xw4');\nCREATE TABLE vault.t AS SELECT 42 AS a;`,
      ["k7Lp0q2m9Xw4"],
    );
    await engine.succeed("DETACH vault");
    await engine.fail(`ATTACH ${quoted(file)} AS vault`);
    await engine.fail(
      `ATTACH ${quoted(file)} AS vault (ENCRYPTION_KEY 'another')`,
    );
    await engine.succeed(
      `ATTACH ${quoted(file)} AS vault (ENCRYPTION_KEY getenv('VAULT_ENCRYPTION_KEY'))`,
    );
    assert.deepEqual(await engine.rows("SELECT a FROM vault.t"), [["42"]]);
    const told = JSON.stringify(
      await engine.rows("SELECT * FROM duckdb_databases()"),
    );
    assert.ok(!told.includes("k7Lp0q2m9Xw4"));
    await engine.succeed("DETACH vault");
  });

  it("get no other variable in the place of a key", async () => {
    await appendFile(engine.envFile, "OTHER_THING=k7-other\n");
    const { error } = await engine.fail(
      "ATTACH ':memory:' AS m (ENCRYPTION_KEY getenv('VAULT_ENCRYPTION_KEY'), TYPE getenv('OTHER_THING'))",
    );
    assert.ok(!error.message.includes("k7-other"), error.message);
    await engine.fail("SELECT getenv('OTHER_THING')");
    await engine.fail(
      "PRAGMA add_parquet_key(getenv('OTHER_THING'), 'k7Lp0q2m9Xw4Zr8T')",
    );
  });

  it("have exactly the value in the env file, whatever it is made of", () => {
    const value = fc
      .string({
        unit: fc.constantFrom(
          "'",
          '"',
          "`",
          "$",
          "\\",
          "#",
          "é",
          "😀",
          "%",
          "n",
          "\n",
          "7",
          "K",
        ),
        minLength: 1,
        maxLength: 12,
      })
      .map((tail) => `k7Lp${tail}q2`);
    fc.assert(
      fc.property(value, (secret) => {
        const text = `CREATE SECRET s (TYPE postgres, PASSWORD ${quoted(secret)});`;
        if (lint(text, "sql").length === 0) {
          return;
        }
        const { env, text: after } = fixAll({
          text,
          language: "sql",
          fileName: "",
          takenNames: [],
        });
        assert.deepEqual(env, [{ name: "S_PASSWORD", value: secret }]);
        assert.ok(after.includes("getenv('S_PASSWORD')"));
        let written: string;
        try {
          written = appendEnv("A='$x'\r\nB=2", env);
        } catch (error) {
          // Line breaks, or a quote in front, beside all three quotes: no env file can hold that.
          assert.ok(error instanceof ViaductError);
          assert.ok(
            ["'", '"', "`"].every((quote) => secret.includes(quote)) ||
              secret.includes("\\"),
          );
          return;
        }
        assert.equal(parseEnvText(written, "").get("S_PASSWORD"), secret);
      }),
      { numRuns: 500 },
    );
  });
});
