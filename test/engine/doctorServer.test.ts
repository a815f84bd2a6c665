import assert from "node:assert/strict";
import { find, rolePassword, useDoctor } from "../support/doctorSuite";
import { admin, connectAdmin, testServer } from "../support/postgres";

describe("the doctor, about servers", () => {
  const suite = useDoctor("doctor_server");

  it("closes the connections that it made", async () => {
    await suite.attach("shop", "reader");
    await suite.diagnose();
    const rows = await admin(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name LIKE 'viaduct-control%' AND usename = 'doctor_server_reader'",
    );
    assert.deepEqual(rows, [{ n: 0 }]);
  });

  it("finds large tables that were never analyzed, with the ANALYZE that mends it", async () => {
    await suite.sql(`
      CREATE TABLE app."Big ""one" (t text) WITH (autovacuum_enabled = off);
      ALTER TABLE app."Big ""one" ALTER t SET STORAGE PLAIN;
      INSERT INTO app."Big ""one" SELECT repeat('x', 5000) FROM generate_series(1, 1200)`);
    try {
      await suite.attach("shop", "reader");
      const check = find(await suite.diagnose(), "server.statistics");
      assert.equal(check.status, "warn");
      assert.match(check.reason, /app\.Big "one \(9\.4 MB, never analyzed\)/);
      assert.equal(check.sql, 'ANALYZE "app"."Big ""one";');
      await suite.sql(check.sql);
      assert.equal(
        find(await suite.diagnose(), "server.statistics").status,
        "pass",
      );
    } finally {
      await suite.sql('DROP TABLE app."Big ""one"');
    }
  });

  it("says which timeouts the server keeps, and where they come from", async () => {
    await suite.start({
      statementTimeoutSeconds: 30,
      settings: { threads: "1" },
    });
    await admin("ALTER ROLE doctor_server_reader SET lock_timeout = '7s'");
    try {
      await suite.attach("shop", "reader");
      const check = find(await suite.diagnose(), "server.timeouts");
      assert.equal(check.status, "pass");
      assert.match(
        check.reason,
        /connect 5 s \(Viaduct\), statement 30 s \(Viaduct\), idle in transaction none, lock 7 s \(the role\)/,
      );
    } finally {
      await admin("ALTER ROLE doctor_server_reader RESET lock_timeout");
    }
  });

  it("warns of a connection that leaves the machine without TLS", async function () {
    if (process.platform === "win32") {
      // Only there 0.0.0.0 is no way to oneself.
      this.skip();
    }
    const file = await suite.envFile("outside", {
      HOST: "0.0.0.0",
      SSLMODE: "prefer",
      USER: suite.role("reader"),
      PASSWORD: rolePassword,
    });
    await suite.engine.attach("shop", { file });
    const check = find(await suite.diagnose(), "server.tls");
    assert.equal(check.status, "warn");
    assert.match(check.reason, /to 0\.0\.0\.0 is not encrypted \(prefer\)/);
  });

  it("sees transactions and locks of this session", async () => {
    await suite.attach("shop", "writer", { readOnly: false });
    await suite.engine.succeed("BEGIN", "shop");
    await suite.engine.succeed("SELECT count(*) FROM app.seen", "shop");
    assert.match(
      find(await suite.diagnose(), "server.transactions").reason,
      /1 transaction of this session open/,
    );
    await suite.engine.succeed("COMMIT", "shop");
    const other = await connectAdmin(testServer(), {
      database: suite.database,
    });
    try {
      await other.query("BEGIN; LOCK TABLE app.seen");
      const { outcome } = suite.engine.begin(
        "SELECT count(*) FROM app.seen",
        "shop",
      );
      let check = find(await suite.diagnose(), "server.locks");
      while (check.status === "pass") {
        check = find(await suite.diagnose(), "server.locks");
      }
      assert.equal(check.status, "warn");
      assert.match(check.reason, /process \d+ waits for \d+/);
      const { rowCount } = await other.query(check.sql ?? "");
      assert.equal(rowCount, 1);
      await other.query("COMMIT");
      assert.equal((await outcome).status, "succeeded");
    } finally {
      await other.end();
    }
  });

  it("names a database that a statement attached, and looks for a password in it", async () => {
    const { host, port } = testServer();
    await suite.engine.succeed(
      `ATTACH 'host=${host} port=${port} dbname=${suite.database} user=doctor_server_reader password=${rolePassword}' AS inline (TYPE postgres, READ_ONLY)`,
    );
    const [[path] = []] = await suite.engine.rows(
      "SELECT path FROM duckdb_databases() WHERE database_name = 'inline'",
    );
    const report = await suite.diagnose();
    assert.equal(find(report, "server.foreign").subject, "inline");
    assert.equal(
      find(report, "engine.inlinePasswords").status,
      /password/.test(path ?? "") ? "warn" : "pass",
    );
  });
});
