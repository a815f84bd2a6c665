import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Client } from "pg";
import { inRepository } from "../support/paths";
import {
  canaryPassword,
  connectAdmin,
  writeEnvFile,
} from "../support/postgres";
import { until } from "../support/until";

interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

interface JsonStatement {
  readonly statement: string;
  readonly columns: readonly { name: string; type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly rowCount: number;
  readonly complete: boolean;
  readonly commandTag: string;
  readonly notices: readonly { severity: string; message: string }[];
  readonly elapsedMs: number;
}

describe("viaduct run, the built program on a real server", () => {
  let folder: string;
  let admin: Client;
  let everything = "";

  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "viaduct-cli-test-"));
    await writeEnvFile(path.join(folder, ".env"));
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
    await rm(folder, { recursive: true, force: true });
  });

  function start(args: readonly string[]) {
    const child = spawn(
      process.execPath,
      [inRepository("dist", "cli.js"), ...args],
      {
        cwd: folder,
        env: {
          ...process.env,
          TZ: "UTC",
          VIADUCT_EXTENSION_DIRECTORY: inRepository(
            ".cache",
            "test-extensions",
          ),
        },
      },
    );
    let out = "";
    let err = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.stderr.on("data", (data: Buffer) => (err += data.toString()));
    const ended = once(child, "close").then(([code]): CliResult => {
      everything += out + err;
      return { code: code as number | null, out, err };
    });
    return { child, ended };
  }

  async function cli(
    args: readonly string[],
    sql?: string,
  ): Promise<CliResult> {
    const { child, ended } = start(args);
    child.stdin.end(sql ?? "");
    return ended;
  }

  async function json(
    sql: string,
    ...args: readonly string[]
  ): Promise<CliResult & { readonly statements: readonly JsonStatement[] }> {
    const result = await cli(["run", "-", "--format", "json", ...args], sql);
    try {
      return {
        ...result,
        statements: JSON.parse(result.out) as JsonStatement[],
      };
    } catch {
      throw new Error(`not JSON: ${result.out}\n${result.err}`);
    }
  }

  it("gives a hybrid query's cells as the engine's own text", async () => {
    const { statements, code, err } = await json(
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
    const { statements, code, err } = await json(
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
    assert.deepEqual(statements[0]?.notices, [
      { severity: "NOTICE", message: "one; two" },
      { severity: "WARNING", message: "three" },
    ]);
    assert.equal(statements[0]?.commandTag, "DO");
    assert.deepEqual(statements[1]?.rows, [["7", "1.5000", "t"]]);
    assert.equal(statements[1]?.commandTag, "INSERT 0 1");
    assert.equal(statements[2]?.commandTag, "DELETE 1");
    assert.equal(statements[2]?.rowCount, 1);
  });

  it("refuses writes without --write, in both engines, and writes nothing", async () => {
    for (const args of [
      ["--on", "pg"],
      ["--attach", "pg"],
    ]) {
      const table = args[0] === "--on" ? "cli_items" : "pg.public.cli_items";
      const { code, err, statements } = await json(
        `SELECT 1 AS before; DELETE FROM ${table}`,
        ...args,
      );
      assert.equal(code, 1);
      assert.match(err, /<stdin>:1:\d+: readOnly/);
      assert.match(err, /Next step: .*--write|Next step: ./);
      assert.equal(statements.length, 1, "the result before the error is kept");
    }
    const { rows } = await admin.query(
      "SELECT count(*)::text AS n FROM cli_items",
    );
    assert.deepEqual(rows, [{ n: "2" }]);
  });

  it("tells an error's place in the file, its class and the next step", async () => {
    await writeFile(
      path.join(folder, "wrong.sql"),
      "-- first\nSELECT 'ü';\n\n  SELECT nope\n  FROM cli_items;\nSELECT 3;\n",
    );
    for (const args of [["--on", "pg"], []]) {
      const { code, out, err } = await cli(["run", "wrong.sql", ...args]);
      assert.equal(code, 1);
      assert.match(out, /\(1 row\)/);
      assert.doesNotMatch(out, /3/);
      assert.match(
        err,
        /wrong\.sql:[45]:\d+: (binder|catalog) \((postgres|duckdb)/,
      );
      assert.match(err, /Next step: /);
    }
    const { err } = await cli(["run", "wrong.sql", "--on", "pg"]);
    assert.match(err, /wrong\.sql:4:10: /);
  });

  it("prints tables and CSV with NULL apart from the empty text", async () => {
    const sql = "SELECT id, at, note FROM cli_items ORDER BY id";
    const table = await cli(["run", "-", "--on", "pg"], sql);
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
    const csv = await cli(["run", "-", "--on", "pg", "--format", "csv"], sql);
    assert.equal(
      csv.out,
      'id,at,note\n2,,tab\there\n9007199254740993,2026-03-01 12:00:00.123456+00,""\n',
    );
  });

  it("works in a DuckDB file and says when it cannot", async () => {
    const db = path.join(folder, "work.duckdb");
    const made = await cli(
      ["run", "-", "--db", db],
      "CREATE TABLE t AS SELECT 42 AS x",
    );
    assert.equal(made.code, 0, made.err);
    const { statements } = await json("FROM t", "--db", db);
    assert.deepEqual(statements[0]?.rows, [["42"]]);
    await writeFile(
      path.join(folder, "no.duckdb"),
      "not a database, but long enough to be read as one",
    );
    const broken = await cli(["run", "-", "--db", "no.duckdb"], "SELECT 1");
    assert.equal(broken.code, 1);
    assert.match(broken.err, /databaseInvalid/);
    assert.equal(broken.out, "");
  });

  it("ends with 2 for wrong usage and 1 for a connection that cannot be made", async () => {
    assert.equal((await cli(["run"])).code, 2);
    assert.equal((await cli(["run", "-", "--colour"], "SELECT 1")).code, 2);
    assert.equal(
      (await cli(["run", "-", "--format", "xml"], "SELECT 1")).code,
      2,
    );
    assert.equal((await cli(["run", "missing.sql"])).code, 2);
    assert.equal((await cli(["doctor"])).code, 2);
    await writeFile(
      path.join(folder, "wrong.env"),
      "POSTGRES_HOST=127.0.0.1\nPOSTGRES_PORT=1\nPOSTGRES_USER=u\nPOSTGRES_DATABASE=d\nPOSTGRES_PASSWORD=c4nary-two\n",
    );
    const refused = await cli(
      ["run", "-", "--env", "wrong.env", "--attach", "pg", "--format", "json"],
      "SELECT 1",
    );
    assert.equal(refused.code, 1);
    assert.match(refused.err, /connectionRefused/);
    assert.deepEqual(JSON.parse(refused.out), []);
    const missing = await cli(
      ["run", "-", "--env", "none.env", "--on", "pg"],
      "SELECT 1",
    );
    assert.equal(missing.code, 1);
    assert.match(missing.err, /envFileMissing/);
  });

  it("streams a large result and stops when its reader leaves", async () => {
    const { child, ended } = start(["run", "-", "--format", "csv"]);
    child.stdin.end("SELECT i, repeat('x', 100) FROM range(2000000) t(i)");
    await once(child.stdout, "data");
    child.stdout.destroy();
    const { code } = await ended;
    assert.equal(code, 141);
  });

  for (const native of [true, false]) {
    it(`SIGINT stops ${native ? "a native" : "a hybrid"} run and leaves no backend`, async () => {
      const sql = native
        ? "SELECT pg_sleep(60)"
        : "SELECT * FROM postgres_query('pg', 'SELECT pg_sleep(60)::text')";
      const { child, ended } = start([
        "run",
        "-",
        ...(native ? ["--on", "pg"] : ["--attach", "pg"]),
      ]);
      child.stdin.end(sql);
      const running = async () => {
        const { rows } = await admin.query(
          "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'",
        );
        return rows.length;
      };
      await until(
        "the query to run on the server",
        async () => (await running()) > 0,
      );
      const began = Date.now();
      child.kill("SIGINT");
      const { code, err } = await ended;
      assert.equal(code, 130, err);
      assert.ok(
        Date.now() - began < 5_000,
        "ended by the grace period, not by cancelling",
      );
      assert.match(err, /cancelled/);
      await until("the server to be idle", async () => (await running()) === 0);
    });
  }

  it("redacts the statements that it repeats, and printed no password anywhere", async () => {
    const { statements } = await json(
      `CREATE SECRET s (TYPE postgres, HOST 'h', PASSWORD '${canaryPassword}')`,
    );
    assert.equal(statements.length, 1);
    assert.doesNotMatch(statements[0]?.statement ?? "", /c4nary/);
    assert.ok(everything.length > 1_000);
    assert.ok(!everything.includes("c4nary"), "a password was printed");
  });
});
