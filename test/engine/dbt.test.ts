import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { EngineInfo } from "../../src/protocol/options";
import { CliFolder } from "../support/cliFolder";
import { TestEngine, faultOf } from "../support/engineHarness";
import { canaryPassword, testServer } from "../support/postgres";

function profilesText(): string {
  const { host, port, user } = testServer();
  const fields = `host: ${host}, port: ${port}, user: ${user}, dbname: postgres`;
  const password = `"{{ env_var('POSTGRES_PASSWORD') }}"`;
  return `p:
  target: dev
  outputs:
    dev:
      type: duckdb
      path: my.duckdb
      extensions: [postgres_scanner, json, no_such_extension]
      settings:
        memory_limit: 4GB
        threads: 2
        no_such_setting: 1
        enable_progress_bar: true
        postgres_scanner_timeout: 1500
        postgres_scanner_batch_size: 10000
        allow_unredacted_secrets: true
        search_path: my,other
        schema: nowhere
      secrets:
        - {type: postgres, name: pgs, ${fields}, password: ${password}}
      attach:
        - {path: other.duckdb, alias: other}
        - {path: '', type: postgres, secret: pgs, alias: by_secret}
        - {path: "host=${host} port=${port} user=${user} dbname=postgres password='{{ env_var('POSTGRES_PASSWORD') }}'", type: postgres, alias: by_path}
      external_sources:
        postgresql: {host: ${host}, port: ${port}, database: postgres, user: ${user}, password: ${password}}
    pg: {type: postgres, ${fields}, pass: ${password}, schema: x, search_path: "a, b", role: ${user}}
    broken:
      type: postgres
      host: "{{ env_var('NOT_THERE') }}"
      user: u
      dbname: d
`;
}

