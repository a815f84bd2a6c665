import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";
import { CliFolder } from "../support/cliFolder";
import { connectAdmin } from "../support/postgres";

describe("viaduct run, the built program on a real server", () => {
  let cli: CliFolder;
  let admin: Client;

  before(async () => {
    cli = await CliFolder.create();
    admin = await connectAdmin();
    await admin.query(`
      DROP TABLE IF EXISTS cli_items;
      CREATE TABLE cli_items (id bigint PRIMARY KEY, price numeric(20,4), at timestamptz, note text);
      INSERT INTO cli_items VALUES
        (9007199254740993, 1234567890123456.7890, '2026-03-01 12:00:00.123456+00', ''),
        (2, -0.1000, NULL, 'tab\there')`);
  });

  after(async () => {
    await admin.query("DROP TABLE IF EXISTS cli_items");
    await admin.end();
    await cli.remove();
  });

  it("gives a hybrid query's cells as the engine's own text", async () => {
    const { statements, code, err } = await cli.json(
      `SELECT i.id, i.price, i.at, i.note, NULL AS note, 'NULL' AS "t"
       FROM pg.public.cli_items i JOIN (VALUES (9007199254740993), (2)) v(id) USING (id) ORDER BY i.id DESC`,
      "--attach",
      "pg",
    );
    assert.equal(code, 0, err);
    const [first] = statements;
    assert.ok(first);
    assert.deepEqual(
      first.columns.map(({ name }) => name),
      ["id", "price", "at", "note", "note", "t"],
    );
    assert.deepEqual(first.columns.map(({ type }) => type).slice(0, 3), [
      "BIGINT",
      "DECIMAL(20,4)",
      "TIMESTAMP WITH TIME ZONE",
    ]);
    assert.deepEqual(first.rows, [
      [
        "9007199254740993",
        "1234567890123456.7890",
        "2026-03-01 12:00:00.123456+00",
        "",
        null,
        "NULL",
      ],
      ["2", "-0.1000", null, "tab\there", null, "NULL"],
    ]);
    assert.equal(first.rowCount, 2);
    assert.equal(first.complete, true);
    assert.deepEqual(Object.keys(first), [
      "statement",
      "columns",
      "rows",
      "rowCount",
      "complete",
      "commandTag",
      "notices",
      "elapsedMs",
    ]);
  });

  it("runs natively with notices, RETURNING and psql's text", async () => {
    const { statements, code, err } = await cli.json(
      `DO $$ BEGIN RAISE NOTICE 'one; two'; RAISE WARNING 'three'; END $$;
       INSERT INTO cli_items VALUES (7, 1.5, NULL, NULL) RETURNING id, price, note IS NULL AS missing;
       DELETE FROM cli_items WHERE id = 7;`,
      "--env",
      ".env",
      "--on",
      "pg",
      "--write",
    );
    assert.equal(code, 0, err);
    const [done, inserted, deleted] = statements;
    assert.ok(done && inserted && deleted);
    assert.deepEqual(done.notices, [
      { severity: "NOTICE", message: "one; two" },
      { severity: "WARNING", message: "three" },
    ]);
    assert.equal(done.commandTag, "DO");
    assert.deepEqual(inserted.rows, [["7", "1.5000", "t"]]);
    assert.equal(inserted.commandTag, "INSERT 0 1");
    assert.equal(deleted.commandTag, "DELETE 1");
    assert.equal(deleted.rowCount, 1);
  });

  it("reads UTF-8 also after SET client_encoding, and says so", async () => {
    const { statements, err } = await cli.json(
      `SET client_encoding = 'LATIN1'; SELECT U&'\\00fc'; SHOW client_encoding;
       BEGIN; SET LOCAL client_encoding = 'SQL_ASCII'; SELECT U&'\\00fc'; COMMIT; SELECT U&'\\20ac'`,
      "--on",
      "pg",
      "--write",
    );
    assert.match(
      statements[0]?.notices[0]?.message ?? "",
      /client_encoding stays UTF8/,
      err,
    );
    assert.deepEqual(
      statements.flatMap(({ rows }) => rows),
      [["ü"], ["UTF8"], ["ü"], ["€"]],
    );
  });

  it("refuses writes without --write, in both engines, and writes nothing", async () => {
    for (const args of [
      ["--on", "pg"],
      ["--attach", "pg"],
    ]) {
      const table = args[0] === "--on" ? "cli_items" : "pg.public.cli_items";
      const { code, err, statements } = await cli.json(
        `SELECT 1 AS before; DELETE FROM ${table}`,
        ...args,
      );
      assert.equal(code, 1);
      assert.match(err, /<stdin>:1:\d+: readOnly/);
      assert.match(err, /Next step: .*--write/);
      assert.equal(statements.length, 1, "the result before the error is kept");
    }
    const { rows } = await admin.query(
      "SELECT count(*)::text AS n FROM cli_items",
    );
    assert.deepEqual(rows, [{ n: "2" }]);
  });

  it("tells an error's place in the file, its class and the next step", async () => {
    await writeFile(
      path.join(cli.folder, "wrong.sql"),
      "-- first\nSELECT 'ü';\n\n  SELECT nope\n  FROM cli_items;\nSELECT 3;\n",
    );
    for (const args of [["--on", "pg"], []]) {
      const { code, out, err } = await cli.run(["run", "wrong.sql", ...args]);
      assert.equal(code, 1);
      assert.match(out, /\(1 row\)/);
      assert.doesNotMatch(out, /3/);
      assert.match(
        err,
        /wrong\.sql:[45]:\d+: (binder|catalog) \((postgres|duckdb)/,
      );
      assert.match(err, /Next step: /);
    }
    const { err } = await cli.run(["run", "wrong.sql", "--on", "pg"]);
    assert.match(err, /wrong\.sql:4:10: /);
  });

  it("prints tables and CSV with NULL apart from the empty text", async () => {
    const sql = "SELECT id, at, note FROM cli_items ORDER BY id";
    const table = await cli.run(["run", "-", "--on", "pg"], sql);
    assert.equal(
      table.out,
      [
        "        id        |              at               |   note",
        "------------------+-------------------------------+----------",
        "                2 | NULL                          | tab⇥here",
        " 9007199254740993 | 2026-03-01 12:00:00.123456+00 |",
        "(2 rows)",
        "",
        "",
      ].join("\n"),
    );
    const csv = await cli.run(
      ["run", "-", "--on", "pg", "--format", "csv"],
      sql,
    );
    assert.equal(
      csv.out,
      'id,at,note\n2,,tab\there\n9007199254740993,2026-03-01 12:00:00.123456+00,""\n',
    );
  });
});
