import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:net";
import path from "node:path";
import type { ErrorClass } from "../../src/core/errors/errorInfo";
import { TestEngine, faultOf } from "../support/engineHarness";
import {
  admin,
  canaryPassword,
  testServer,
  writeEnvFile,
} from "../support/postgres";
import { freePort } from "../support/freePort";

describe("attaching", () => {
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start({ connectTimeoutSeconds: 2 });
  });
  after(() => engine.close());

  const failsWith = async (
    overrides: Readonly<Record<string, string | null>>,
    errorClass: ErrorClass,
    named: string,
  ): Promise<void> => {
    const file = await writeEnvFile(
      path.join(engine.folder, "bad.env"),
      overrides,
    );
    const error = await faultOf(engine.attach("bad", { file }));
    assert.equal(error.class, errorClass, error.message);
    assert.ok(
      error.message.includes(named),
      `"${error.message}" names ${named}`,
    );
    assert.ok(error.hint.length > 10);
    assert.ok(!JSON.stringify(error).includes(canaryPassword));
    const names = (await engine.handlers.listCatalogs(null)).map(
      ({ name }) => name,
    );
    assert.ok(!names.includes("bad"), "nothing is left of a failed attach");
  };

  it("attaches what an env file names, read-only, and says what it is", async () => {
    const { port } = testServer();
    const info = await engine.attach("source_memories");
    assert.deepEqual(info, {
      name: "source_memories",
      kind: "postgres",
      readOnly: true,
      state: "attached",
      managed: true,
      detail: `PostgreSQL 18.4 · postgres at 127.0.0.1:${port} as viaduct`,
      tls: "not encrypted (prefer)",
      environment: null,
      source: "envFile",
      problem: null,
    });
    assert.deepEqual(
      await engine.rows(
        "FROM postgres_query('source_memories', 'SELECT current_setting(''default_transaction_read_only'')')",
      ),
      [["on"]],
    );
  });

  it("reads a URL, unencoded @ in its password included", async () => {
    const { host, port, user, database } = testServer();
    const file = path.join(engine.folder, "url.env");
    await writeFile(
      file,
      `POSTGRES_URL='postgresql://${user}:${canaryPassword.replace("%", "%25").replace("/", "%2F")}@${host}:${port}/${database}'\n`,
    );
    await engine.attach("by_url", { file });
    assert.deepEqual(
      await engine.rows(
        "FROM postgres_query('by_url', 'SELECT current_user::text')",
      ),
      [[user]],
    );
    await engine.handlers.detach({ alias: "by_url" });
  });

  it("attaches the same alias again with values read anew", async () => {
    const file = await writeEnvFile(path.join(engine.folder, "again.env"));
    await engine.attach("again", { file });
    await writeEnvFile(file, { DATABASE: "template1" });
    const info = await engine.attach("again", { file });
    assert.match(info.detail, /template1/);
    await engine.handlers.detach({ alias: "again" });
  });

  it("lists variables by name only", async () => {
    const variables = await engine.handlers.readEnvFile({
      file: engine.envFile,
    });
    assert.deepEqual(variables, {
      names: [
        "POSTGRES_HOST",
        "POSTGRES_PORT",
        "POSTGRES_DATABASE",
        "POSTGRES_USER",
        "POSTGRES_PASSWORD",
      ],
      prefixes: ["POSTGRES_"],
    });
  });

  it("says that the env file is missing", async () => {
    const file = path.join(engine.folder, "nowhere.env");
    const error = await faultOf(engine.attach("bad", { file }));
    assert.equal(error.class, "envFileMissing");
    assert.ok(error.message.includes(file));
  });

  it("says which line of the env file is malformed, without its text", async () => {
    const file = path.join(engine.folder, "malformed.env");
    await writeFile(
      file,
      `POSTGRES_HOST=x\nPOSTGRES_PASSWORD ${canaryPassword}\n`,
    );
    const error = await faultOf(engine.attach("bad", { file }));
    assert.equal(error.class, "envFileInvalid");
    assert.match(error.message, /^Line 2 /);
    assert.ok(!error.message.includes(canaryPassword));
  });

  it("names the missing variable", () =>
    failsWith({ PASSWORD: null }, "variableMissing", "POSTGRES_PASSWORD"));
  it("names the empty variable", () =>
    failsWith({ HOST: "" }, "variableMissing", "POSTGRES_HOST"));
  it("names the variable that is no port", () =>
    failsWith({ PORT: "54x" }, "envFileInvalid", "POSTGRES_PORT"));
  it("tells a wrong password", () =>
    failsWith(
      { PASSWORD: "wr0ng-canary" },
      "authenticationFailed",
      "password authentication failed",
    ));
  it("tells an unknown host", () =>
    failsWith(
      { HOST: "nosuchhost.invalid" },
      "hostUnknown",
      "nosuchhost.invalid",
    ));
  it("tells a refused connection", async () =>
    failsWith(
      { PORT: String(await freePort(0)) },
      "connectionRefused",
      "refused",
    ));
  it("tells a missing database", () =>
    failsWith({ DATABASE: "nodb" }, "databaseMissing", "nodb"));
  it("tells a server without TLS", () =>
    failsWith({ SSLMODE: "require" }, "tlsRefused", "SSL"));

  it("gives up on a server that does not answer", async () => {
    const silent: Server = createServer(() => undefined);
    await new Promise<void>((resolve) =>
      silent.listen(0, "127.0.0.1", resolve),
    );
    const address = silent.address();
    assert.ok(typeof address === "object" && address !== null);
    await failsWith(
      { PORT: String(address.port) },
      "connectTimeout",
      "timeout",
    );
    silent.close();
  });

  it("asks for a verified certificate when the host is not this machine", async () => {
    const [row] = await admin("SELECT inet_server_addr()");
    assert.ok(row);
    const { networkInterfaces } = await import("node:os");
    const outside = Object.values(networkInterfaces())
      .flat()
      .find(
        (one) => one !== undefined && !one.internal && one.family === "IPv4",
      );
    if (outside === undefined) {
      return;
    }
    const file = await writeEnvFile(path.join(engine.folder, "far.env"), {
      HOST: outside.address,
      PORT: String(await freePort(0)),
    });
    const source = { kind: "envFile", file, prefix: "POSTGRES_" } as const;
    await engine.handlers.createSecret({ name: "far", source });
    const [secret] = await engine.rows(
      "SELECT secret_string FROM duckdb_secrets() WHERE name = 'far'",
    );
    assert.match(secret?.[0] ?? "", /sslmode=verify-full/);
    assert.match(secret?.[0] ?? "", /sslrootcert=system/);
  });

  it("refuses aliases that DuckDB keeps for itself or that are taken", async () => {
    for (const alias of ["", "temp", "Memory", "main", "a\nb"]) {
      assert.equal((await faultOf(engine.attach(alias))).class, "aliasInvalid");
    }
    await engine.succeed("ATTACH ':memory:' AS taken");
    assert.equal((await faultOf(engine.attach("taken"))).class, "aliasInvalid");
  });

  it("attaches under a name that needs quotes", async () => {
    await engine.attach("we\"ird 'alias");
    assert.deepEqual(
      await engine.rows(
        `SELECT count(*) FROM "we""ird 'alias".pg_catalog.pg_database WHERE datname = 'postgres'`,
      ),
      [["1"]],
    );
    await engine.handlers.detach({ alias: "we\"ird 'alias" });
  });
});
