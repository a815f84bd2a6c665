import assert from "node:assert/strict";
import fc from "fast-check";
import {
  connectionPrefixes,
  connectionValues,
  isLoopback,
} from "../../../src/core/connections/connectionValues";
import { parseConnectionUrl } from "../../../src/core/connections/connectionUrl";
import {
  createSecret,
  serverOptions,
} from "../../../src/core/connections/secretParameters";
import { checkAlias } from "../../../src/core/connections/alias";
import { quoteIdentifier, quoteLiteral } from "../../../src/core/sql/quote";

const limits = {
  connectTimeoutSeconds: 5,
  idleInTransactionTimeoutSeconds: 0,
  statementTimeoutSeconds: 30,
  applicationName: "viaduct-run-1",
  readOnly: true,
};

describe("connection values", () => {
  const from = (variables: Record<string, string>, prefix = "PG_") =>
    connectionValues(new Map(Object.entries(variables)), prefix, "/x/.env");
  const full = {
    PG_HOST: "db.example.com",
    PG_DB: "d",
    PG_USERNAME: "u",
    PG_PASSWORD: "p",
  };

  it("knows the usual names and fills in port and TLS", () => {
    assert.deepEqual(from(full), {
      host: "db.example.com",
      port: "5432",
      database: "d",
      user: "u",
      password: "p",
      sslmode: "verify-full",
      sslrootcert: "system",
    });
    assert.equal(from({ ...full, PG_HOST: "localhost" }).sslmode, "prefer");
    const own = from({ ...full, PG_SSLROOTCERT: "/ca.pem" });
    assert.equal(own.sslrootcert, "/ca.pem");
    assert.equal(from({ ...full, PG_SSLMODE: "require" }).sslrootcert, "");
  });

  it("takes the parts of a URL, and separate variables before them", () => {
    const url =
      "postgres://u%40x:p%3Aw@[::1]:6543/d%20b?sslmode=disable&application_name=x";
    assert.deepEqual(from({ PG_URL: url }), {
      host: "::1",
      port: "6543",
      database: "d b",
      user: "u@x",
      password: "p:w",
      sslmode: "disable",
      sslrootcert: "",
    });
    assert.equal(
      from({ DATABASE_URL: url, PG_DATABASE: "own" }).database,
      "own",
    );
  });

  it("names what is missing or wrong", () => {
    for (const [variables, text] of [
      [{}, "PG_HOST is not in /x/.env"],
      [{ ...full, PG_DB: "" }, "PG_DATABASE is empty"],
      [{ ...full, PG_PORT: "0" }, "PG_PORT"],
      [{ ...full, PG_PORT: "70000" }, "PG_PORT"],
      [{ ...full, PG_SSLMODE: "yes" }, "PG_SSLMODE"],
      [{ PG_URL: "mysql://x" }, "PG_URL"],
    ] as const) {
      assert.throws(
        () => from(variables),
        new RegExp(text.replaceAll("/", "\\/")),
      );
    }
    assert.equal(from({ ...full, PG_PASSWORD: "" }).password, "");
  });

  it("finds prefixes", () => {
    assert.deepEqual(
      connectionPrefixes([
        "PATH",
        "DATABASE_URL",
        "POSTGRES_HOST",
        "POSTGRES_PORT",
        "DEV_PG_URL",
        "SOURCE_DB",
      ]),
      ["", "DEV_PG_", "POSTGRES_", "SOURCE_"],
    );
  });

  it("knows what cannot leave the machine", () => {
    for (const host of ["localhost", "127.0.0.1", "127.9.9.9", "::1", "/tmp"]) {
      assert.ok(isLoopback(host), host);
    }
    for (const host of ["127.0.0.1.evil.com", "localhost.x", "10.0.0.1", ""]) {
      assert.ok(!isLoopback(host), host);
    }
  });

  it("reads back every URL that it could be given", () => {
    const part = fc.string({ unit: "grapheme", minLength: 1 });
    fc.assert(
      fc.property(part, part, part, (user, password, database) => {
        const e = encodeURIComponent;
        assert.deepEqual(
          parseConnectionUrl(
            `postgresql://${e(user)}:${e(password)}@h:1/${e(database)}`,
          ),
          { user, password, host: "h", port: "1", database },
        );
      }),
    );
  });

  it("puts no value into the text of a secret", () => {
    const value = fc
      .string({ minLength: 6 })
      .filter((text) => !/^[\w.-]+$/.test(text));
    fc.assert(
      fc.property(value, (password) => {
        const { sql, values } = createSecret(
          "s",
          from({ ...full, PG_PASSWORD: password }),
          limits,
        );
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

  it("quotes names and texts, and refuses bad aliases", () => {
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
