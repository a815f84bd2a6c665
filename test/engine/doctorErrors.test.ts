import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { useDoctor } from "../support/doctorSuite";
import { faultOf } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { freePort } from "../support/freePort";
import { assertTold } from "../support/toldError";
import { SilentServer } from "../support/silentServer";

describe("the guide's troubleshooting, with the engines' real errors", () => {
  const suite = useDoctor("doctor_errors");

  const attachFault = (
    env: Readonly<Record<string, string | null>>,
    connectTimeoutSeconds = 5,
  ) => suite.attachFault(env, connectTimeoutSeconds);

  describe("extension not loading", () => {
    it("a missing extension is to be installed", async () => {
      const empty = path.join(suite.engine.folder, "none");
      await mkdir(empty);
      await suite.start({
        extensionDirectory: empty,
        extensionRepositories: [],
        downloadExtensions: false,
      });
      const error = await faultOf(
        suite.engine.handlers.loadExtension({ name: "postgres_scanner" }),
      );
      assertTold(error, {
        class: "extensionMissing",
        message: /postgres_scanner/,
        hint: /[Ii]nstall/,
        actions: ["installExtension", "runDoctor"],
      });
    });

    it("a file that is no extension is not loaded", async () => {
      const folder = path.join(suite.engine.folder, "broken");
      const place = path.join(folder, "v1.5.5", "linux_amd64");
      await mkdir(place, { recursive: true });
      const file = path.join(place, "postgres_scanner.duckdb_extension");
      await writeFile(file, "this is no extension".repeat(100));
      const outcome = await suite.engine.fail(`LOAD '${file}'`);
      assertTold(outcome.error, {
        class: "extensionInvalid",
        message: /not a DuckDB extension|metadata/,
        hint: /built for this DuckDB version/,
        actions: ["installExtension", "runDoctor"],
      });
    });
  });

  describe("connection timeout", () => {
    it("a server that says nothing", async () => {
      const silent = await SilentServer.start();
      try {
        const error = await attachFault({ PORT: String(silent.port) }, 1);
        assertTold(error, {
          class: "connectTimeout",
          message: /does not answer: nothing came within 1 s/,
          hint: /network, VPN and firewall.*bad\.env, in the variables POSTGRES_/,
          actions: ["openEnvFile", "openSettings", "retry", "runDoctor"],
        });
      } finally {
        await silent.stop();
      }
    });

    it("a server that is not there", async () => {
      assertTold(await attachFault({ PORT: String(await freePort(0)) }), {
        class: "connectionRefused",
        message: /Connection refused/,
        hint: /server is running/,
        actions: ["openEnvFile", "runDoctor"],
      });
    });

    it("a host that does not exist", async () => {
      assertTold(await attachFault({ HOST: "nowhere.invalid" }), {
        class: "hostUnknown",
        message: /nowhere\.invalid/,
        hint: /resolve the name/,
        actions: ["openEnvFile", "runDoctor"],
      });
    });

    it("a statement that takes too long, in DuckDB and natively", async () => {
      await suite.start({ statementTimeoutSeconds: 1 });
      await suite.attach("shop", "reader");
      for (const outcome of [
        await suite.engine.fail(
          "FROM postgres_query('shop', 'SELECT 1 FROM pg_sleep(30)')",
        ),
        await suite.engine.fail("SELECT pg_sleep(30)", "shop"),
      ]) {
        assertTold(outcome.error, {
          class: "statementTimeout",
          message: /statement timeout/,
          hint: /statement timeout of the attachment/,
          actions: ["openSettings", "retry"],
        });
      }
    });

    it("the guide's setting for it, which is none", async () => {
      const { error } = await suite.engine.fail(
        "PRAGMA postgres_scanner_no_such_timeout=60000",
      );
      assert.match(error.hint, /pg_pages_per_task/);
    });
  });

  it("memory exhaustion: what takes the memory, and not the batch size", async () => {
    await suite.engine.succeed("SET memory_limit = '20MB'");
    await suite.engine.succeed("SET max_temp_directory_size = '0KB'");
    const { error } = await suite.engine.fail(
      "SELECT count(*) FROM (SELECT DISTINCT md5(range::VARCHAR) || md5((range + 1)::VARCHAR) FROM range(3000000))",
    );
    assertTold(error, {
      class: "outOfMemory",
      message: /memory|allocate|pin/i,
      hint: /memory_limit.*a batch size does not help/,
      actions: ["openSettings", "runDoctor"],
    });
  });

  describe("authentication failure", () => {
    it("a wrong password", async () => {
      assertTold(await attachFault({ PASSWORD: "not-this-one" }), {
        class: "authenticationFailed",
        message: /password authentication failed/,
        hint: /user and the password.*bad\.env/,
        actions: ["openEnvFile", "runDoctor"],
      });
    });

    it("a role that is none", async () => {
      assertTold(await attachFault({ USER: "nobody_at_all" }), {
        class: "authenticationFailed",
        message: /nobody_at_all/,
        hint: /user and the password/,
        actions: ["openEnvFile"],
      });
    });

    it("a database that is none", async () => {
      assertTold(await attachFault({ DATABASE: "no_such_database" }), {
        class: "databaseMissing",
        message: /no_such_database/,
        hint: /Check the database/,
        actions: ["openEnvFile", "runDoctor"],
      });
    });

    it("a role without CONNECT", async () => {
      await admin(`REVOKE CONNECT ON DATABASE ${suite.database} FROM PUBLIC`);
      try {
        assertTold(await attachFault({}), {
          class: "permission",
          message: /permission denied for database/,
          hint: /GRANT CONNECT/,
          actions: ["runDoctor"],
        });
      } finally {
        await admin(`GRANT CONNECT ON DATABASE ${suite.database} TO PUBLIC`);
      }
    });

    it("a role that may not log in", async () => {
      await admin(`ALTER ROLE ${suite.role("reader")} NOLOGIN`);
      try {
        assertTold(await attachFault({}), {
          class: "authenticationFailed",
          message: /not permitted to log in/,
          hint: /user and the password/,
          actions: ["runDoctor"],
        });
      } finally {
        await admin(`ALTER ROLE ${suite.role("reader")} LOGIN`);
      }
    });

    it("a table without SELECT, in DuckDB and natively", async () => {
      await suite.attach("shop", "reader");
      await suite.sql(
        `GRANT USAGE ON SCHEMA hidden TO ${suite.role("reader")}`,
      );
      for (const outcome of [
        await suite.engine.fail("FROM shop.hidden.secret"),
        await suite.engine.fail("SELECT * FROM hidden.secret", "shop"),
      ]) {
        assertTold(outcome.error, {
          class: "permission",
          message: /permission denied for table secret/,
          hint: /grant the right/,
          actions: ["runDoctor"],
        });
      }
    });
  });

  it("too many connections of a role", async () => {
    await admin(`ALTER ROLE ${suite.role("member")} CONNECTION LIMIT 0`);
    try {
      assertTold(await attachFault({ USER: suite.role("member") }), {
        class: "connectionRefused",
        message: /too many connections/,
        hint: /no connection left/,
        actions: ["runDoctor"],
      });
    } finally {
      await admin(`ALTER ROLE ${suite.role("member")} CONNECTION LIMIT -1`);
    }
  });

  it("TLS that the server does not offer", async () => {
    assertTold(await attachFault({ SSLMODE: "require" }), {
      class: "tlsRefused",
      message: /does not support SSL/,
      hint: /choose an sslmode/,
      actions: ["chooseSslMode", "openEnvFile", "runDoctor"],
    });
  });
});
