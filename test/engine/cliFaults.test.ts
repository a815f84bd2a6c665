import assert from "node:assert/strict";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { Client } from "pg";
import { CliFolder } from "../support/cliFolder";
import { canaryPassword, connectAdmin } from "../support/postgres";
import { until } from "../support/until";

describe("viaduct run: files, faults and signals", () => {
  let cli: CliFolder;
  let admin: Client;

  before(async () => {
    cli = await CliFolder.create();
    admin = await connectAdmin();
  });

  after(async () => {
    await admin.end();
    await cli.remove();
  });

  it("works in a DuckDB file and says when it cannot", async () => {
    const db = path.join(cli.folder, "work.duckdb");
    const made = await cli.run(
      ["run", "-", "--db", db],
      "CREATE TABLE t AS SELECT 42 AS x",
    );
    assert.equal(made.code, 0, made.err);
    const { statements } = await cli.json("FROM t", "--db", db);
    assert.deepEqual(statements[0]?.rows, [["42"]]);
    await writeFile(
      path.join(cli.folder, "no.duckdb"),
      "not a database, but long enough to be read as one",
    );
    const broken = await cli.run(["run", "-", "--db", "no.duckdb"], "SELECT 1");
    assert.equal(broken.code, 1);
    assert.match(broken.err, /databaseInvalid/);
    assert.equal(broken.out, "");
  });

  it("ends with 2 for wrong usage and 1 for a connection that cannot be made", async () => {
    assert.equal((await cli.run(["run"])).code, 2);
    assert.equal((await cli.run(["run", "-", "--colour"], "SELECT 1")).code, 2);
    assert.equal(
      (await cli.run(["run", "-", "--format", "xml"], "SELECT 1")).code,
      2,
    );
    assert.equal((await cli.run(["run", "missing.sql"])).code, 2);
    assert.equal((await cli.run(["examine"])).code, 2);
    await writeFile(
      path.join(cli.folder, "wrong.env"),
      "POSTGRES_HOST=127.0.0.1\nPOSTGRES_PORT=1\nPOSTGRES_USER=u\nPOSTGRES_DATABASE=d\nPOSTGRES_PASSWORD=c4nary-two\n",
    );
    const refused = await cli.run(
      ["run", "-", "--env", "wrong.env", "--attach", "pg", "--format", "json"],
      "SELECT 1",
    );
    assert.equal(refused.code, 1);
    assert.match(refused.err, /connectionRefused/);
    assert.deepEqual(JSON.parse(refused.out), []);
    const missing = await cli.run(
      ["run", "-", "--env", "none.env", "--on", "pg"],
      "SELECT 1",
    );
    assert.equal(missing.code, 1);
    assert.match(missing.err, /envFileMissing/);
  });

  it("says that a named env file is missing, also when nothing is attached", async () => {
    const missing = await cli.run(
      ["run", "-", "--env", "none.env"],
      "SELECT 1",
    );
    assert.equal(missing.code, 1);
    assert.match(missing.err, /envFileMissing/);
    assert.equal(missing.out, "");
  });

  it("connects where the env file says, whatever libpq's variables say", async () => {
    const elsewhere = {
      PGHOSTADDR: "127.0.0.9",
      PGPORT: "1",
      PGPASSWORD: "c4nary-three",
      PGOPTIONS: "-c statement_timeout=1 -c search_path=pg_catalog",
    };
    for (const args of [["--attach"], ["--on"]]) {
      const sql = "SHOW search_path";
      const { code, out, err } = await cli.run(
        ["run", "-", ...args, "pg", "--write", "--format", "csv"],
        args[0] === "--on"
          ? sql
          : `FROM postgres_query('pg', 'SELECT current_setting(''search_path'')')`,
        elsewhere,
      );
      assert.equal(code, 0, err);
      assert.match(out, /public/);
    }
  });

  it("repeats no password of a URL that stands in the wrong place", async () => {
    const url = "postgresql://u:c4nary-four@h/db";
    for (const args of [
      ["run", url],
      ["run", "-", "--env", url],
      ["run", "-", "--db", url],
      ["run", "-", "--format", url],
      ["lint", url],
      [url],
    ]) {
      const { code, err } = await cli.run(args, "SELECT 1");
      assert.notEqual(code, 0);
      assert.match(err, /•••/);
      assert.doesNotMatch(err, /c4nary/);
    }
    const { code, err } = await cli.run(["lint", "--password=c4nary-five"]);
    assert.equal(code, 2);
    assert.match(err, /unknown option --password\./);
    assert.doesNotMatch(err, /c4nary/);
  });

  it("guesses no character of a file", async () => {
    const file = path.join(cli.folder, "encoded.sql");
    const args = ["run", "encoded.sql", "--format", "csv"];
    await writeFile(file, Buffer.from("SELECT 'Zürich' AS x", "latin1"));
    const latin = await cli.run(args);
    assert.equal(latin.code, 2);
    assert.match(latin.err, /encoded\.sql is not UTF-8/);
    await writeFile(file, Buffer.from("\ufeffSELECT 'Zürich' AS x", "utf16le"));
    assert.equal((await cli.run(args)).out, "x\nZürich\n");
    await writeFile(file, "\ufeffSELECT nope");
    assert.match((await cli.run(args)).err, /encoded\.sql:1:8: /);
  });

  it("leaves no shell command out in silence", async () => {
    const { code, out, err } = await cli.run(
      ["run", "-", "--format", "csv"],
      "\\timing on\nSELECT 1 AS one;\n  \\i other.sql c4nary\nSELECT 2 AS two;\n",
    );
    assert.equal(code, 1);
    assert.equal(out, "one\n1\n");
    assert.match(err, /<stdin>:1:1: \\timing is a command of psql: left out/);
    assert.match(err, /<stdin>:3:3: syntax \(viaduct\): \\i is a command/);
    assert.match(err, /Next step: /);
    const dot = await cli.run(["run", "-"], ".mode csv\n.read other.sql\n");
    assert.equal(dot.code, 1);
    assert.match(dot.err, /1:1: \.mode is .*\n.*2:1: syntax .* \.read is/);
  });

  it("says what a parameter without a value needs", async () => {
    for (const args of [["--on", "pg"], []]) {
      const { code, err } = await cli.run(["run", "-", ...args], "SELECT $1");
      assert.equal(code, 2);
      assert.match(err, /1:1: the parameter \$1 has no value: .*--param/);
    }
  });

  it("needs no home", async () => {
    const { code, out, err } = await cli.run(
      ["run", "-", "--attach", "pg"],
      "INSTALL fts; LOAD fts; SELECT count(*) >= 0 AS fine FROM pg.information_schema.tables",
      { HOME: "", VIADUCT_EXTENSION_DIRECTORY: undefined },
    );
    assert.equal(code, 0, err);
    assert.match(out, /true/);
  });

  it("streams a large result and stops when its reader leaves", async () => {
    const { child, ended } = cli.start(["run", "-", "--format", "csv"]);
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
      const { child, ended } = cli.start([
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
    const { statements } = await cli.json(
      `CREATE SECRET s (TYPE postgres, HOST 'h', PASSWORD '${canaryPassword}')`,
    );
    assert.equal(statements.length, 1);
    assert.doesNotMatch(statements[0]?.statement ?? "", /c4nary/);
    assert.ok(cli.everything.length > 1_000);
    assert.ok(!cli.everything.includes("c4nary"), "a password was printed");
  });
});
