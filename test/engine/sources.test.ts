import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import type {
  AttachmentOptions,
  AttachmentSource,
} from "../../src/core/connections/attachment";
import type { ErrorInfo } from "../../src/core/errors/errorInfo";
import type { CatalogInfo } from "../../src/protocol/catalog";
import { TestEngine, faultOf } from "../support/engineHarness";
import { canaryPassword, testServer } from "../support/postgres";
import { freePort } from "../support/freePort";

describe("sources of connection values", () => {
  let engine: TestEngine;
  const before_ = { ...process.env };
  before(async () => {
    // Nobody's own files: the folder of the test is the home.
    engine = await TestEngine.start({ connectTimeoutSeconds: 3 });
    process.env["HOME"] = engine.folder;
  });
  afterEach(async () => {
    for (const name of Object.keys(process.env)) {
      if (name.startsWith("PG") && name !== "PGAPPNAME") {
        // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- there is no other way
        delete process.env[name];
      }
    }
    await engine.handlers.detach({ alias: "db" });
  });
  after(async () => {
    process.env["HOME"] = before_["HOME"];
    await engine.close();
  });

  const attach = (
    source: AttachmentSource,
    more: { password?: string; options?: AttachmentOptions } = {},
  ): Promise<CatalogInfo> =>
    engine.handlers.attach({ alias: "db", readOnly: true, source, ...more });

  /** Both engines are in, as who they should be. */
  const worksAs = async (user: string): Promise<void> => {
    const sql = "SELECT current_user::text AS a";
    assert.deepEqual(await engine.rows(`FROM postgres_query('db', '${sql}')`), [
      [user],
    ]);
    assert.deepEqual(await engine.rows(sql, "db"), [[user]]);
  };

  const fails = async (
    source: AttachmentSource,
    more: Parameters<typeof attach>[1] = {},
  ): Promise<ErrorInfo> => {
    const error = await faultOf(attach(source, more));
    assert.ok(!JSON.stringify(error).includes(canaryPassword), error.message);
    return error;
  };

  const write = async (
    name: string,
    text: string,
    mode = 0o600,
  ): Promise<string> => {
    const file = path.join(engine.folder, name);
    await writeFile(file, text);
    await chmod(file, mode);
    return file;
  };

  const connection = (): AttachmentSource => {
    const { host, port, user, database } = testServer();
    return {
      kind: "connection",
      connection: `postgresql://${user}@${host}:${port}/${database}?connect_timeout=5&options=-c%20search_path%3Dpg_catalog`,
    };
  };
  const passLine = (): string =>
    `127.0.0.1:${testServer().port}:*:viaduct:${canaryPassword.replace(/[\\:]/g, "\\$&")}\n`;

  it("are env files with libpq's names, and with other prefixes", async () => {
    const { host, port, user, database } = testServer();
    const file = await write(
      "pg.env",
      `PGHOST=${host}\nPGPORT=${port}\nPGUSER=${user}\nPGDATABASE=${database}\nPGPASSWORD='${canaryPassword}'\nPGOPTIONS='-c search_path=pg_catalog'\n` +
        `SOURCE_PG_HOST=${host}\nSOURCE_PG_PORT=${port}\nSOURCE_PG_USER=${user}\nSOURCE_PG_NAME=${database}\nSOURCE_PG_PASS='${canaryPassword}'\n` +
        `DATABASE_URL='postgresql://${user}:${encodeURIComponent(canaryPassword)}@${host}:${port}/${database}'\n`,
    );
    for (const prefix of ["PG", "SOURCE_PG_", ""]) {
      const info = await attach({ kind: "envFile", file, prefix });
      assert.equal(info.source, "envFile");
      await worksAs(user);
    }
    const { prefixes } = await engine.handlers.readEnvFile({ file });
    assert.deepEqual(prefixes, ["", "PG", "SOURCE_PG_"]);
  });

  it("are connection strings, whose password comes with the request", async () => {
    const info = await attach(connection(), { password: canaryPassword });
    assert.equal(info.tls, "not encrypted (prefer)");
    await worksAs("viaduct");
    assert.deepEqual(await engine.rows("SHOW search_path", "db"), [
      ["pg_catalog"],
    ]);
  });

  it("hold no password in settings", async () => {
    for (const text of [
      `postgresql://u:${encodeURIComponent(canaryPassword)}@h/d`,
      `postgresql://u@h/d?password=${encodeURIComponent(canaryPassword)}`,
      `host=h password='${canaryPassword}'`,
      `dbname='postgresql://u:${canaryPassword.replace("/", "%2F")}@h/d'`,
      `host=h sslpassword='${canaryPassword}'`,
    ]) {
      const error = await fails({ kind: "connection", connection: text });
      assert.equal(error.class, "connectionInvalid", error.message);
    }
    const unknown = await fails({
      kind: "connection",
      connection: "host=h colour=blue",
    });
    assert.match(unknown.message, /"colour"/);
  });

  it("have their password in a password file, as libpq finds it", async () => {
    await write(".pgpass", passLine());
    await attach(connection());
    await worksAs("viaduct");
    process.env["PGPASSFILE"] = await write("other.pass", "*:*:*:*:wrong\n");
    assert.equal(
      (await fails(connection())).class,
      "authenticationFailed",
      "PGPASSFILE comes before the home",
    );
    const { port } = testServer();
    const named = await write("named.pass", passLine());
    await attach({
      kind: "connection",
      connection: `host=127.0.0.1 port=${port} user=viaduct dbname=postgres passfile=${named}`,
    });
    await worksAs("viaduct");
    delete process.env["PGPASSFILE"];
    await chmod(path.join(engine.folder, ".pgpass"), 0o644);
    const open = await fails(connection());
    assert.equal(open.class, "passwordMissing");
    assert.match(open.message, /others have access to it \(mode 0644\)/);
    await write(".pgpass", "");
  });

  it("ask for the password that is to be entered", async () => {
    const error = await fails(connection(), {
      options: { password: "prompt" },
    });
    assert.equal(error.class, "passwordMissing");
    assert.ok(error.actions.includes("enterPassword"));
    const none = await fails(connection());
    assert.equal(none.class, "passwordMissing", none.message);
  });

  it("are services, in libpq's order of files", async () => {
    const { port } = testServer();
    const section = (name: string, user: string): string =>
      `[${name}]\nhost=127.0.0.1\nport=${port}\nuser=${user}\ndbname=postgres\npassword=${canaryPassword}\n`;
    const system = path.join(engine.folder, "pg_service.conf");
    await write(
      "pg_service.conf",
      section("both", "nobody") + section("sys", "viaduct"),
    );
    await write(".pg_service.conf", section("both", "viaduct"));
    process.env["PGSYSCONFDIR"] = engine.folder;
    for (const service of ["both", "sys"]) {
      await attach({ kind: "service", service, file: null });
      await worksAs("viaduct");
    }
    const listed = await engine.handlers.listServices({ file: null });
    assert.deepEqual(listed, {
      file: path.join(engine.folder, ".pg_service.conf"),
      services: ["both", "sys"],
    });
    assert.deepEqual(await engine.handlers.listServices({ file: system }), {
      file: system,
      services: ["both", "sys"],
    });
    const missing = await fails({ kind: "service", service: "no", file: null });
    assert.equal(missing.class, "serviceMissing");
    assert.match(missing.message, /"no" is not in/);
    await write("bad.conf", `[s]\nhost=h\npassword = ${canaryPassword}\n`);
    const file = path.join(engine.folder, "bad.conf");
    const bad = await fails({ kind: "service", service: "s", file });
    assert.equal(bad.class, "serviceInvalid");
    assert.deepEqual(bad.file, { path: file, line: 2, column: 0 });
  });

  it("are the variables of the environment, a service among them", async () => {
    const { host, port, user, database } = testServer();
    Object.assign(process.env, {
      PGHOST: host,
      PGPORT: String(port),
      PGUSER: user,
      PGDATABASE: database,
      PGPASSWORD: canaryPassword,
      PGTZ: "Asia/Tokyo",
    });
    await attach({ kind: "environment" });
    await worksAs(user);
    assert.deepEqual(await engine.rows("SHOW timezone", "db"), [
      ["Asia/Tokyo"],
    ]);
    const file = await write("env.conf", `[s]\nuser=nobody\n`);
    Object.assign(process.env, { PGSERVICE: "s", PGSERVICEFILE: file });
    assert.equal(
      (await fails({ kind: "environment" })).class,
      "authenticationFailed",
    );
  });

  it("are tested without attaching", async () => {
    const report = await engine.handlers.testConnection({
      alias: "db",
      readOnly: true,
      source: connection(),
      password: canaryPassword,
    });
    assert.match(report.serverVersion, /^\d+/);
    assert.match(report.detail, /postgres at 127\.0\.0\.1:\d+ as viaduct$/);
    assert.equal(report.tls, "not encrypted (prefer)");
    assert.ok(report.connectMs > 0 && report.roundTripMs > 0);
    const catalogs = await engine.handlers.listCatalogs(null);
    assert.ok(!catalogs.some(({ kind }) => kind === "postgres"));
    const error = await faultOf(
      engine.handlers.testConnection({
        alias: "db",
        readOnly: true,
        source: connection(),
        password: "wrong",
      }),
    );
    assert.equal(error.class, "authenticationFailed");
  });

  it("may be several servers, which are tried in their order", async () => {
    const { port } = testServer();
    const away = await freePort(0);
    const list = `host=127.0.0.1,127.0.0.1 port=${away},${port} user=viaduct dbname=postgres`;
    await write(".pgpass", `*:${away}:*:*:wrong\n${passLine()}`);
    for (const attributes of ["any", "read-write", "primary", "read-only"]) {
      await attach({
        kind: "connection",
        connection: `${list} target_session_attrs=${attributes}`,
      });
      await worksAs("viaduct");
    }
    const standby = await fails({
      kind: "connection",
      connection: `${list} target_session_attrs=standby`,
    });
    assert.equal(standby.origin, "postgres", standby.message);
    await write(".pgpass", "");
  });

  it("tell no secret, whatever happens", () => {
    const everything = JSON.stringify([engine.answers, engine.events]);
    for (const form of [canaryPassword, encodeURIComponent(canaryPassword)]) {
      assert.ok(!everything.includes(form));
    }
  });
});
