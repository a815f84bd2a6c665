import assert from "node:assert/strict";
import type { AttachRequest } from "../../src/protocol/engine";
import { Authority } from "../support/certificates";
import { TestEngine, faultOf } from "../support/engineHarness";
import { TlsServer } from "../support/tlsServer";

const password = "pr3ferred-canary";

describe("TLS that is only preferred, and logins that are not what was asked for", function () {
  this.timeout(60_000);
  let engine: TestEngine;
  let server: TlsServer;
  before(async () => {
    engine = await TestEngine.start({ connectTimeoutSeconds: 5 });
    server = await TlsServer.start();
    await server.sql(`CREATE ROLE app LOGIN PASSWORD '${password}'`);
    const authority = Authority.create("Viaduct test authority");
    await server.serve(authority.issue({ name: "x" }), authority.certificate);
  });
  afterEach(() => engine.handlers.detach({ alias: "db" }));
  after(async () => {
    await engine.close();
    await server.stop();
  });

  const request = (more: string): AttachRequest => ({
    alias: "db",
    readOnly: true,
    source: {
      kind: "connection",
      connection: `host=127.0.0.1 port=${server.port} dbname=postgres user=app ${more}`,
    },
    password,
  });
  const attach = (more: string) => engine.handlers.attach(request(more));
  // Natively before it goes through DuckDB.
  const test = (more: string) => engine.handlers.testConnection(request(more));
  const letIn = (how: string): Promise<void> =>
    server.letIn([
      `${how.split(" ")[0] ?? ""} all app 127.0.0.1/32 ${how.split(" ")[1] ?? ""}`,
    ]);

  it("is given up by both engines where the server lets nobody in with it", async () => {
    await letIn("hostnossl scram-sha-256");
    const info = await attach("sslmode=prefer");
    assert.equal(info.tls, "not encrypted (prefer)");
    await engine.succeed("SELECT 1", "db");
    const error = await faultOf(attach("sslmode=require"));
    assert.equal(error.class, "authenticationFailed");
  });

  it("sends no password to a server that asks for it in another way", async () => {
    const refusedBy = async (more: string): Promise<void> => {
      for (const connecting of [attach, test]) {
        const error = await faultOf(connecting(more));
        assert.equal(error.class, "authenticationFailed", error.message);
      }
    };
    await letIn("host password");
    await refusedBy("require_auth=scram-sha-256");
    await refusedBy("channel_binding=require sslmode=require");
    await letIn("host trust");
    await refusedBy("require_auth=!none");
    await attach("require_auth=none");
    await engine.succeed("SELECT 1", "db");
  });

  it("is refused natively where only libpq can do what was asked for", async () => {
    await letIn("host scram-sha-256");
    await attach("gssencmode=prefer");
    await engine.succeed("SELECT 1", "db");
    const error = await faultOf(test("sslcertmode=require sslmode=require"));
    assert.equal(error.class, "connectionInvalid");
    assert.match(error.message, /sslcertmode/);
  });
});
