import assert from "node:assert/strict";
import { TestEngine } from "../support/engineHarness";
import { canaryPassword, testServer } from "../support/postgres";
import { quoteLiteral } from "../../src/core/sql/quote";

/** What every statement of a user's can look at. */
const listings = [
  "SELECT database_name, path FROM duckdb_databases()",
  "PRAGMA database_list",
  "SHOW DATABASES",
  "FROM duckdb_secrets()",
  "SELECT * FROM duckdb_logs",
  "FROM duckdb_settings()",
  "SELECT * FROM viaduct.query_log",
];

describe("a password in a CREATE SECRET of the user's", () => {
  let engine: TestEngine;
  let uri: string;
  before(async () => {
    engine = await TestEngine.start();
    const { port, user } = testServer();
    const encoded = encodeURIComponent(canaryPassword);
    uri = `postgresql://${user}:${encoded}@127.0.0.1:${port}/postgres`;
    await engine.succeed("INSTALL postgres");
    await engine.succeed("LOAD postgres");
    await engine.succeed("CALL enable_logging('QueryLog')");
  });
  after(() => engine.close());

  /** Searches everything that a listing shows and that the engine has said. */
  const search = async (): Promise<void> => {
    const seen: unknown[] = [engine.answers, engine.events];
    for (const sql of listings) {
      seen.push(await engine.rows(sql));
    }
    const text = JSON.stringify(seen);
    for (const form of [
      canaryPassword,
      encodeURIComponent(canaryPassword),
      "c4nary",
    ]) {
      const at = text.indexOf(form);
      assert.equal(at, -1, text.slice(Math.max(0, at - 200), at + 60));
    }
  };

  it("is a parameter of CREATE SECRET in the log, and stays in memory", async () => {
    for (const [name, value] of [
      ["s1", quoteLiteral(canaryPassword)],
      ["s2", `E'${canaryPassword.replaceAll("'", "\\'")}'`],
      ["s3", `$$${canaryPassword.replaceAll("$", "")}$$`],
      ["s4", `'c4nary' || ${quoteLiteral(canaryPassword.slice(6))}`],
      ["s5", `'c4nary'\n${quoteLiteral(canaryPassword.slice(6))}`],
    ] as const) {
      const { port, user } = testServer();
      await engine.succeed(
        `CREATE OR REPLACE TEMPORARY SECRET ${name} (TYPE postgres, HOST '127.0.0.1', PORT '${port}', DATABASE 'postgres', USER '${user}', PASSWORD ${value})`,
      );
      await search();
    }
    await engine.succeed("ATTACH '' AS made (TYPE postgres, SECRET s5)");
    await engine.succeed("DETACH made");
    const wrong = `CREATE SECRET broken (TYPE postgres, PASSWORD '${canaryPassword}', NOPE 'x')`;
    const { error } = await engine.fail(wrong);
    assert.equal(error.class, "binder");
    await search();
    for (const sql of [
      `CREATE PERSISTENT SECRET kept (TYPE postgres, PASSWORD '${canaryPassword}')`,
      `CREATE OR REPLACE PERSISTENT SECRET kept (TYPE postgres, PASSWORD getenv('POSTGRES_PASSWORD'))`,
      `CREATE SECRET kept IN local_file (TYPE postgres, URI '${uri}')`,
      `CREATE SECRET h (TYPE http, EXTRA_HTTP_HEADERS MAP {'Authorization': 'Bearer ${canaryPassword}'})`,
    ]) {
      const refused = await engine.fail(sql);
      assert.equal(refused.error.class, "credentialExposed", sql);
    }
    await engine.succeed(
      "CREATE SECRET persistent (TYPE postgres, PASSWORD 'x-y-z')",
    );
    await search();
  });

  it("does not get from a variable into an option that everyone can read", async () => {
    await engine
      .succeed("CREATE MACRO reveal() AS getenv('POSTGRES_PASSWORD')")
      .catch(() => undefined);
    for (const [sql, expected] of [
      ["HOST getenv('POSTGRES_PASSWORD')", "credentialExposed"],
      [
        "host = GetEnv('POSTGRES_PASSWORD'), PASSWORD getenv('POSTGRES_PASSWORD')",
        "credentialExposed",
      ],
      ["HOST getenv('POSTGRES_' || 'PASSWORD')", "credentialExposed"],
      ["USER upper(getenv('POSTGRES_PASSWORD'))", "credentialExposed"],
      ["HOST 'x' || getenv('POSTGRES_PASSWORD')", "credentialExposed"],
      ["HOST reveal()", "getenvRefused"],
    ] as const) {
      const { error } = await engine.fail(
        `CREATE SECRET shown (TYPE postgres, ${sql})`,
      );
      assert.ok(
        error.class === expected || sql.includes("reveal"),
        `${sql}: ${error.class} ${error.message}`,
      );
    }
    await engine.succeed(
      "CREATE SECRET fine (TYPE postgres, HOST getenv('POSTGRES_HOST'), PASSWORD getenv('POSTGRES_PASSWORD'))",
    );
    await search();
  });
});
