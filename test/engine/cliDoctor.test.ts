import assert from "node:assert/strict";
import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { DoctorReport } from "../../src/core/doctor/report";
import { CliFolder, type CliResult } from "../support/cliFolder";
import { find } from "../support/doctorSuite";
import { canaryPassword, writeEnvFile } from "../support/postgres";
import { freePort } from "../support/freePort";

describe("viaduct doctor", () => {
  let cli: CliFolder;

  before(async () => {
    cli = await CliFolder.create();
  });

  after(async () => {
    assert.ok(!cli.everything.includes(canaryPassword), "a password was told");
    await cli.remove();
  });

  const json = async (
    ...args: readonly string[]
  ): Promise<CliResult & { readonly report: DoctorReport }> => {
    const result = await cli.run(["doctor", "--format", "json", ...args]);
    assert.equal(result.err, "");
    return { ...result, report: JSON.parse(result.out) as DoctorReport };
  };

  it("examines DuckDB, extensions and files without an attachment", async () => {
    const { code, report } = await json();
    assert.equal(code, 0);
    assert.ok(report.checks.length > 8);
    assert.match(find(report, "engine.version").reason, /DuckDB v1\.5/);
    assert.ok(!report.checks.some(({ id }) => id.startsWith("server.")));
  });

  it("examines the server of the env file, and ends with 0 for warnings", async () => {
    const { code, report } = await json("--attach", "shop");
    assert.equal(code, 0);
    assert.equal(find(report, "server.reachable").status, "pass");
    assert.equal(find(report, "server.query").status, "pass");
    assert.equal(find(report, "role.superuser").status, "warn");
    assert.equal(find(report, "extension.validation").status, "pass");
    for (const check of report.checks) {
      assert.ok(check.reason.length > 0, check.id);
      assert.ok(
        ["pass", "warn", "fail", "skipped"].includes(check.status),
        check.id,
      );
    }
  });

  it("prints signs, reasons, next steps and SQL as text", async () => {
    const { code, out, err } = await cli.run(["doctor", "--attach", "shop"]);
    assert.equal(code, 0);
    assert.equal(err, "");
    assert.match(out, /^DuckDB\n {2}✓ DuckDB version: DuckDB v1\.5/);
    assert.match(out, /\nshop\n/);
    assert.match(out, /\n {2}✓ Server reachable: Connected in \d+ ms/);
    assert.match(
      out,
      /\n {2}! Rights of the role: viaduct is a superuser\.\n {6}Next step: /,
    );
    assert.match(out, /\n {8}CREATE ROLE "viaduct_reader" LOGIN NOSUPERUSER/);
    assert.match(out, /\n\d+ passed, \d+ warnings, 0 failed, \d+ skipped\n$/);
  });

  it("ends with 1 when a check fails, and still tells the others", async () => {
    await writeEnvFile(path.join(cli.folder, "away.env"), {
      PORT: String(await freePort(0)),
    });
    const away = await json("--env", "away.env", "--attach", "shop");
    assert.equal(away.code, 1);
    assert.equal(find(away.report, "server.reachable").status, "fail");
    assert.match(
      find(away.report, "source.attached").reason,
      /Connection refused/,
    );
    assert.equal(find(away.report, "engine.version").status, "pass");

    await writeEnvFile(path.join(cli.folder, "wrong.env"), {
      PASSWORD: "wr0ng-c4nary",
    });
    const wrong = await cli.run([
      ...["doctor", "--env", "wrong.env", "--attach", "shop"],
    ]);
    assert.equal(wrong.code, 1);
    assert.match(
      wrong.out,
      /✗ Server reachable: password authentication failed for user "viaduct"\.\n {6}Next step: Check the user and the password/,
    );
    assert.ok(!wrong.out.includes("wr0ng-c4nary"));
  });

  it("tells of an env file that is missing or has not all that is needed", async () => {
    const gone = await json("--env", "gone.env", "--attach", "shop");
    assert.equal(gone.code, 1);
    assert.match(find(gone.report, "source.readable").reason, /does not exist/);
    const alone = await json("--env", "gone.env");
    assert.equal(alone.code, 1);
    await writeFile(
      path.join(cli.folder, "half.env"),
      "SHOP_HOST=127.0.0.1\r\nSHOP_PASSWORD=h4lf-canary\r\n",
    );
    const half = await json(
      ...["--env", "half.env", "--prefix", "SHOP_", "--attach", "shop"],
    );
    const variables = find(half.report, "source.variables");
    assert.match(variables.reason, /SHOP_HOST, SHOP_PASSWORD/);
    assert.ok(!half.out.includes("h4lf-canary"));
  });

  it("does not make the DuckDB file that it examines", async () => {
    const missing = await json("--db", "new.duckdb");
    assert.equal(find(missing.report, "file.open").status, "warn");
    await assert.rejects(stat(path.join(cli.folder, "new.duckdb")));
    await writeFile(path.join(cli.folder, "broken.duckdb"), "x".repeat(9_000));
    const broken = await json("--db", "broken.duckdb");
    assert.equal(broken.code, 1);
    assert.equal(find(broken.report, "file.open").status, "fail");
  });

  it("ends with 2 when it is used wrongly or cannot examine", async () => {
    await mkdir(path.join(cli.folder, "empty"), { recursive: true });
    for (const args of [
      ["--format", "xml"],
      ["--nonsense"],
      ["file.sql"],
      ["--env", ""],
    ]) {
      const { code, out, err } = await cli.run(["doctor", ...args]);
      assert.equal(code, 2, args.join(" "));
      assert.equal(out, "");
      assert.match(err, /^viaduct doctor: /);
    }
    const help = await cli.run(["doctor", "--help"]);
    assert.equal(help.code, 0);
    assert.match(help.out, /^Usage: viaduct doctor/);
  });
});
