import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { quoteLiteral } from "../../src/core/sql/quote";
import { canary, filesWithCanary, findCanary } from "../support/canary";
import {
  writeCanarySources,
  type CanarySources,
} from "../support/canarySources";
import { CliFolder } from "../support/cliFolder";
import { connectAdmin, testServer } from "../support/postgres";

const percent = encodeURIComponent(canary);
const literal = quoteLiteral(canary);

describe("a canary password and the built program", () => {
  let cli: CliFolder;
  let good: CanarySources;
  let known: string[];
  before(async () => {
    cli = await CliFolder.create();
    const { host, port } = testServer();
    const place = { host, port, user: "canary_cli", database: "postgres" };
    const admin = await connectAdmin();
    await admin.query("DROP ROLE IF EXISTS canary_cli");
    await admin.query(
      `CREATE ROLE canary_cli LOGIN PASSWORD ${admin.escapeLiteral(canary)}`,
    );
    await admin.end();
    good = await writeCanarySources(cli.folder, "good", place);
    known = [...good.files];
  });
  after(async () => {
    const admin = await connectAdmin();
    await admin.query("DROP ROLE IF EXISTS canary_cli");
    await admin.end();
    await cli.remove();
  });

  const search = (): void => {
    assert.equal(findCanary(cli.everything), null);
    assert.deepEqual(filesWithCanary(cli.folder, known), []);
  };

  for (const format of ["table", "csv", "json"]) {
    it(`is in nothing that "run --format ${format}" says`, async () => {
      const { port } = testServer();
      const uri = `postgresql://canary_cli:${percent.replaceAll("'", "''")}@127.0.0.1:${port}/postgres`;
      for (const sql of [
        "SELECT 1; FROM duckdb_secrets(); FROM duckdb_databases(); FROM duckdb_settings();",
        `ATTACH '${uri}' AS direct (TYPE postgres); FROM duckdb_databases(); SELECT nope FROM direct.public.none;`,
        `ATTACH '${uri}' AS direct (TYPE postgres); ATTACH '${uri}' AS direct (TYPE postgres);`,
        `ATTACH '${uri}';`,
        `CREATE SECRET s (TYPE postgres, PASSWORD ${literal}); FROM duckdb_secrets(); DROP SECRET t;`,
        `CREATE SECRET s (TYPE postgres, PASSWORD ${literal}, NOPE 1);`,
        `CREATE SECRET s (TYPE postgres PASSWORD ${literal});`,
        "CREATE SECRET s (TYPE postgres, HOST getenv('POSTGRES_PASSWORD'));",
        "SELECT getenv('POSTGRES_PASSWORD');",
        "CALL enable_logging('QueryLog'); CREATE SECRET s (TYPE postgres, PASSWORD getenv('POSTGRES_PASSWORD')); FROM duckdb_logs; FROM viaduct.query_log;",
      ]) {
        const result = await cli.run(
          [
            "run",
            "-",
            "--format",
            format,
            "--env",
            good.envFile,
            "--attach",
            "pg",
          ],
          sql,
        );
        assert.notEqual(result.code, null);
      }
      const native = await cli.run(
        ["run", "-", "--format", format, "--env", good.envFile, "--on", "pg"],
        `SELECT ${literal} FROM nowhere`,
      );
      assert.equal(native.code, 1, native.err);
      search();
    });
  }

  for (const format of ["text", "json", "sarif"]) {
    it(`is in nothing that "lint --format ${format}" says`, async () => {
      const sql = path.join(cli.folder, "leaky.sql");
      await writeFile(
        sql,
        `ATTACH 'postgresql://u:${percent.replaceAll("'", "%27")}@h/d' AS a (TYPE postgres);\nCREATE SECRET s (TYPE postgres, PASSWORD ${literal});\n`,
      );
      known.push(sql);
      const result = await cli.run([
        "lint",
        "--format",
        format,
        sql,
        good.profile,
      ]);
      assert.equal(result.code, 1, "it finds them, and repeats none");
      search();
    });
  }

  it("is in nothing that is said of a wrong command line, a wrong host or a broken file", async () => {
    const broken = path.join(cli.folder, "broken.env");
    await writeFile(broken, `POSTGRES_HOST=h\n${canary}\n`);
    const away = await writeCanarySources(cli.folder, "away", {
      host: "nowhere.invalid",
      port: 5432,
      user: "canary_cli",
      database: "postgres",
    });
    known.push(broken, ...away.files);
    for (const args of [
      ["run", `postgresql://u:${percent}@h/d`],
      ["run", "-", "--env", broken, "--attach", "pg"],
      ["run", "-", "--env", away.envFile, "--attach", "pg"],
      ["run", "-", "--env", away.envFile, "--on", "pg"],
      ["doctor", "--format", "json", "--env", good.envFile],
      ["doctor", "--env", away.envFile],
    ]) {
      await cli.run(args, "SELECT 1");
    }
    search();
  });

  it("is found where it is planted", async () => {
    // The user's own data comes out as it is.
    await cli.run(["run", "-", "--format", "csv"], `SELECT ${literal} AS a`);
    assert.throws(search);
  });
});
