import assert from "node:assert/strict";
import { appendFile } from "node:fs/promises";
import { secretStatements } from "../../src/core/connections/secretStatement";
import { splitStatements } from "../../src/core/sql/statements";
import { TestEngine } from "../support/engineHarness";
import { canaryPassword, testServer } from "../support/postgres";

describe("the SQL that is written for a secret from an env file", () => {
  let engine: TestEngine;

  before(async () => {
    engine = await TestEngine.start();
  });

  after(() => engine.close());

  async function runAll(text: string | null): Promise<void> {
    for (const statement of splitStatements(text ?? "")) {
      await engine.succeed(statement.text);
    }
  }

  it("attaches the database when it is run, from single variables", async () => {
    const { names } = await engine.handlers.readEnvFile({
      file: engine.envFile,
    });
    await runAll(
      secretStatements({
        secret: "Ein „Geheimnis“",
        alias: "select",
        prefix: "POSTGRES_",
        variables: names,
      }),
    );
    assert.deepEqual(
      await engine.rows("FROM postgres_query('select', 'SELECT 1 AS a')"),
      [["1"]],
    );
  });

  it("attaches the database when it is run, from a URL", async () => {
    const { host, port, user, password, database } = testServer();
    const url = `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
    await appendFile(engine.envFile, `SOURCE_URL='${url}'\n`);
    await runAll(
      secretStatements({
        secret: "by_url",
        alias: "by_url",
        prefix: "SOURCE_",
        variables: ["SOURCE_URL"],
      }),
    );
    assert.deepEqual(
      await engine.rows("FROM postgres_query('by_url', 'SELECT 2 AS a')"),
      [["2"]],
    );
    assert.ok(!JSON.stringify(engine.answers).includes(canaryPassword));
  });
});
