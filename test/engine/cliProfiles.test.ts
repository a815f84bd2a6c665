import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { CliFolder, type CliResult } from "../support/cliFolder";
import { admin, canaryPassword, testServer } from "../support/postgres";

function profilesText(): string {
  const { host, port, user } = testServer();
  const pg = `"host=${host} port=${port} user=${user} dbname=postgres password='{{ env_var('POSTGRES_PASSWORD') }}'"`;
  const entry = (alias: string, more: string): string =>
    `{path: ${pg}, type: postgres, alias: ${alias}${more}}`;
  return `shop:
  target: closed
  outputs:
    closed: {type: duckdb, attach: [${entry("pg", ", read_only: true")}]}
    open: {type: duckdb, attach: [${entry("pg", ", options: {read_only: true}")}, ${entry("rw", ", read_only: false")}]}
    guide:
      type: duckdb
      external_sources: {postgresql: {host: ${host}, port: ${port}, user: ${user}, database: postgres, password: "{{ env_var('POSTGRES_PASSWORD') }}", read_only: true}}
    missing:
      type: duckdb
      extensions: [no_such_extension]
      attach: [{path: not_there.duckdb, alias: gone, read_only: true}]
    settings: {type: duckdb, settings: {no_such_setting: 1}}
    ours: {type: duckdb, settings: {autoinstall_known_extensions: true}}
`;
}

describe("viaduct run, with a profile", () => {
  let cli: CliFolder;

  before(async () => {
    cli = await CliFolder.create();
    await writeFile(path.join(cli.folder, "profiles.yml"), profilesText());
    await admin("CREATE TABLE cli_profiles AS SELECT 1 AS a");
  });
  after(async () => {
    await admin("DROP TABLE cli_profiles");
    assert.ok(!cli.everything.includes(canaryPassword));
    await cli.remove();
  });

  const run = (
    target: string,
    sql: string,
    ...args: readonly string[]
  ): Promise<CliResult> =>
    cli.run(["run", "-", "--format", "csv", "--target", target, ...args], sql);

  it("refuses --write where the profile says read_only: true, and names it", async () => {
    for (const [target, ...args] of [
      ["closed"],
      ["guide"],
      ["open", "--on", "pg"],
    ] as const) {
      const { code, out, err } = await run(
        target,
        "SELECT 1 AS a",
        "--write",
        ...args,
      );
      assert.deepEqual([code, out], [1, ""], target);
      assert.match(err, /readOnly \(viaduct\): --write is refused/);
      assert.match(err, new RegExp(`target "${target}" of the profile "shop"`));
      assert.match(err, /Next step: Leave --write out/);
    }
    const { code, out, err } = await run("closed", "FROM pg.cli_profiles");
    assert.deepEqual([code, out], [0, "a\n1\n"], err);
  });

  it("writes to what the profile leaves open, and to nothing else", async () => {
    const written = await run(
      "open",
      "INSERT INTO rw.cli_profiles VALUES (2); FROM rw.cli_profiles ORDER BY a",
      "--write",
    );
    assert.equal(written.code, 0, written.err);
    assert.match(written.out, /a\n1\n2\n$/);
    assert.match(written.err, /note: "pg" stays read-only/);
    const refused = await run("open", "DELETE FROM pg.cli_profiles", "--write");
    assert.equal(refused.code, 1);
    assert.match(refused.err, /readOnly/);
    assert.match(refused.err, /Next step: The profile says read_only: true/);
    const left = await run("open", "FROM rw.cli_profiles ORDER BY a");
    assert.equal(left.out, "a\n1\n2\n");
  });

  it("runs nothing when an attached database is missing that the script names", async () => {
    const { code, out, err } = await run(
      "missing",
      "SELECT 1 AS a; CREATE SCHEMA gone; CREATE TABLE gone.t AS SELECT 1;",
    );
    assert.deepEqual([code, out], [1, ""]);
    assert.match(err, /profiles\.yml:12:\d+: .*not_there\.duckdb/);
    assert.match(err, /Nothing was run: .*"missing" of the profile "shop"/);
  });

  it("says what is missing on standard error, and runs what can do without it", async () => {
    const { code, out, err } = await run("missing", "SELECT 1 AS a");
    assert.deepEqual([code, out], [0, "a\n1\n"], err);
    assert.match(err, /profiles\.yml:11:\d+: extension(?:Missing|Download)/);
    assert.match(err, /profiles\.yml:12:\d+: .*not_there\.duckdb/);
  });

  it("runs nothing without a setting of the profile, except for Viaduct's own", async () => {
    const refused = await run("settings", "SELECT 1 AS a");
    assert.deepEqual([refused.code, refused.out], [1, ""]);
    assert.match(refused.err, /The setting no_such_setting cannot be applied/);
    assert.match(refused.err, /Nothing was run/);
    const ours = await run("ours", "SELECT 1 AS a");
    assert.deepEqual([ours.code, ours.out], [0, "a\n1\n"]);
    assert.match(ours.err, /autoinstall_known_extensions is Viaduct's own/);
  });
});
