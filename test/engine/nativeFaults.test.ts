import assert from "node:assert/strict";
import { writeFile, readFile } from "node:fs/promises";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { until } from "../support/until";

const killNative =
  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'viaduct-native-%'";

describe("a native session in trouble", () => {
  let engine: TestEngine;
  before(async () => {
    await admin("CREATE TABLE trouble (a INTEGER)");
    engine = await TestEngine.start();
    await engine.attach("ro");
    await engine.attach("rw", { readOnly: false });
  });
  after(async () => {
    await engine.close();
    await admin("DROP TABLE trouble");
  });

  const busy = async (sql: string): Promise<boolean> =>
    (
      await admin(
        `SELECT FROM pg_stat_activity WHERE state = 'active' AND application_name LIKE 'viaduct-native-%' AND query = '${sql}'`,
      )
    ).length > 0;
  const backends = async (): Promise<number> =>
    (
      await admin(
        "SELECT FROM pg_stat_activity WHERE application_name LIKE 'viaduct-native-%'",
      )
    ).length;
  const idle = async (sql: string): Promise<void> => {
    await until("the statement to be gone", async () => !(await busy(sql)));
  };

  it("counts rows without columns, and goes on after them", async () => {
    for (const on of ["ro", "rw"]) {
      const outcome = await engine.succeed(
        "SELECT FROM generate_series(1, 20000)",
        on,
      );
      assert.equal(outcome.commandTag, "SELECT 20000");
      assert.equal(outcome.rowCount, 20_000);
      assert.deepEqual(await engine.rows("SELECT 42", on), [["42"]]);
    }
  });

  it("reads cells of very different sizes in batches that fit", async () => {
    const outcome = await engine.succeed(
      "SELECT repeat('x', CASE WHEN i % 100 = 0 THEN 1000000 ELSE 10 END), i FROM generate_series(1, 9000) i",
      "ro",
    );
    assert.equal(outcome.rowCount, 9000);
    assert.equal(outcome.commandTag, "SELECT 9000");
  });

  it("does not go on as if nothing had happened when an idle transaction is lost", async () => {
    await engine.succeed("BEGIN", "rw");
    await engine.succeed("INSERT INTO trouble VALUES (1)", "rw");
    await admin(killNative);
    await until("the backend to be gone", async () => (await backends()) === 0);
    const { error } = await engine.fail("INSERT INTO trouble VALUES (2)", "rw");
    assert.equal(error.class, "connectionLost");
    assert.match(error.message, /transaction/);
    assert.deepEqual(await admin("SELECT a FROM trouble"), []);
    const { notices } = await engine.succeed("SELECT 1", "rw");
    assert.deepEqual(notices, []);
  });

  it("says that settings are gone when an idle session was lost", async () => {
    await engine.succeed("SET search_path = pg_catalog", "rw");
    await admin(killNative);
    await until("the backend to be gone", async () => (await backends()) === 0);
    const { notices } = await engine.succeed("SHOW search_path", "rw");
    assert.equal(notices[0]?.severity, "WARNING");
    assert.match(notices[0].message, /was lost and has been opened anew/);
    assert.deepEqual((await engine.succeed("SELECT 1", "rw")).notices, []);
  });

  it("does not run what was cancelled while it connected", async () => {
    const fresh = await TestEngine.start();
    try {
      await fresh.attach("rw", { readOnly: false });
      const { runId, outcome } = fresh.begin(
        "INSERT INTO trouble VALUES (3)",
        "rw",
      );
      const begun = (): boolean =>
        fresh.events.some(({ event }) => event === "statementStarted");
      while (!begun()) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      await fresh.handlers.cancel({ runId });
      assert.equal((await outcome).status, "cancelled");
      assert.deepEqual(await admin("SELECT a FROM trouble"), []);
    } finally {
      await fresh.close();
    }
  });

  it("stops the server, too, when the alias is detached", async () => {
    const sql = "SELECT pg_sleep(61)";
    await engine.attach("gone", { readOnly: false });
    const { outcome } = engine.begin(sql, "gone");
    await until("the statement to run", () => busy(sql));
    await engine.handlers.detach({ alias: "gone" });
    assert.notEqual((await outcome).status, "succeeded");
    await idle(sql);
  });

  it("ends a cancelled run whose server does not answer any more", async () => {
    const file = path.join(engine.folder, "later.env");
    await writeFile(file, await readFile(engine.envFile, "utf8"));
    const sql = "SELECT pg_sleep(62)";
    await admin("CREATE ROLE once SUPERUSER LOGIN PASSWORD 'once-only'");
    try {
      await writeFile(
        file,
        (await readFile(engine.envFile, "utf8"))
          .replace(/^POSTGRES_USER=.*$/m, "POSTGRES_USER=once")
          .replace(/^POSTGRES_PASSWORD=.*$/m, "POSTGRES_PASSWORD=once-only"),
      );
      await engine.attach("once", { file });
      const { runId, outcome } = engine.begin(sql, "once");
      await until("the statement to run", () => busy(sql));
      await admin("ALTER ROLE once NOLOGIN");
      const cancelled = await engine.handlers.cancel({ runId });
      assert.deepEqual(cancelled, { cancelled: true, serverBackends: 0 });
      const ended = await outcome;
      assert.equal(ended.status, "cancelled");
      assert.match(ended.notices[0]?.message ?? "", /could not be told/);
    } finally {
      await admin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'once'",
      );
      await engine.handlers.detach({ alias: "once" });
      await until("its sessions to end", async () => {
        return (
          (await admin("SELECT FROM pg_stat_activity WHERE usename = 'once'"))
            .length === 0
        );
      });
      await admin("DROP ROLE once");
    }
  });
});
