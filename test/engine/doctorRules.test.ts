import { readFile } from "node:fs/promises";
import path from "node:path";
import { rolePassword, useDoctor } from "../support/doctorSuite";
import { connectAdmin, testServer } from "../support/postgres";
import { TlsServer } from "../support/tlsServer";
import { assertTold } from "../support/toldError";
import { until } from "../support/until";

describe("a server whose rules say no", () => {
  const suite = useDoctor("doctor_rules");
  let server: TlsServer;
  before(async () => {
    server = await TlsServer.start();
    await server.sql(`CREATE ROLE guest LOGIN PASSWORD '${rolePassword}'`);
  });
  after(() => server.stop());

  const values = () => ({
    PORT: String(server.port),
    DATABASE: "postgres",
    USER: "guest",
  });

  for (const [name, rules] of [
    ["that has no entry in pg_hba.conf", []],
    ["that pg_hba.conf rejects", ["host all guest 127.0.0.1/32 reject"]],
  ] as const) {
    it(`a user ${name}`, async () => {
      await server.letIn(rules);
      assertTold(await suite.attachFault(values()), {
        class: "authenticationFailed",
        message: /pg_hba\.conf/,
        hint: /owner has to allow this user/,
        actions: ["openEnvFile", "runDoctor"],
      });
    });
  }

  it("a server that is shutting down", async () => {
    await server.letIn(["host all guest 127.0.0.1/32 scram-sha-256"]);
    const [row] = await server.sql("SHOW data_directory");
    const pidFile = path.join(
      String(row?.["data_directory"]),
      "postmaster.pid",
    );
    const [processId] = (await readFile(pidFile, "utf8")).split("\n");
    // SIGTERM waits for the clients to leave, and lets no new ones in.
    const staying = await connectAdmin(testServer(), {
      ...values(),
      port: server.port,
      user: "guest",
      password: rolePassword,
      database: "postgres",
    });
    try {
      process.kill(Number(processId), "SIGTERM");
      await until("the shutdown", () =>
        /received smart shutdown/.test(server.log),
      );
      assertTold(await suite.attachFault(values()), {
        class: "connectionRefused",
        message: /shutting down/,
        hint: /try again in a moment/,
        actions: ["retry", "runDoctor"],
      });
    } finally {
      await staying.end();
    }
  });
});
