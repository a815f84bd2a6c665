import assert from "node:assert/strict";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { TestEngine } from "../support/engineHarness";
import { writeEnvFile } from "../support/postgres";
import { PostgresServer } from "../support/postgresServer";

const password = "own server's pw";

describe("a server that is stopped and started again", () => {
  let folder: string;
  let server: PostgresServer;
  let engine: TestEngine;
  let file: string;
  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-own-server-"));
    await chmod(folder, 0o755);
    server = await PostgresServer.start(folder, 0);
    await owner(
      `CREATE ROLE app LOGIN PASSWORD ${quoted(password)};
       CREATE TABLE kept AS SELECT i AS id FROM generate_series(1, 10) i;
       CREATE TABLE uncopied (a int);
       GRANT SELECT ON kept, uncopied TO app; GRANT USAGE ON SCHEMA public TO app`,
    );
    engine = await TestEngine.start({ connectTimeoutSeconds: 5 });
    file = await writeEnv(password);
    await engine.attach("own", { file });
    await engine.attach("other");
    await engine.succeed(
      `CREATE SECRET own_secret (TYPE postgres, HOST '127.0.0.1', PORT '${server.port}', DATABASE 'postgres', USER 'app', PASSWORD ${quoted(password)})`,
    );
    await engine.succeed(
      "ATTACH '' AS by_sql (TYPE postgres, SECRET own_secret, READ_ONLY)",
    );
    await engine.succeed("CREATE TABLE local AS FROM range(3)");
  });
  after(async () => {
    await engine.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const writeEnv = (secret: string): Promise<string> =>
    writeEnvFile(path.join(engine.folder, "own.env"), {
      PORT: String(server.port),
      USER: "app",
      DATABASE: "postgres",
      PASSWORD: JSON.stringify(secret),
    });
  const owner = async (sql: string): Promise<void> => {
    const client: Client = await server.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  const restart = async (): Promise<void> => {
    const { port } = server;
    server = await PostgresServer.start(folder, port);
    assert.equal(server.port, port, "the port was taken by another program");
  };
  const everyWayWorks = async (): Promise<void> => {
    const count = [["10"]];
    for (const alias of ["own", "by_sql"]) {
      assert.deepEqual(
        await engine.rows(`SELECT count(*) FROM ${alias}.public.kept`),
        count,
      );
      assert.ok(
        (await engine.handlers.listSchemas({ catalog: alias })).includes(
          "public",
        ),
      );
    }
    assert.deepEqual(
      await engine.rows("SELECT count(*) FROM kept", "own"),
      count,
    );
  };

  it("works in every way at its next use when nothing was asked in between", async () => {
    await everyWayWorks();
    await server.stop();
    await restart();
    await everyWayWorks();
  });

  it("says why in every way while it is down, and leaves the rest alone", async () => {
    await server.stop();
    for (const [sql, on] of [
      ["FROM own.public.kept", undefined],
      ["FROM by_sql.public.kept", undefined],
      ["SELECT 1", "own"],
    ] as const) {
      const { error } = await engine.fail(sql, on);
      assert.equal(
        error.class,
        "connectionRefused",
        `${sql}: ${error.message}`,
      );
      assert.ok(error.hint.length > 10);
    }
    await assert.rejects(engine.handlers.listSchemas({ catalog: "own" }));
    const state = (await engine.handlers.listCatalogs(null)).find(
      ({ name }) => name === "own",
    );
    assert.equal(state?.state, "unreachable");
    assert.equal(state.problem?.class, "connectionRefused");
    assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [["3"]]);
    await engine.succeed("SHOW ALL TABLES");
    assert.deepEqual(
      await engine.rows("FROM postgres_query('other', 'SELECT 1 AS one')"),
      [["1"]],
    );
    assert.deepEqual(await engine.rows("SELECT 1", "other"), [["1"]]);
  });

  it("comes back by itself, also where a statement has attached it", async () => {
    await restart();
    await everyWayWorks();
    const states = await engine.handlers.listCatalogs(null);
    assert.ok(states.every(({ state }) => state === "attached"));
  });

  it("is stood in for by a local copy while it is away, and only for the table that has one", async () => {
    for (const alias of ["own", "by_sql"]) {
      await engine.handlers.takeSnapshot({
        alias,
        schema: "public",
        relation: "kept",
      });
    }
    await server.stop();
    for (const alias of ["own", "by_sql"]) {
      const sql = `SELECT count(*) FROM ${alias}.public.kept`;
      const outcome = await engine.succeed(sql);
      assert.match(outcome.notices.at(-1)?.message ?? "", /local copy of/);
      assert.deepEqual(await engine.rows(sql), [["10"]]);
      const { error } = await engine.fail(`FROM ${alias}.public.uncopied`);
      assert.match(error.hint, /local copy/);
    }
    await restart();
    await everyWayWorks();
    const fresh = await engine.succeed("FROM own.public.kept");
    assert.deepEqual(fresh.notices, []);
  });

  it("says that the password is wrong once it was rotated, and works again after a new attach", async () => {
    const next = "rotated pw $1";
    await owner(`ALTER ROLE app PASSWORD ${quoted(next)}`);
    // The connections that are open go on; the server asks again when new ones are needed.
    await everyWayWorks();
    await server.stop();
    await restart();
    for (const [sql, on] of [
      ["FROM own.public.kept", undefined],
      ["SELECT 1", "own"],
    ] as const) {
      const { error } = await engine.fail(sql, on);
      assert.equal(
        error.class,
        "authenticationFailed",
        `${sql}: ${error.message}`,
      );
      assert.ok(error.actions.includes("openEnvFile"), error.actions.join());
    }
    assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [["3"]]);
    const info = (await engine.handlers.listCatalogs(null)).find(
      ({ name }) => name === "own",
    );
    assert.equal(info?.problem?.class, "authenticationFailed");
    file = await writeEnv(next);
    await engine.attach("own", { file });
    assert.deepEqual(
      await engine.rows("SELECT count(*) FROM own.public.kept"),
      [["10"]],
    );
    assert.deepEqual(await engine.rows("SELECT 1", "own"), [["1"]]);
    assert.ok(
      (await engine.handlers.listSchemas({ catalog: "own" })).includes(
        "public",
      ),
    );
    const told = JSON.stringify([engine.events, engine.answers]);
    assert.ok(!told.includes(password) && !told.includes(next));
  });
});

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
