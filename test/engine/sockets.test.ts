import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type { AttachmentSource } from "../../src/core/connections/attachment";
import { CliFolder } from "../support/cliFolder";
import { faultOf, TestEngine } from "../support/engineHarness";
import { connectAdmin, writeEnvFile } from "../support/postgres";
import { startSocketServer, type SocketServer } from "../support/socketServer";
import { until } from "../support/until";

const hasSockets = process.platform !== "win32";

(hasSockets ? describe : describe.skip)(
  `a server behind a socket of the machine${hasSockets ? "" : " (Windows has none)"}`,
  () => {
    let sockets: SocketServer;
    let engine: TestEngine;

    const values = (): Record<string, string> => {
      const { host, port, user, database } = sockets.server;
      return {
        HOST: host,
        PORT: String(port),
        USER: user,
        DATABASE: database,
      };
    };
    const url = (host: string): string => {
      const { port, user, password, database } = sockets.server;
      return `postgresql://${user}:${encodeURIComponent(password)}@${host}:${port}/${database}`;
    };

    before(async function () {
      this.timeout(60_000);
      sockets = await startSocketServer();
      engine = await TestEngine.start();
      await writeEnvFile(engine.envFile, values());
      await engine.attach("sock");
    });
    after(async () => {
      const said = JSON.stringify([engine.answers, engine.events]);
      assert.ok(!said.includes(sockets.server.password));
      await engine.close();
      await sockets.stop();
    });

    const through =
      "SELECT (SELECT client_addr IS NULL FROM pg_stat_activity WHERE pid = pg_backend_pid())::text AS is_socket";

    it("is attached, and used through it and not through the network, in both engines", async () => {
      const catalogs = await engine.handlers.listCatalogs(null);
      const { detail, tls } =
        catalogs.find(({ name }) => name === "sock") ?? {};
      assert.ok(detail?.includes(sockets.server.host), detail);
      assert.equal(tls, "a socket of this machine");
      assert.deepEqual(
        await engine.rows(
          `FROM postgres_query('sock', '${through.replaceAll("'", "''")}')`,
        ),
        [["true"]],
      );
      assert.deepEqual(await engine.rows(through, "sock"), [["true"]]);
    });

    it("is tested with what every kind of source says", async () => {
      const { host, port, user, database, password } = sockets.server;
      const write = (name: string, text: string): Promise<void> =>
        writeFile(path.join(engine.folder, name), text);
      await write("url.env", `U_URL='${url(encodeURIComponent(host))}'\n`);
      const inQuery = `${url("").replace(`@:${port}`, "@")}?port=${port}&host=${encodeURIComponent(host)}`;
      await write("query.env", `U_URL='${inQuery}'\n`);
      await write(
        "services.conf",
        `[s]\nhost=${host}\nport=${port}\nuser=${user}\ndbname=${database}\npassword=${password}\n`,
      );
      await write(
        "profiles.yml",
        `p:\n  outputs:\n    o: {type: postgres, host: '${host}', port: ${port}, user: ${user}, dbname: ${database}, password: '${password}'}\n`,
      );
      // TLS that is asked for is for the network: libpq does without it here, whatever it is called.
      await writeEnvFile(path.join(engine.folder, "tls.env"), {
        ...values(),
        HOST: `${host}/`,
        SSLMODE: "verify-full",
      });
      const file = (name: string): string => path.join(engine.folder, name);
      const sources: readonly (readonly [AttachmentSource, string?])[] = [
        [{ kind: "envFile", file: file("url.env"), prefix: "U_" }],
        [{ kind: "envFile", file: file("query.env"), prefix: "U_" }],
        [{ kind: "envFile", file: file("tls.env"), prefix: "POSTGRES_" }],
        [{ kind: "service", service: "s", file: file("services.conf") }],
        [
          {
            kind: "dbt",
            file: file("profiles.yml"),
            profile: "p",
            target: "o",
            entry: "output",
          },
        ],
        [
          {
            kind: "connection",
            connection: `host='${host}' port=${port} user=${user} dbname=${database}`,
          },
          password,
        ],
      ];
      for (const [source, entered] of sources) {
        const report = await engine.handlers.testConnection({
          alias: "tested",
          readOnly: true,
          source,
          ...(entered === undefined
            ? {}
            : { password: entered, options: { password: "prompt" } }),
        });
        assert.ok(report.detail.includes(host), report.detail);
      }
    });

    it("is none when there is an address beside its name: that is the network, with TLS as it is asked for", async () => {
      const { host, password, ...other } = sockets.server;
      const error = await faultOf(
        engine.handlers.testConnection({
          alias: "tested",
          readOnly: true,
          source: {
            kind: "connection",
            connection: `host='${host}' hostaddr=127.0.0.1 port=${other.port} user=${other.user} dbname=postgres sslmode=require`,
          },
          password,
          options: { password: "prompt" },
        }),
      );
      assert.equal(error.class, "tlsRefused");
    });

    it("is stopped by a cancel, in both engines", async () => {
      const watching = await connectAdmin(sockets.server);
      try {
        const sleeping = async (): Promise<number> =>
          (
            await watching.query(
              "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND application_name LIKE 'viaduct-%'",
            )
          ).rows.length;
        for (const [sql, on] of [
          [
            "FROM postgres_query('sock', 'SELECT pg_sleep(60)::text')",
            undefined,
          ],
          ["SELECT pg_sleep(60)", "sock"],
        ] as const) {
          const { runId, outcome } = engine.begin(sql, on);
          await until("the statement to run", async () => {
            return (await sleeping()) > 0;
          });
          assert.deepEqual(await engine.handlers.cancel({ runId }), {
            cancelled: true,
            serverBackends: 1,
          });
          assert.equal((await outcome).status, "cancelled");
          await until("nothing to be left", async () => {
            return (await sleeping()) === 0;
          });
          assert.deepEqual(await engine.rows("SELECT 42", on), [["42"]]);
        }
      } finally {
        await watching.end();
      }
    });

    it("is examined by the doctor, who misses no TLS there", async () => {
      const { checks } = await engine.handlers.diagnose(null);
      const about = checks.filter(({ subject }) => subject === "sock");
      assert.ok(about.length > 5, JSON.stringify(checks));
      assert.deepEqual(
        about.filter(({ status }) => status === "fail"),
        [],
      );
      const tls = about.find(({ id }) => id === "server.tls");
      assert.equal(tls?.status, "pass", tls?.reason);
      const reached = about.find(({ id }) => id === "server.reachable");
      assert.equal(reached?.status, "pass", reached?.reason);
    });

    it("is used from the command line", async () => {
      const cli = await CliFolder.create();
      try {
        await writeEnvFile(path.join(cli.folder, ".env"), values());
        for (const args of [
          ["--on", "pg"],
          ["--attach", "pg"],
        ]) {
          const table = args[0] === "--on" ? "" : "pg.";
          const { code, out, err } = await cli.run(
            ["run", "-", "--format", "csv", ...args],
            `SELECT count(*) > 0 AS some FROM ${table}pg_catalog.pg_namespace`,
          );
          assert.equal(code, 0, err);
          assert.match(out, /^some\nt/);
        }
        const doctor = await cli.run(["doctor", "--attach", "pg"]);
        assert.equal(doctor.code, 0, doctor.out + doctor.err);
        assert.ok(!cli.everything.includes(sockets.server.password));
      } finally {
        await cli.remove();
      }
    });

    it("is missed by its folder where there is none", async () => {
      const file = await writeEnvFile(path.join(engine.folder, "gone.env"), {
        ...values(),
        HOST: path.join(engine.folder, "no-such-folder"),
      });
      const error = await faultOf(engine.attach("gone", { file }));
      assert.equal(error.class, "connectionRefused");
      assert.ok(error.message.includes("no-such-folder"), error.message);
      const native = await faultOf(
        engine.handlers.testConnection({
          alias: "gone",
          readOnly: true,
          source: { kind: "envFile", file, prefix: "POSTGRES_" },
        }),
      );
      assert.equal(native.class, "connectionRefused");
      assert.ok(native.message.includes("no-such-folder"), native.message);
    });
  },
);
