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

describe("a password in a statement of the user's", () => {
  let engine: TestEngine;
  let uri: string;
  let pairs: string;
  let bare: string;
  before(async () => {
    engine = await TestEngine.start();
    const { port, user } = testServer();
    const encoded = encodeURIComponent(canaryPassword);
    uri = `postgresql://${user}:${encoded}@127.0.0.1:${port}/postgres`;
    bare = `host=127.0.0.1 port=${port} user=${user} dbname=postgres`;
    pairs = `${bare} password='${canaryPassword}'`;
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

  const attached = async (sql: string, alias: string): Promise<void> => {
    const outcome = await engine.succeed(sql);
    assert.match(outcome.notices[0]?.message ?? "", /temporary secret/);
    assert.deepEqual(
      await engine.rows(
        `FROM postgres_query(${quoteLiteral(alias)}, 'SELECT 1 AS a')`,
      ),
      [["1"]],
    );
    await search();
    await engine.succeed(`DETACH "${alias}"`);
  };

  it("is nowhere after the guide's direct ATTACH, whatever the string's form and quotes", async () => {
    const dollar = `$tag$${pairs}$tag$`;
    const escaped = `E'${pairs.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
    const [start, ...rest] = pairs.split(" ");
    const inTwo = `${quoteLiteral(`${start ?? ""} `)}\n  ${quoteLiteral(rest.join(" "))}`;
    for (const [path, options] of [
      [quoteLiteral(uri), "(TYPE POSTGRES)"],
      [
        quoteLiteral(uri.replace("postgresql", "postgres")),
        "(type 'Postgres')",
      ],
      [quoteLiteral(pairs), "(TYPE postgres_scanner, READ_ONLY)"],
      [escaped, '(READ_ONLY, TYPE "postgres")'],
      [dollar, "(TYPE postgres, SCHEMA 'public', READ_ONLY true)"],
      [inTwo, "(TYPE postgres, ISOLATION_LEVEL 'read committed');"],
      [quoteLiteral(`postgres:${pairs}`), ""],
      [quoteLiteral(`postgres:${uri}`), "(READ_ONLY)"],
      [quoteLiteral(`POSTGRES:${pairs}`), " -- password='x'"],
      [
        quoteLiteral(
          `${uri}?connect_timeout=5&application_name=o''brien%20%26%20co`,
        ),
        "(/* TYPE duckdb, */ TYPE postgres)",
      ],
    ] as const) {
      await attached(`ATTACH ${path} AS direct ${options}`, "direct");
    }
    await attached(
      `attach database ${quoteLiteral(uri)} as "Di rect" (type postgres)`,
      "Di rect",
    );
  });

  it("leaves OR REPLACE, IF NOT EXISTS, transactions and names as they are", async () => {
    await engine.succeed(
      `ATTACH ${quoteLiteral(uri)} AS again (TYPE postgres)`,
    );
    await engine.succeed(
      `ATTACH OR REPLACE ${quoteLiteral(pairs)} AS again (TYPE postgres)`,
    );
    await engine.succeed(
      `ATTACH IF NOT EXISTS ${quoteLiteral(uri)} AS again (TYPE postgres)`,
    );
    const { error } = await engine.fail(
      `ATTACH ${quoteLiteral(uri)} AS again (TYPE postgres)`,
    );
    assert.equal(error.class, "binder");
    await engine.succeed("DETACH again");
    await engine.succeed("BEGIN");
    await engine.succeed(
      `ATTACH ${quoteLiteral(uri)} AS inside (TYPE postgres)`,
    );
    await engine.succeed("COMMIT");
    await engine.succeed("DETACH inside");
    // The names that DuckDB gives by itself, measured; never with a piece of the password in it.
    for (const [path, name] of [
      [uri, "postgres"],
      [`${uri}?application_name=a.b`, "postgres"],
      [`${uri}?application_name=/d/e.pem`, "e"],
      [`password='${canaryPassword}' ${bare} application_name=/x/y`, "y"],
    ] as const) {
      await attached(`ATTACH ${quoteLiteral(path)} (TYPE postgres)`, name);
    }
    await engine.succeed(`ATTACH ${quoteLiteral(pairs)} (TYPE postgres)`);
    await search();
    await engine.succeed(`DETACH "host='127"`);
  });

  it("lets the string win over a secret, and takes the rest from it", async () => {
    const { user } = testServer();
    await engine.succeed(
      `CREATE SECRET beside (TYPE postgres, USER 'nobody', APPLICATION_NAME 'from secret', PASSWORD 'wrong-one')`,
    );
    await engine.succeed(
      `ATTACH ${quoteLiteral(pairs)} AS joined (TYPE postgres, SECRET beside)`,
    );
    assert.deepEqual(
      await engine.rows(
        "FROM postgres_query('joined', 'SELECT current_user::text AS u, current_setting(''application_name'') AS a')",
      ),
      [[user, "from secret"]],
    );
    await engine.succeed("DETACH joined");
    const { error } = await engine.fail(
      `ATTACH ${quoteLiteral(pairs)} AS joined (TYPE postgres, SECRET nope)`,
    );
    assert.match(error.message, /"nope"/);
    await search();
  });

  it("is in no error: unreachable, refused, misspelt, not closed, of another type", async () => {
    for (const [sql, expected] of [
      [
        `ATTACH ${quoteLiteral(uri.replace("127.0.0.1", "nowhere.invalid"))} AS bad (TYPE postgres)`,
        "hostUnknown",
      ],
      [
        `ATTACH ${quoteLiteral(pairs.replace("dbname=postgres", "dbname=none"))} AS bad (TYPE postgres)`,
        "databaseMissing",
      ],
      [
        `ATTACH ${quoteLiteral(pairs.replace("password='", "password='x"))} AS bad (TYPE postgres)`,
        "authenticationFailed",
      ],
      [
        `ATTACH ${quoteLiteral(uri)} AS bad (TYPE postgres, NONSENSE 1)`,
        "binder",
      ],
      [
        `ATTACH ${quoteLiteral(`${pairs} nonsense=1`)} AS bad (TYPE postgres)`,
        "connectionInvalid",
      ],
      [`ATTACH ${quoteLiteral(uri)} AS bad`, "binder"],
      [`ATTACH ${quoteLiteral(`ducklake:postgres:${pairs}`)} AS bad`, "binder"],
      [
        `ATTACH ${quoteLiteral(pairs)} AS bad (TYPE mysql)`,
        "credentialExposed",
      ],
      [`ATTACH ${quoteLiteral(pairs)} AS bad (TYPE postgres`, "syntax"],
      [`SET s3_secret_access_key = '${canaryPassword}'`, "credentialExposed"],
      [
        `CREATE VIEW v AS FROM postgres_scan(${quoteLiteral(pairs)}, 'public', 't')`,
        "credentialExposed",
      ],
      [`CALL postgres_attach(${quoteLiteral(pairs)})`, "credentialExposed"],
    ] as const) {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, expected, `${sql}: ${error.message}`);
      await search();
    }
  });

  it("works in postgres_scan(), and is in no log", async () => {
    const [row] = await engine.rows(
      `SELECT count(*) > 10 FROM postgres_scan(${quoteLiteral(pairs)}, 'pg_catalog', 'pg_class')`,
    );
    assert.deepEqual(row, ["true"]);
    const { error } = await engine.fail(
      `SELECT nope FROM postgres_scan(${quoteLiteral(pairs)}, 'pg_catalog', 'pg_class')`,
    );
    assert.equal(error.class, "binder");
    assert.equal(error.position, "SELECT ".length);
    const late = `FROM postgres_scan(${quoteLiteral(pairs)}, 'pg_catalog', 'pg_class') WHERE nope`;
    const failed = await engine.fail(late);
    assert.equal(failed.error.position, late.indexOf("nope"));
    await search();
    const closed = await engine.fail("SELECT viaduct_credential('0')");
    assert.match(closed.error.message, /answers only/);
  });

  it("finds what is leaked", async () => {
    engine.answers.push({ planted: encodeURIComponent(canaryPassword) });
    await assert.rejects(search);
    engine.answers.pop();
  });
});
