import assert from "node:assert/strict";
import fc from "fast-check";
import { checkAlias } from "../../../src/core/connections/alias";
import {
  connectionValuesOf,
  isLoopback,
  serverPlaces,
  type ConnectionValues,
} from "../../../src/core/connections/connectionValues";
import {
  createSecret,
  serverOptions,
  targetSessionAttributes,
} from "../../../src/core/connections/secretParameters";
import { describeTls } from "../../../src/core/connections/negotiatedTls";
import { quoteIdentifier, quoteLiteral } from "../../../src/core/sql/quote";

const limits = {
  connectTimeoutSeconds: 5,
  idleInTransactionTimeoutSeconds: 0,
  statementTimeoutSeconds: 30,
  applicationName: "viaduct-run-1",
  readOnly: true,
};

const of = (options: Record<string, string>): ConnectionValues =>
  connectionValuesOf(
    {
      values: new Map(Object.entries(options)),
      blame: (keyword) => ({
        errorClass: "connectionInvalid",
        subject: `The option ${keyword}`,
      }),
    },
    { user: "me", host: (port) => `/sockets/${port}` },
  );

describe("connection values", () => {
  it("are libpq's defaults where a source says nothing", () => {
    assert.deepEqual(of({}), {
      host: "/sockets/5432",
      port: "5432",
      database: "me",
      user: "me",
      password: "",
      sslmode: "prefer",
      sslrootcert: "",
      options: {},
    });
    assert.equal(of({ user: "u" }).database, "u");
    assert.equal(of({ hostaddr: "10.0.0.1" }).host, "10.0.0.1");
  });

  it("verify the server wherever a connection leaves the machine", () => {
    const tls = (options: Record<string, string>) => {
      const { sslmode, sslrootcert } = of(options);
      return `${sslmode} ${sslrootcert}`;
    };
    assert.equal(tls({ host: "db.example" }), "verify-full system");
    assert.equal(tls({ host: "localhost" }), "prefer ");
    assert.equal(tls({ host: "localhost,db" }), "verify-full system");
    assert.equal(
      tls({ host: "localhost", hostaddr: "10.0.0.1" }),
      "verify-full system",
    );
    assert.equal(tls({ host: "db", sslmode: "require" }), "require ");
    assert.equal(tls({ host: "db", sslrootcert: "/ca" }), "verify-full /ca");
    assert.equal(
      tls({ host: "::1", sslrootcert: "system" }),
      "verify-full system",
    );
  });

  it("refuse what libpq refuses, naming the option and not its value", () => {
    const wrong: readonly Record<string, string>[] = [
      { sslmode: "hunter22" },
      { port: "hunter22" },
      { port: "0" },
      { port: "65536" },
      { port: "1,2" },
      { host: "a,b", hostaddr: "hunter22" },
      { host: "a,b", port: "1,2,3" },
      { connect_timeout: "hunter22" },
      { target_session_attrs: "hunter22" },
      { ssl_min_protocol_version: "hunter22" },
      { replication: "database" },
      { sslrootcert: "system", sslmode: "require" },
      { sslnegotiation: "direct", sslmode: "prefer" },
      { options: "hunter22\0" },
    ];
    for (const options of wrong) {
      const named = Object.keys(options).join("|");
      assert.throws(
        () => of(options),
        (error: Error) =>
          new RegExp(`^The option (?:${named}) `).test(error.message) &&
          !error.message.includes("hunter22"),
        JSON.stringify(options),
      );
    }
  });

  it("keep every other option, and hand it to DuckDB", () => {
    const values = of({
      host: "a,b",
      port: "1,",
      hostaddr: "10.0.0.1,",
      sslcert: "/c",
      sslpassword: "x",
      target_session_attrs: "read-write",
      keepalives_idle: "7",
      options: "-c search_path=x",
      connect_timeout: "9",
      application_name: "mine",
      krbsrvname: "",
    });
    assert.deepEqual(serverPlaces(values), [
      { host: "a", hostaddr: "10.0.0.1", port: "1", password: "" },
      { host: "b", hostaddr: "", port: "5432", password: "" },
    ]);
    const { values: bound } = createSecret("s", values, limits);
    assert.equal(bound["sslcert"], "/c");
    assert.equal(bound["sslpassword"], "x");
    assert.equal(bound["keepalives_idle"], "7");
    assert.equal(bound["connect_timeout"], "9");
    assert.equal(bound["krbsrvname"], "postgres");
    // A cancel finds the backends by this name.
    assert.equal(bound["application_name"], "viaduct-run-1");
    assert.equal(
      bound["options"],
      "-c search_path=x -c statement_timeout=30000 -c default_transaction_read_only=on",
    );
    // No session of ours could write, so none would ever be read-write.
    assert.equal(bound["target_session_attrs"], "primary");
    const writing = { ...limits, readOnly: false };
    assert.equal(targetSessionAttributes(values, writing), "read-write");
  });

  it("wait for no server for ever", () => {
    const { values } = createSecret("s", of({ connect_timeout: "0" }), limits);
    assert.equal(values["connect_timeout"], "5");
  });

  it("give a password file to libpq only where hosts have their own", () => {
    const bound = (values: ConnectionValues) =>
      createSecret("s", values, limits).values["passfile"];
    const values = of({ host: "a,b", passfile: "/p" });
    assert.equal(bound(values), "/dev/null/none");
    assert.equal(bound({ ...values, hostPasswords: ["x", "y"] }), "/p");
  });

  it("know what cannot leave the machine", () => {
    for (const host of ["localhost", "127.0.0.1", "127.9.9.9", "::1", "/tmp"]) {
      assert.ok(isLoopback(host), host);
    }
    for (const host of ["127.0.0.1.evil.com", "localhost.x", "10.0.0.1", ""]) {
      assert.ok(!isLoopback(host), host);
    }
  });

  it("say what TLS there is", () => {
    const tls = (sslmode: string, version: string | null, isVerified = false) =>
      describeTls({ sslmode, host: "h", options: {} }, { version, isVerified });
    assert.equal(
      tls("verify-full", "TLSv1.3", true),
      "TLSv1.3, verified (verify-full)",
    );
    assert.equal(tls("require", "TLSv1.3"), "TLSv1.3, not verified (require)");
    assert.equal(tls("prefer", null), "not encrypted (prefer)");
    const socket = (host: string, options = {}) =>
      describeTls(
        { sslmode: "verify-full", host, options },
        { version: null, isVerified: false },
      );
    assert.equal(socket("/tmp,@abstract"), "a socket of this machine");
    for (const text of [
      socket("/tmp,elsewhere"),
      socket("/tmp", { hostaddr: "192.0.2.1" }),
    ]) {
      assert.equal(text, "not encrypted (verify-full)");
    }
  });

  it("are no part of the text of a secret", () => {
    const value = fc
      .string({ minLength: 6 })
      .filter((text) => !/^[\w.-]+$/.test(text) && !text.includes("\0"));
    fc.assert(
      fc.property(value, (password) => {
        const { sql, values } = createSecret("s", of({ password }), limits);
        assert.ok(!sql.includes(password));
        assert.equal(values["password"], password);
        assert.match(sql, /PASSWORD \$password/);
      }),
    );
    assert.equal(
      serverOptions(limits),
      "-c statement_timeout=30000 -c default_transaction_read_only=on",
    );
  });

  it("go with names and texts that are quoted, and aliases that are good", () => {
    assert.equal(quoteIdentifier('a"b'), '"a""b"');
    assert.equal(quoteLiteral("it's"), "'it''s'");
    for (const alias of [
      "",
      "x".repeat(64),
      "Temp",
      "viaduct_host",
      "a\u0000",
    ]) {
      assert.throws(() => {
        checkAlias(alias);
      }, /alias/);
    }
    checkAlias("källa 1");
  });
});
