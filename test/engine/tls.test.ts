import assert from "node:assert/strict";
import { chmod, writeFile } from "node:fs/promises";
import path from "node:path";
import type { AttachmentOptions } from "../../src/core/connections/attachment";
import type { ErrorClass, ErrorInfo } from "../../src/core/errors/errorInfo";
import type { CatalogInfo } from "../../src/protocol/catalog";
import type { AttachRequest } from "../../src/protocol/engine";
import { Authority, encryptKey } from "../support/certificates";
import { TestEngine, faultOf } from "../support/engineHarness";
import { TlsServer } from "../support/tlsServer";

const password = "t1s-canary/pw";
const passphrase = "k3y-canary pw";

describe("TLS", function () {
  this.timeout(90_000);
  const authority = Authority.create("Viaduct test authority");
  const stranger = Authority.create("Another authority");
  const here = authority.issue({
    name: "server",
    hosts: ["localhost"],
    addresses: ["127.0.0.1"],
  });
  let engine: TestEngine;
  let server: TlsServer;
  let ca = "";

  const write = async (name: string, text: string): Promise<string> => {
    const file = path.join(engine.folder, name);
    await writeFile(file, text, { mode: 0o600 });
    return file;
  };
  before(async () => {
    engine = await TestEngine.start({ connectTimeoutSeconds: 5 });
    server = await TlsServer.start();
    await server.sql(`CREATE ROLE app LOGIN PASSWORD '${password}'`);
    ca = await write("ca.pem", authority.certificate);
  });
  beforeEach(async () => {
    await server.letIn(["host all app 127.0.0.1/32 scram-sha-256"]);
    await server.serve(here, authority.certificate);
  });
  afterEach(() => engine.handlers.detach({ alias: "db" }));
  after(async () => {
    await engine.close();
    await server.stop();
  });

  const request = (
    options: AttachmentOptions,
    more = "host=127.0.0.1",
  ): AttachRequest => ({
    alias: "db",
    readOnly: true,
    source: {
      kind: "connection",
      connection: `${more} port=${server.port} dbname=postgres user=app`,
    },
    password,
    options,
  });

  /** Attaches, and looks from both engines what the server thinks of the connection. */
  const attach = async (
    options: AttachmentOptions,
    more?: string,
  ): Promise<CatalogInfo> => {
    const info = await engine.handlers.attach(request(options, more));
    const sql =
      "SELECT coalesce(version, 'none') AS a FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    const quoted = sql.replaceAll("'", "''");
    const scanned = await engine.rows(`FROM postgres_query('db', '${quoted}')`);
    assert.deepEqual(await engine.rows(sql, "db"), scanned);
    const version = scanned[0]?.[0] ?? "";
    assert.ok(
      info.tls?.startsWith(version === "none" ? "not encrypted" : version),
      `${info.tls} for ${version}`,
    );
    const report = await engine.handlers.testConnection(request(options, more));
    assert.equal(report.tls, info.tls);
    return info;
  };

  /** Fails to attach, and to be tested, for the same reason. */
  const refused = async (
    errorClass: ErrorClass,
    sentence: RegExp,
    options: AttachmentOptions,
    more?: string,
  ): Promise<ErrorInfo> => {
    const error = await faultOf(engine.handlers.attach(request(options, more)));
    assert.equal(error.class, errorClass, error.message);
    assert.match(error.message, sentence);
    const tested = await faultOf(
      engine.handlers.testConnection(request(options, more)),
    );
    assert.equal(tested.class, errorClass, tested.message);
    assert.match(tested.message, sentence);
    if (errorClass !== "connectionInvalid") {
      assert.ok(error.actions.includes("chooseSslMode"));
    }
    assert.ok(error.actions.includes("editAttachment"));
    return error;
  };
  const full = (): AttachmentOptions => ({
    sslmode: "verify-full",
    sslrootcert: ca,
  });

  it("is verified in full by both engines", async () => {
    const info = await attach(full());
    assert.equal(info.tls, "TLSv1.3, verified (verify-full)");
    await attach(full(), "host=localhost");
    await attach(full(), "host=localhost hostaddr=127.0.0.1");
    await attach(full(), "host=localhost sslnegotiation=direct");
    await attach(full(), "host=localhost sslsni=0 channel_binding=require");
    await attach(full(), "host=127.0.0.1 require_auth=scram-sha-256");
  });

  it("says how much of it is verified", async () => {
    const tls = (options: AttachmentOptions) =>
      attach(options).then((info) => info.tls);
    assert.equal(
      await tls({ sslmode: "require" }),
      "TLSv1.3, not verified (require)",
    );
    assert.equal(
      await tls({ sslmode: "verify-ca", sslrootcert: ca }),
      "TLSv1.3, authority verified, host name not (verify-ca)",
    );
    assert.equal(await tls({}), "TLSv1.3, not verified (prefer)");
    assert.equal(await tls({ sslmode: "disable" }), "not encrypted (disable)");
  });

  it("keeps within the versions that are asked for", async () => {
    const info = await attach(
      full(),
      "host=127.0.0.1 ssl_max_protocol_version=TLSv1.2",
    );
    assert.equal(info.tls, "TLSv1.2, verified (verify-full)");
  });

  it("refuses a certificate for another host", async () => {
    const other = { name: "db.example", hosts: ["db.example"] };
    await server.serve(authority.issue(other), authority.certificate);
    await refused("tlsUnverified", /is for another host name/, full());
    // The host that it is for, at an address that no name server has.
    await attach(full(), "host=db.example hostaddr=127.0.0.1");
    await attach({ sslmode: "verify-ca", sslrootcert: ca });
  });

  it("refuses a certificate that has expired", async () => {
    const old = { name: "x", addresses: ["127.0.0.1"], days: -1 };
    await server.serve(authority.issue(old), authority.certificate);
    await refused("tlsUnverified", /certificate has expired/, full());
  });

  it("refuses an authority that is not trusted", async () => {
    const unknown = await write("stranger.pem", stranger.certificate);
    const notTrusted = /from an authority that is not trusted here/;
    for (const sslmode of ["verify-full", "verify-ca", "require"]) {
      const options = { sslmode, sslrootcert: unknown };
      await refused("tlsUnverified", notTrusted, options);
    }
    await refused("tlsUnverified", notTrusted, { sslmode: "verify-full" });
  });

  it("refuses a server that does not offer it", async () => {
    await server.serve(null);
    const none = /server does not offer TLS/;
    await refused("tlsRefused", none, full());
    await refused("tlsRefused", none, { sslmode: "require" });
    assert.equal((await attach({})).tls, "not encrypted (prefer)");
  });

  it("shows a client certificate to a server that asks for one", async () => {
    await server.letIn([
      "hostssl all app 127.0.0.1/32 scram-sha-256 clientcert=verify-full",
    ]);
    const demanded = /demands a client certificate \(sslcert, sslkey\)/;
    await refused("tlsRefused", demanded, full());
    const mine = authority.issue({ name: "app" });
    const sslcert = await write("app.crt", mine.cert);
    const sslkey = await write("app.key", mine.key);
    const info = await attach({ ...full(), sslcert, sslkey });
    assert.equal(info.tls, "TLSv1.3, verified (verify-full)");
    await engine.handlers.detach({ alias: "db" });

    const theirs = stranger.issue({ name: "app" });
    const foreign = {
      ...full(),
      sslcert: await write("foreign.crt", theirs.cert),
      sslkey: await write("foreign.key", theirs.key),
    };
    await refused("tlsRefused", /does not accept the client/, foreign);
    const mixed = { ...full(), sslcert, sslkey: foreign.sslkey };
    await refused("connectionInvalid", /its key .* cannot be used/, mixed);
  });

  it("reads a client's key that has a passphrase, and tells nobody", async () => {
    await server.letIn(["hostssl all app 127.0.0.1/32 cert"]);
    const mine = authority.issue({ name: "app" });
    await write("app2.crt", mine.cert);
    await write("app2.key", encryptKey(mine.key, passphrase));
    // Files relative to the env file.
    const text = `DB_HOST=127.0.0.1\nDB_PORT=${server.port}\nDB_USER=app\nDB_NAME=postgres\nDB_SSLMODE=verify-full\nDB_SSLROOTCERT=ca.pem\nDB_SSLCERT=app2.crt\nDB_SSLKEY=./app2.key\n`;
    const envFile = (more: string): Promise<string> =>
      write("client.env", text + more);
    const source = {
      kind: "envFile",
      file: await envFile(`DB_SSLPASSWORD='${passphrase}'\n`),
      prefix: "DB_",
    } as const;
    const attached = { alias: "db", readOnly: true, source };
    await engine.handlers.attach(attached);
    assert.deepEqual(
      await engine.rows("SELECT session_user::text AS a", "db"),
      [["app"]],
    );
    await engine.handlers.detach({ alias: "db" });
    await envFile("DB_SSLPASSWORD=wrong\n");
    const error = await faultOf(engine.handlers.attach(attached));
    assert.equal(error.class, "connectionInvalid", error.message);
  });

  it("refuses a key that others can read, and a file that is not there", async () => {
    const mine = authority.issue({ name: "app" });
    const sslcert = await write("open.crt", mine.cert);
    const sslkey = await write("open.key", mine.key);
    await chmod(sslkey, 0o644);
    const open = request({ ...full(), sslcert, sslkey });
    const error = await faultOf(engine.handlers.attach(open));
    assert.equal(error.class, "connectionInvalid");
    assert.match(error.message, /others have access to it/);
    const missing = request({ ...full(), sslrootcert: "/nowhere/ca.pem" });
    const nowhere = await faultOf(engine.handlers.attach(missing));
    assert.equal(nowhere.class, "connectionInvalid");
    assert.match(nowhere.message, /sslrootcert of the attachment names a file/);
  });

  it("is looked at anew when the certificate was replaced", async () => {
    await attach(full());
    const drop = async (): Promise<void> => {
      const backends = "FROM pg_stat_activity WHERE usename = 'app'";
      await server.sql(`SELECT pg_terminate_backend(pid) ${backends}`);
    };
    const count = "SELECT count(*) FROM db.pg_catalog.pg_database";
    const renewed = authority.issue({ name: "x", addresses: ["127.0.0.1"] });
    await server.serve(renewed, authority.certificate);
    await drop();
    await engine.run(count);
    await engine.succeed(count);

    const forged = stranger.issue({ name: "x", addresses: ["127.0.0.1"] });
    await server.serve(forged, authority.certificate);
    await drop();
    await engine.run(count);
    const { error } = await engine.fail(count);
    assert.equal(error.class, "tlsUnverified", error.message);
    const native = await engine.fail("SELECT 1", "db");
    assert.equal(native.error.class, "tlsUnverified", native.error.message);
    assert.match(native.error.message, /authority that is not trusted/);

    await server.serve(here, authority.certificate);
    await engine.succeed(count);
  });

  it("tells no secret in any of this", () => {
    const everything = JSON.stringify([engine.answers, engine.events]);
    for (const secret of [password, passphrase]) {
      assert.ok(!everything.includes(secret));
      assert.ok(!everything.includes(encodeURIComponent(secret)));
    }
  });
});
