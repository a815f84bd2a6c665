import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { find, rolePassword, useDoctor } from "../support/doctorSuite";
import { faultOf, TestEngine } from "../support/engineHarness";
import { freePort } from "../support/freePort";
import { PostgresServer } from "../support/postgresServer";
import { SilentServer } from "../support/silentServer";

describe("the doctor", () => {
  const suite = useDoctor("doctor_faults");

  it("examines DuckDB, extensions and files when nothing is attached", async () => {
    const report = await suite.diagnose();
    assert.deepEqual(
      report.checks.filter(({ status }) => status === "fail"),
      [],
    );
    assert.match(find(report, "engine.version").reason, /DuckDB v1\.5\.5 on /);
    assert.match(find(report, "engine.settings").reason, /memory_limit = /);
    assert.match(find(report, "engine.temporary").reason, /free in /);
    assert.equal(find(report, "file.open").status, "skipped");
    assert.equal(find(report, "extension.names").status, "pass");
    assert.equal(
      report.checks.filter(({ id }) => /^(server|role|source)/.test(id)).length,
      0,
    );
  });

  it("examines the others when a server does not answer, is away or refuses", async () => {
    const silent = await SilentServer.start();
    try {
      await suite.attach("good", "reader", { schemas: ["app"] });
      const source = async (
        name: string,
        overrides: Readonly<Record<string, string>>,
      ) =>
        ({
          kind: "envFile",
          file: await suite.envFile(name, overrides),
          prefix: "POSTGRES_",
        }) as const;
      const closed = await freePort(0);
      const report = await suite.engine.handlers.diagnose({
        attachments: [
          {
            alias: "silent",
            readOnly: true,
            source: await source("silent", { PORT: String(silent.port) }),
            options: { connectTimeoutSeconds: 1 },
          },
          {
            alias: "away",
            readOnly: true,
            source: await source("away", { PORT: String(closed) }),
          },
          {
            alias: "wrong",
            readOnly: true,
            source: await source("wrong", { PASSWORD: "not-this-one" }),
          },
          {
            alias: "nowhere",
            readOnly: true,
            source: {
              kind: "envFile",
              file: path.join(suite.engine.folder, "nowhere.env"),
              prefix: "POSTGRES_",
            },
          },
        ],
      });
      const reason = (alias: string) => find(report, "server.reachable", alias);
      assert.equal(reason("good").status, "pass");
      assert.equal(find(report, "role.permissions", "good").status, "pass");
      assert.equal(reason("silent").status, "fail");
      assert.match(reason("silent").reason, /timeout|no answer/);
      assert.equal(reason("away").status, "fail");
      assert.match(reason("away").reason, /ECONNREFUSED|refused/);
      assert.match(reason("wrong").reason, /password authentication failed/);
      assert.ok(reason("wrong").fixes.includes("openEnvFile"));
      assert.equal(find(report, "source.readable", "nowhere").status, "fail");
      assert.equal(find(report, "role.writes", "away").status, "skipped");
      assert.equal(find(report, "source.attached", "away").status, "fail");
    } finally {
      await silent.stop();
    }
  });

  it("looks at what is being attached once that has ended, and not in between", async () => {
    const silent = await SilentServer.start();
    try {
      await suite.start({ connectTimeoutSeconds: 1 });
      const login = { USER: suite.role("reader"), PASSWORD: rolePassword };
      const file = await suite.envFile("shop", login);
      const mute = {
        alias: "mute",
        readOnly: true,
        source: {
          kind: "envFile",
          file: await suite.envFile("mute", { PORT: String(silent.port) }),
          prefix: "POSTGRES_",
        },
      } as const;
      const { attach, diagnose } = suite.engine.handlers;
      const attaching = [
        suite.engine.attach("shop", { file }),
        faultOf(attach(mute)),
      ];
      const report = await diagnose({ attachments: [mute] });
      assert.equal(find(report, "source.attached", "shop").status, "pass");
      assert.equal(find(report, "server.query", "shop").status, "pass");
      assert.deepEqual(
        report.checks.filter(
          ({ id, status }) => id.startsWith("extension") && status === "fail",
        ),
        [],
      );
      const { reason } = find(report, "source.attached", "mute");
      assert.match(reason, /does not answer.*its connect timeout/);
      await Promise.all(attaching);
    } finally {
      await silent.stop();
    }
  }).timeout(60_000);

  it("finds a server that went away after the attach", async () => {
    const folder = path.join(suite.engine.folder, "own-server");
    await promisify(execFile)("mkdir", ["-p", folder]);
    await promisify(execFile)("chmod", ["-R", "755", suite.engine.folder]);
    const own = await PostgresServer.start(folder, 0);
    const owner = await own.connect();
    await owner.query(`CREATE ROLE going LOGIN PASSWORD '${rolePassword}'`);
    await owner.end();
    const file = await suite.envFile("going", {
      PORT: String(own.port),
      DATABASE: "postgres",
      USER: "going",
      PASSWORD: rolePassword,
    });
    await suite.engine.attach("going", { file });
    await suite.attach("good", "reader", { schemas: ["app"] });
    await own.stop();
    const report = await suite.diagnose();
    assert.equal(find(report, "server.reachable", "going").status, "fail");
    assert.equal(find(report, "server.query", "going").status, "skipped");
    assert.equal(find(report, "server.query", "good").status, "pass");
  });

  it("says whether git would take the env file with it", async () => {
    const git = (...args: string[]) =>
      promisify(execFile)("git", ["-C", suite.engine.folder, ...args]);
    const state = async () => find(await suite.diagnose(), "source.ignored");
    await suite.attach("shop", "reader");
    assert.equal((await state()).status, "skipped");
    await git("init", "-q");
    assert.equal((await state()).status, "warn");
    await writeFile(path.join(suite.engine.folder, ".gitignore"), "*.env\n");
    assert.equal((await state()).status, "pass");
    await git("add", "-f", "shop.env");
    const tracked = await state();
    assert.equal(tracked.status, "warn");
    assert.match(tracked.reason, /committed to git/);
  });

  it("names the program that holds the lock of the DuckDB file", async () => {
    const file = path.join(suite.engine.folder, "held.duckdb");
    const holder = await TestEngine.start({ database: file });
    await holder.succeed("CREATE TABLE t AS SELECT 1 AS a");
    const other = spawn(
      process.execPath,
      [
        "-e",
        `require("@duckdb/node-api").DuckDBInstance.create(${JSON.stringify(path.join(suite.engine.folder, "other.duckdb"))}).then(() => { console.log("open"); setInterval(() => {}, 1000); })`,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    await new Promise((resolve) => other.stdout.once("data", resolve));
    const blocked = await TestEngine.start({
      database: path.join(suite.engine.folder, "other.duckdb"),
    });
    try {
      const open = find(await holder.handlers.diagnose(null), "file.open");
      assert.equal(open.status, "pass", open.reason);
      const check = find(await blocked.handlers.diagnose(null), "file.open");
      assert.equal(check.status, "fail");
      assert.match(check.reason, new RegExp(`process ${String(other.pid)}`));
      assert.ok(check.fixes.includes("chooseDatabase"));
    } finally {
      other.kill("SIGKILL");
      await holder.close();
      await blocked.close();
    }
  });
});
