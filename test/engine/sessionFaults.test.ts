import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import {
  connect,
  createServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";
import path from "node:path";
import { TestEngine, faultOf } from "../support/engineHarness";
import { admin, testServer } from "../support/postgres";
import { until } from "../support/until";

describe("a session in trouble", () => {
  let engine: TestEngine;
  before(async () => {
    await admin("CREATE TABLE written (a INTEGER)");
    engine = await TestEngine.start();
    await engine.attach("pg");
  });
  after(async () => {
    await engine.close();
    await admin("DROP TABLE written");
  });

  const changedEnvFile = async (
    name: string,
    change: (text: string) => string,
  ): Promise<string> => {
    const file = path.join(engine.folder, name);
    await writeFile(file, change(await readFile(engine.envFile, "utf8")));
    return file;
  };
  const toPort = (port: number) => (text: string) =>
    text.replace(/^POSTGRES_PORT=.*$/m, `POSTGRES_PORT=${port}`);

  it("tells that an alias is gone after attaching it anew has failed, and brings it back", async () => {
    const file = await changedEnvFile("moved.env", toPort(1));
    assert.equal(
      (await faultOf(engine.attach("pg", { file }))).class,
      "connectionRefused",
    );
    const catalogs = await engine.handlers.listCatalogs(null);
    const pg = catalogs.find(({ name }) => name === "pg");
    assert.equal(pg?.state, "unreachable");
    assert.equal(pg.problem?.class, "connectionRefused");
    assert.equal(
      (await engine.fail("FROM pg.public.written")).error.class,
      "connectionRefused",
    );
    await engine.attach("pg");
    assert.deepEqual(await engine.rows("FROM pg.public.written"), []);
  });

  it("leaves nothing of an alias that could not be attached", async () => {
    const file = await changedEnvFile("nowhere.env", toPort(1));
    await faultOf(engine.attach("nowhere", { file }));
    assert.deepEqual(
      await engine.rows(
        "SELECT name FROM duckdb_secrets() WHERE name LIKE '%nowhere'",
      ),
      [],
    );
  });

  it("refuses postgres_execute below a PIVOT, which is taken apart before it runs", async () => {
    const text = (sql: string): string => sql.replaceAll("'", "''");
    const write = text(
      "COMMIT; SET default_transaction_read_only = off; BEGIN; INSERT INTO written VALUES (1); COMMIT; BEGIN",
    );
    const call = text(`SELECT 1 AS x FROM postgres_ex!ecute('pg', '${write}')`);
    const hidden = `query('${call.replace("!", "' || '")}')`;
    for (const sql of [
      `FROM ${hidden}`,
      `PIVOT (FROM ${hidden}) ON x USING count(*)`,
    ]) {
      const { error } = await engine.fail(sql);
      assert.equal(error.class, "readOnly", sql);
      assert.match(error.message, /is refused/);
    }
    assert.deepEqual(await admin("TABLE written"), []);
    assert.equal(
      (await engine.rows("PIVOT (SELECT 1 AS x) ON x USING count(*)")).length,
      1,
    );
  });

  it("shows what was sent although the log was switched off meanwhile", async () => {
    await engine.run("CALL disable_logging()");
    const { sent } = await engine.succeed("FROM pg.public.written");
    assert.equal(sent.length, 1);
  });

  it("gives an error its place where columns had to be turned into text", async () => {
    const plain =
      "SELECT 1, CAST(v AS INTEGER) FROM (VALUES ('1'), ('a')) t(v)";
    const unnamed = plain.replace("SELECT 1", "SELECT row(1, 2)");
    const first = (await engine.fail(plain)).error.position;
    const second = (await engine.fail(unnamed)).error.position;
    assert.equal(first, plain.indexOf("CAST"));
    assert.equal(second, unnamed.indexOf("CAST"));
  });

  it("keeps the first thousands of notices, and says how many there were", async () => {
    const { notices } = await engine.succeed(
      "DO $$ BEGIN FOR i IN 1..30000 LOOP RAISE NOTICE '%', i; END LOOP; END $$",
      "pg",
    );
    assert.ok(notices.length <= 1001);
    assert.match(notices.at(-1)?.message ?? "", /29[, ]?000 more/);
    const told = engine.events.filter(({ event }) => event === "notice");
    assert.ok(told.length <= 1100);
  });

  it("ends a cancelled local run at once although a server hangs", async () => {
    const network = await Network.open();
    try {
      const hanging = await changedEnvFile("hanging.env", toPort(network.port));
      await engine.attach("pg", { file: hanging });
      network.hang();
      const { runId, outcome } = engine.begin(
        "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range + b.range = 3",
      );
      await until("the statement to run", () =>
        Promise.resolve(engine.events.at(-1)?.event === "statementStarted"),
      );
      const started = performance.now();
      const cancelling = engine.handlers.cancel({ runId });
      assert.equal((await outcome).status, "cancelled");
      assert.ok(performance.now() - started < 2_000, "it ended soon");
      await cancelling;
    } finally {
      await network.close();
      await engine.attach("pg");
    }
  }).timeout(30_000);

  it("shuts down, and removes its files, although a cancel cannot reach the server", async () => {
    const own = await TestEngine.start();
    await admin("CREATE ROLE locked SUPERUSER LOGIN PASSWORD 'locked-out'");
    try {
      const file = path.join(own.folder, "locked.env");
      const text = await readFile(own.envFile, "utf8");
      await writeFile(
        file,
        text
          .replace(/^POSTGRES_USER=.*$/m, "POSTGRES_USER=locked")
          .replace(/^POSTGRES_PASSWORD=.*$/m, "POSTGRES_PASSWORD=locked-out"),
      );
      await own.attach("locked", { file });
      const { outcome } = own.begin("SELECT pg_sleep(63)", "locked");
      await until(
        "the statement to run",
        async () =>
          (
            await admin(
              "SELECT FROM pg_stat_activity WHERE usename = 'locked' AND state = 'active' AND query LIKE '%(63)'",
            )
          ).length > 0,
      );
      await admin("ALTER ROLE locked NOLOGIN");
      await own.handlers.shutdown(null);
      assert.equal((await outcome).status, "cancelled");
      assert.deepEqual(await readdir(own.options.temporaryDirectory), []);
    } finally {
      await own.close();
      await admin(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'locked'",
      );
      await until(
        "its sessions to end",
        async () =>
          (await admin("SELECT FROM pg_stat_activity WHERE usename = 'locked'"))
            .length === 0,
      );
      await admin("DROP ROLE locked");
    }
  });
});

/** A network to the suite's server, until it takes connections and never says a word. */
class Network {
  private isHanging = false;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<Network> {
    const server = createServer();
    const network = new Network(server);
    server.on("connection", (socket) => {
      network.take(socket);
    });
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    return network;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  hang(): void {
    this.isHanging = true;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) {
      socket.destroy();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(socket: Socket): void {
    this.sockets.add(socket);
    socket.on("error", () => undefined);
    if (!this.isHanging) {
      const { host, port } = testServer();
      const outgoing = connect({ host, port });
      outgoing.on("error", () => undefined);
      socket.pipe(outgoing).pipe(socket);
    }
  }
}
