import assert from "node:assert/strict";
import { TestEngine, faultOf } from "../support/engineHarness";
import { admin } from "../support/postgres";
import { until } from "../support/until";

describe("connections to a server", () => {
  let engine: TestEngine;
  before(async () => {
    await admin(
      'CREATE SCHEMA one; CREATE SCHEMA "Two\'s"; CREATE SCHEMA three; CREATE TABLE one.t (a int); CREATE TABLE three.t (a int); CREATE TABLE "Two\'s".t (a int)',
    );
    engine = await TestEngine.start({
      settings: { pg_pool_idle_timeout_millis: "500" },
    });
  });
  after(async () => {
    await engine.close();
    await admin(
      'DROP SCHEMA one CASCADE; DROP SCHEMA "Two\'s" CASCADE; DROP SCHEMA three CASCADE',
    );
  });

  const backends = async (purpose: string): Promise<number> =>
    (
      await admin(
        `SELECT FROM pg_stat_activity WHERE application_name LIKE 'viaduct-${purpose}-%'`,
      )
    ).length;
  const attach = (
    alias: string,
    options: Parameters<typeof engine.handlers.attach>[0]["options"],
  ): Promise<unknown> =>
    engine.handlers.attach({
      alias,
      readOnly: false,
      source: { kind: "envFile", file: engine.envFile, prefix: "POSTGRES_" },
      ...(options === undefined ? {} : { options }),
    });

  it("are as many as the attachment says", async () => {
    await attach("small", { poolSize: 3 });
    await attach("large", { poolSize: 9 });
    assert.deepEqual(
      await engine.rows(
        "SELECT catalog_name, max_connections FROM postgres_configure_pool() ORDER BY 1",
      ),
      [
        ["large", "9"],
        ["small", "3"],
      ],
    );
  });

  it("are given back when nobody uses them", async () => {
    await attach("back", {});
    await engine.rows("FROM back.one.t");
    await engine.rows("SELECT 1", "back");
    await engine.handlers.listSchemas({ catalog: "back" });
    await until(
      "all of them to be closed",
      async () => (await backends("%")) === 0,
      50_000,
    );
    assert.deepEqual(await engine.rows("FROM back.one.t"), []);
    assert.deepEqual((await engine.succeed("SELECT 1", "back")).notices, []);
    assert.ok(
      (await engine.handlers.listSchemas({ catalog: "back" })).includes("one"),
    );
  }).timeout(60_000);

  it("stay while they have a transaction or a setting", async () => {
    await attach("kept", {});
    for (const [sql, after] of [
      ["BEGIN", "ROLLBACK"],
      ["SET search_path = one", "RESET ALL"],
      ["CREATE TEMP TABLE mine (a int)", "DROP TABLE mine"],
    ] as const) {
      await engine.succeed(sql, "kept");
      // It has nothing to keep, and is used later: when it is gone, the other has been looked at.
      await engine.succeed("SELECT 1", "back");
      await until(
        `only one to be left after ${sql}`,
        async () => (await backends("native")) === 1,
      );
      await engine.succeed(after, "kept");
    }
    await engine.handlers.detach({ alias: "kept" });
    assert.equal(await backends("native"), 0);
  });

  it("show only the schemas that the attachment names", async () => {
    await attach("few", { schemas: ["one", "Two's"] });
    assert.deepEqual(await engine.handlers.listSchemas({ catalog: "few" }), [
      "Two's",
      "one",
    ]);
    assert.deepEqual(await engine.rows("FROM few.t"), []);
    assert.deepEqual(await engine.rows(`FROM few."Two's".t`), []);
    for (const sql of [
      "FROM few.three.t",
      // As the patterns guide tests a connection.
      "FROM few.information_schema.tables",
    ]) {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, "catalog");
      assert.match(
        error.message,
        /"few" is attached with its schemas "one", "Two's" only\.$/,
      );
    }
    const { error } = await engine.fail("FROM nowhere.public.t");
    assert.equal(error.class, "catalog");
    assert.doesNotMatch(error.message, /few/);
  });

  it("say which schema does not exist", async () => {
    const error = await faultOf(
      attach("wrong", { schemas: ["one", "nowhere"] }),
    );
    assert.match(error.message, /no schema "nowhere"/);
    assert.ok(
      (await engine.handlers.listCatalogs(null)).every(
        ({ name }) => name !== "wrong",
      ),
    );
  });

  it("have one alias, whatever its case", async () => {
    await attach("Same", {});
    await attach("sAME", { poolSize: 2 });
    assert.equal(
      (await engine.handlers.listCatalogs(null)).filter(
        ({ name }) => name.toLowerCase() === "same",
      ).length,
      1,
    );
    await engine.succeed("ATTACH ':memory:' AS \"Held\"");
    assert.equal((await faultOf(attach("hELD", {}))).class, "aliasInvalid");
    assert.equal((await faultOf(attach("MEMORY", {}))).class, "aliasInvalid");
  });
});
