import assert from "node:assert/strict";
import type { TableTarget } from "../../../src/protocol/results";
import { faultOf, TestEngine } from "../../support/engineHarness";
import { admin } from "../../support/postgres";
import { inPostgres, MadeTables } from "./madeTables";

describe("materialise where it cannot be", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  before(async () => {
    engine = await TestEngine.start();
    await engine.attach("pg", { readOnly: false });
    await admin("CREATE SCHEMA IF NOT EXISTS made");
  });
  after(async () => {
    await admin("DROP SCHEMA IF EXISTS made CASCADE");
    await engine.close();
  });

  const { make, assertTidy } = new MadeTables(() => engine);

  for (const [what, target, words] of [
    [
      "a schema that is not there",
      { schema: "nowhere" },
      /Schema with name nowhere does not exist/,
    ],
    [
      "a schema that PostgreSQL has not",
      { catalog: "pg", schema: "nowhere" },
      /nowhere/,
    ],
    ["a database that is not there", { catalog: "nowhere" }, /nowhere/],
    ["a table that is there", { table: "taken" }, /already exists/],
    ["a view that is there", { table: "taken view" }, /already exists/],
    [
      "a view that is there, to replace it",
      { table: "taken view", mode: "replace" },
      /View/,
    ],
    [
      "a table that PostgreSQL has",
      { ...inPostgres, table: "taken" },
      /already exists/,
    ],
    [
      "a view that PostgreSQL has, to replace it",
      { ...inPostgres, table: "taken view", mode: "replace" },
      /view/i,
    ],
    [
      "a table without such a column",
      { table: "taken", mode: "append" },
      /does not have a column with name "other"|other/,
    ],
  ] as const satisfies readonly (readonly [
    string,
    Partial<TableTarget>,
    RegExp,
  ])[]) {
    it(`is refused in words, and changes nothing: ${what}`, async () => {
      await engine.succeed(
        `CREATE OR REPLACE TABLE taken AS SELECT 'old' AS a`,
      );
      await engine.succeed(
        `CREATE OR REPLACE VIEW "taken view" AS SELECT 'old' AS a`,
      );
      await admin(
        `DROP VIEW IF EXISTS made."taken view"; DROP TABLE IF EXISTS made.taken;
         CREATE TABLE made.taken AS SELECT 'old' AS a; CREATE VIEW made."taken view" AS SELECT 'old' AS a`,
      );
      const fault = await faultOf(
        make("SELECT 1 AS other", { table: "new", ...target }),
      );
      assert.match(fault.message, words);
      for (const name of ["taken", '"taken view"']) {
        assert.deepEqual(await engine.rows(`FROM ${name}`), [["old"]]);
        assert.deepEqual(
          await engine.rows(`SELECT * FROM made.${name}`, "pg"),
          [["old"]],
        );
      }
      await assertTidy();
    });
  }

  it("goes to the schema that is named, whatever its name", async () => {
    const schema = 'Two "words", it\'s';
    const quoted = '"Two ""words"", it\'s"';
    await engine.succeed(`CREATE SCHEMA ${quoted}`);
    await admin(`CREATE SCHEMA ${quoted}`);
    try {
      for (const catalog of ["memory", "pg"]) {
        await make("SELECT 7 AS a", { catalog, schema, table: "Über x" });
        assert.deepEqual(
          await engine.rows(
            `SELECT a::VARCHAR FROM ${catalog}.${quoted}."Über x"`,
          ),
          [["7"]],
        );
      }
    } finally {
      await admin(`DROP SCHEMA ${quoted} CASCADE`);
    }
  });

  for (const mode of ["create", "replace", "append"] as const) {
    it(`leaves no part of a table in PostgreSQL when it fails in its last row: ${mode}`, async () => {
      const table = `fails ${mode}`;
      if (mode !== "create") {
        await make("SELECT 'old' AS a", { ...inPostgres, table });
      }
      const rows = (last: string): string =>
        `SELECT CASE WHEN i = 99999 THEN ${last} ELSE 'x' END AS a FROM range(100000) t(i)`;
      // No text of PostgreSQL's has this character.
      const fault = await faultOf(
        make(rows("chr(0)"), { ...inPostgres, table, mode }),
      );
      assert.match(fault.message, /0x00|null byte|NUL/i);
      const there = await engine.rows(
        `SELECT count(*)::text FROM pg_class WHERE relnamespace = 'made'::regnamespace AND relname = '${table}'`,
        "pg",
      );
      assert.deepEqual(there, [[mode === "create" ? "0" : "1"]]);
      if (mode !== "create") {
        assert.deepEqual(
          await engine.rows(`SELECT * FROM made."${table}"`, "pg"),
          [["old"]],
        );
      }
      await assertTidy();
      // Nothing of the failure is remembered either.
      const made = await make(rows("'y'"), { ...inPostgres, table, mode });
      assert.equal(made.rows, 100_000);
      assert.deepEqual(
        await engine.rows(`SELECT count(*)::text FROM made."${table}"`, "pg"),
        [[mode === "append" ? "100001" : "100000"]],
      );
    });
  }
});
