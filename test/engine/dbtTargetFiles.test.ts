import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { CliFolder } from "../support/cliFolder";
import { TestEngine } from "../support/engineHarness";
import { testServer } from "../support/postgres";

/** The default target is `dev`, by a variable; what tells the servers apart is in the env files of the targets. */
function profilesText(): string {
  const { host, port, user } = testServer();
  const path = `"host=${host} port=${port} user=${user} dbname={{ env_var('DATABASE') }} password='{{ env_var('POSTGRES_PASSWORD') }}'"`;
  const output = `{type: duckdb, path: "{{ env_var('FILE') }}.duckdb", attach: [{path: ${path}, type: postgres, alias: shop}]}`;
  return `p:
  target: "{{ env_var('WHICH', 'dev') }}"
  outputs:
    dev: ${output}
    prod: ${output}
`;
}

async function writeFiles(folder: string): Promise<void> {
  await writeFile(path.join(folder, "profiles.yml"), profilesText());
  const { password } = testServer();
  const base = `POSTGRES_PASSWORD='${password}'\nDATABASE=nowhere\n`;
  await writeFile(path.join(folder, ".env"), base);
  await writeFile(
    path.join(folder, ".env.dev"),
    "FILE=dev_file\r\nDATABASE=postgres\r\nONLY_DEV=d\r\n",
  );
  await writeFile(
    path.join(folder, ".env.prod"),
    "FILE=prod_file\nDATABASE=template1\n",
  );
}

describe("the env files of a dbt target", () => {
  it("are read for the profile's own target when none is named", async () => {
    const engine = await TestEngine.create();
    try {
      await writeFiles(engine.folder);
      const file = path.join(engine.folder, "profiles.yml");
      const info = await engine.handlers.initialize({
        ...engine.options,
        envFiles: [path.join(engine.folder, ".env")],
        dbt: {
          file,
          projectFolder: engine.folder,
          profile: "p",
          target: null,
        },
      });
      assert.deepEqual(info.dbtProblems, []);
      assert.equal(info.catalog, "dev_file");
      const { profiles } = await engine.handlers.readDbtProfiles({ file });
      const targets = profiles[0]?.targets ?? [];
      assert.deepEqual(
        targets.map(({ name, problems, database }) => [
          name,
          problems.length,
          path.basename(database ?? ""),
        ]),
        [
          ["dev", 0, "dev_file.duckdb"],
          ["prod", 0, "prod_file.duckdb"],
        ],
      );
      // Each attachment has the values of its own target, whichever the session has.
      for (const [index, database] of ["postgres", "template1"].entries()) {
        const [spec] = targets[index]?.attachments ?? [];
        assert.ok(spec);
        await engine.handlers.attach({ ...spec, alias: `a${index}` });
        assert.deepEqual(
          await engine.rows(
            `FROM postgres_query('a${index}', 'SELECT current_database()::text AS d')`,
          ),
          [[database]],
        );
      }
      await engine.succeed(
        "CREATE SECRET s (TYPE postgres, HOST getenv('ONLY_DEV'), DATABASE getenv('DATABASE'))",
      );
      const [[shown] = []] = await engine.rows(
        "SELECT secret_string FROM duckdb_secrets() WHERE name = 's'",
      );
      assert.match(shown ?? "", /dbname=postgres/);
      assert.match(shown ?? "", /host=d(?:;|$)/);
    } finally {
      await engine.close();
    }
  });

  it("are read from the command line, too, with and without a name, and without a .env", async () => {
    const cli = await CliFolder.create();
    try {
      await writeFiles(cli.folder);
      const run = async (...args: readonly string[]): Promise<string> => {
        const { code, out, err } = await cli.run(
          ["run", "-", "--format", "csv", ...args],
          "SELECT current_database() AS f, d FROM postgres_query('shop', 'SELECT current_database()::text AS d');",
          { POSTGRES_PASSWORD: testServer().password, DATABASE: undefined },
        );
        assert.equal(code, 0, err);
        return out;
      };
      assert.equal(await run("--profile", "p"), "f,d\ndev_file,postgres\n");
      assert.equal(await run("--target", "prod"), "f,d\nprod_file,template1\n");
      await rm(path.join(cli.folder, ".env"));
      assert.equal(await run("--profile", "p"), "f,d\ndev_file,postgres\n");
    } finally {
      await cli.remove();
    }
  });
});
