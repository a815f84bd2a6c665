import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import { TestEngine } from "../support/engineHarness";

const stored = "k7-stored 'Pw";
const name = "STORED_THING";

describe("variables of VS Code's SecretStorage", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start({ storedVariables: { [name]: stored } });
    // httpfs, which encrypts for real, is not there.
    await engine.succeed("SET force_mbedtls_unsafe = true");
  });
  after(async () => {
    Reflect.deleteProperty(process.env, name);
    await engine.close();
  });

  const secret = `CREATE OR REPLACE SECRET s (TYPE postgres, HOST 'h', PASSWORD getenv('${name}'))`;

  /** What DuckDB shows of the secret. */
  async function tells(): Promise<string> {
    const rows = await engine.rows(
      "SELECT secret_string FROM duckdb_secrets() WHERE name = 's'",
    );
    return JSON.stringify(rows);
  }

  it("answer getenv() in an option that DuckDB hides, from the first statement on", async () => {
    await engine.succeed(secret);
    assert.ok(!(await tells()).includes("k7-stored"));
  });

  it("answer for an option that everyone can read, or for a query, never", async () => {
    for (const sql of [
      `CREATE OR REPLACE SECRET s (TYPE postgres, HOST getenv('${name}'))`,
      `CREATE OR REPLACE SECRET s (TYPE postgres, PASSWORD getenv('STORED' || '_THING'))`,
      `SELECT getenv('${name}')`,
      `CREATE PERSISTENT SECRET p (TYPE postgres, PASSWORD getenv('${name}'))`,
    ]) {
      const { error } = await engine.fail(sql);
      assert.ok(!JSON.stringify(error).includes("k7-stored"), sql);
    }
  });

  it("come after the env files and before the environment", async () => {
    const file = engine.envFile;
    const key = (variable: string): string =>
      `ATTACH '${engine.folder}/order.duckdb' AS o (ENCRYPTION_KEY getenv('${variable}'))`;
    process.env[name] = "k7-of-the-environment";
    await engine.succeed(key(name));
    await engine.succeed("CREATE TABLE o.t AS SELECT 42 AS a");
    await engine.succeed("DETACH o");
    await engine.succeed(
      `ATTACH '${engine.folder}/order.duckdb' AS o (ENCRYPTION_KEY '${stored.replaceAll("'", "''")}')`,
    );
    await engine.succeed("DETACH o");
    await appendFile(file, `${name}=k7-of-the-file\n`);
    await engine.fail(key(name));
  });

  it("are all of them told anew: what is not there any more is not found", async () => {
    await writeFile(engine.envFile, "");
    Reflect.deleteProperty(process.env, name);
    await engine.handlers.setStoredVariables({
      variables: { OTHER_THING: "k8-other" },
    });
    const { error } = await engine.fail(secret);
    assert.equal(error.class, "variableMissing");
    await engine.succeed(secret.replace(name, "OTHER_THING"));
  });

  it("are in no answer, no event and no error, and not in the environment", () => {
    const said = JSON.stringify([engine.answers, engine.events, process.env]);
    assert.ok(!said.includes("k7-stored") && !said.includes("k8-other"));
  });
});