describe("a session that begins with a dbt output", () => {
  let engine: TestEngine;
  let info: EngineInfo;
  let file: string;

  before(async () => {
    engine = await TestEngine.create();
    file = path.join(engine.folder, "profiles.yml");
    await writeFile(file, profilesText());
    info = await engine.handlers.initialize({
      ...engine.options,
      settings: { threads: "3", bogus: "1" },
      dbt: {
        file,
        projectFolder: engine.folder,
        profile: "p",
        target: null,
      },
    });
  });
  after(() => engine.close());

  it("opens the output's DuckDB file and attaches its others", async () => {
    assert.equal(info.catalog, "my");
    await engine.succeed("CREATE TABLE other.t AS SELECT 1 AS a");
    assert.deepEqual(await engine.rows("FROM other.t"), [["1"]]);
    assert.deepEqual(await engine.rows("SELECT current_database()"), [["my"]]);
  });

  it("applies settings and reads them back; a wrong one stops nothing", () => {
    const find = (name: string) =>
      info.settings.find((setting) => setting.name === name);
    assert.equal(find("memory_limit")?.value, "3.7 GiB");
    assert.deepEqual(
      [find("threads")?.value, find("threads")?.origin],
      ["3", "setting"],
    );
    assert.equal(find("enable_progress_bar")?.value, "true");
    assert.equal(find("postgres_scanner_timeout")?.value, "1500");
    assert.equal(find("postgres_scanner_batch_size")?.value, "100");
    assert.equal(find("no_such_setting")?.problem?.file?.line, 10);
    // What it names is attached by the output itself.
    assert.equal(find("search_path")?.value, "my.main,other.main");
    assert.match(find("schema")?.problem?.message ?? "", /"nowhere"/);
    assert.equal(find("bogus")?.problem?.class, "catalog");
    assert.ok(find("allow_unredacted_secrets")?.problem);
    assert.deepEqual(
      info.dbtProblems.map(({ class: kind, file: place }) => [
        kind,
        place?.line,
      ]),
      [["extensionMissing", 6]],
    );
  });

  it("finds profiles.yml in the project's folder and attaches what it offers", async () => {
    const found = await engine.handlers.readDbtProfiles({
      file: null,
      projectFolder: engine.folder,
    });
    assert.equal(found.file, file);
    const targets = found.profiles[0]?.targets ?? [];
    const attachments = targets
      .filter(({ name }) => name !== "broken")
      .flatMap((target) => target.attachments);
    assert.deepEqual(
      attachments.map(({ alias }) => alias),
      ["by_secret", "by_path", "source_memories", "p_pg"],
    );
    for (const spec of attachments) {
      await engine.handlers.attach(spec);
      assert.deepEqual(
        await engine.rows(
          `FROM postgres_query('${spec.alias}', 'SELECT current_setting(''statement_timeout'') AS t, current_user::text AS u')`,
        ),
        [["1500ms", testServer().user]],
      );
    }
    assert.deepEqual(
      await engine.rows(
        "FROM postgres_query('p_pg', 'SELECT current_setting(''search_path'') AS s')",
      ),
      [["a, b"]],
    );
  });

  it("says a missing variable at its place", async () => {
    const error = await faultOf(
      engine.handlers.attach({
        alias: "broken",
        readOnly: true,
        source: {
          kind: "dbt",
          file,
          profile: "p",
          target: "broken",
          entry: "output",
        },
      }),
    );
    assert.equal(error.class, "variableMissing");
    assert.match(
      error.message,
      /Env var required but not provided: 'NOT_THERE'/,
    );
    const { path: place, line, column } = error.file ?? {};
    const lines = profilesText().split("\n");
    assert.equal(place, file);
    assert.equal(lines[line ?? -1]?.indexOf("{{"), column);
  });

  it("lets no password out", async () => {
    const shown = await engine.rows(
      "SELECT database_name, path FROM duckdb_databases()",
    );
    const secrets = await engine.rows(
      "SELECT secret_string FROM duckdb_secrets()",
    );
    const all = JSON.stringify([engine.answers, engine.events, shown, secrets]);
    assert.ok(!all.includes(canaryPassword));
  });

  it("runs a script with an output from the command line", async () => {
    const cli = await CliFolder.create();
    try {
      await writeFile(path.join(cli.folder, "profiles.yml"), profilesText());
      const result = await cli.run(
        ["run", "-", "--profile", "p", "--target", "pg", "--on", "p_pg"],
        "SELECT current_setting('transaction_read_only') AS ro;",
      );
      assert.equal(result.code, 0, result.err);
      assert.match(result.out, /\bon\b/);
      const wrong = await cli.run(
        ["run", "-", "--profile", "p", "--target", "broken"],
        "SELECT 1;",
      );
      assert.equal(wrong.code, 1);
      assert.match(wrong.err, /profiles\.yml:\d+:\d+: variableMissing/);
      // The only profile of a file needs no name.
      const none = await cli.run(["run", "-", "--target", "x"], "SELECT 1;");
      assert.equal(none.code, 1);
      assert.match(
        none.err,
        /has no target "x"; it has: "dev", "pg", "broken"/,
      );
      assert.ok(!cli.everything.includes(canaryPassword));
    } finally {
      await cli.remove();
    }
  });

  it("runs no script where what it makes would be lost", async () => {
    const cli = await CliFolder.create();
    try {
      await writeFile(
        path.join(cli.folder, "profiles.yml"),
        `p:
  outputs:
    unknown: {type: duckdb, path: "{{ env_var('NOT_THERE') }}"}
    far: {type: duckdb, path: "md:x"}
    other: {type: snowflake, account: x}
q:
  outputs:
    default: {type: duckdb}
`,
      );
      const run = (...args: readonly string[]): ReturnType<CliFolder["run"]> =>
        cli.run(
          ["run", "-", "--format", "csv", ...args],
          "CREATE TABLE t AS SELECT 42 AS a; FROM t;",
        );
      for (const [target, reason] of [
        ["unknown", /profiles\.yml:3:36: variableMissing/],
        ["far", /profileInvalid.*path leads to MotherDuck/],
        ["other", /profileInvalid.*type: snowflake is another database's/],
      ] as const) {
        const result = await run("--profile", "p", "--target", target);
        assert.deepEqual([result.code, result.out], [1, ""], target);
        assert.match(result.err, reason);
      }
      const named = await run(
        "--profile",
        "p",
        "--target",
        "far",
        "--db",
        "a.db",
      );
      assert.deepEqual([named.code, named.out], [0, "a\n42\n"], named.err);
      const several = await run("--target", "far");
      assert.match(several.err, /No profile was named.*has: p, q/);
      const none = await run("--profile", "r");
      assert.match(none.err, /no profile "r" in .*; it has: "p", "q"/);
    } finally {
      await cli.remove();
    }
  });
});
