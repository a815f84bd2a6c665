import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import type {
  AttachmentSource,
  AttachmentSpec,
} from "../../src/core/connections/attachment";
import { faultOf, TestEngine } from "../support/engineHarness";
import { canaryPassword, testServer, writeEnvFile } from "../support/postgres";

describe("a password that is not the source's", () => {
  let engine: TestEngine;
  let stranger: Server;
  let visits = 0;
  let elsewhere = 0;
  const spec = (source: AttachmentSource): AttachmentSpec => ({
    alias: "bound",
    readOnly: true,
    source,
    options: { password: "secretStorage" },
  });
  const file = (name: string): string => path.join(engine.folder, name);

  before(async () => {
    engine = await TestEngine.start();
    stranger = createServer((socket) => {
      visits += 1;
      socket.destroy();
    }).listen(0, "127.0.0.1");
    await once(stranger, "listening");
    elsewhere = (stranger.address() as AddressInfo).port;
  });
  after(async () => {
    stranger.close();
    const said = JSON.stringify([engine.answers, engine.events]);
    assert.ok(!said.includes(canaryPassword));
    await engine.close();
  });

  /** Each kind of source that can name a server in a file, as it is with a port. */
  const kinds: Readonly<
    Record<string, (port: number) => Promise<AttachmentSource>>
  > = {
    "an env file": async (port) => ({
      kind: "envFile",
      prefix: "POSTGRES_",
      file: await writeEnvFile(file("bound.env"), {
        PORT: String(port),
        PASSWORD: null,
      }),
    }),
    "a service": async (port) => {
      const { host, user } = testServer();
      await writeFile(
        file("services.conf"),
        `[s]\nhost=${host}\nport=${port}\nuser=${user}\ndbname=postgres\n`,
      );
      return { kind: "service", service: "s", file: file("services.conf") };
    },
    "a dbt profile": async (port) => {
      const { host, user } = testServer();
      await writeFile(
        file("profiles.yml"),
        `p:\n  outputs:\n    o: {type: postgres, host: ${host}, port: ${port}, user: ${user}, dbname: postgres}\n`,
      );
      return {
        kind: "dbt",
        file: file("profiles.yml"),
        profile: "p",
        target: "o",
        entry: "output",
      };
    },
  };

  for (const [kind, write] of Object.entries(kinds)) {
    it(`goes to the server that it was entered for, and to no other that ${kind} names later`, async () => {
      const { host, port, user } = testServer();
      const source = await write(port);
      const { server } = await engine.handlers.sourceServer(spec(source));
      assert.equal(server, `${user} at ${host}:${port}`);
      const request = {
        ...spec(source),
        password: canaryPassword,
        passwordServer: server,
      };
      await engine.handlers.attach(request);
      assert.deepEqual(
        await engine.rows("FROM postgres_query('bound', 'SELECT 1 AS a')"),
        [["1"]],
      );
      visits = 0;
      assert.deepEqual(await write(elsewhere), source);
      for (const attempt of [
        () => engine.handlers.attach(request),
        () => engine.handlers.testConnection(request),
      ]) {
        const error = await faultOf(attempt());
        assert.equal(error.class, "passwordMissing");
        assert.ok(error.message.includes(`entered for ${server}`));
        assert.ok(error.message.includes(`${user} at ${host}:${elsewhere}`));
        assert.ok(error.actions.includes("enterPassword"));
      }
      assert.equal(visits, 0, "nobody has called the other server");
      await engine.handlers.detach({ alias: "bound" });
    });
  }

  it("is taken out of an env file together with what it is for", async () => {
    const { host, port, user } = testServer();
    const taken = await engine.handlers.takePassword({
      source: { kind: "envFile", file: engine.envFile, prefix: "POSTGRES_" },
    });
    // The only answer that is a secret; it is not to be found in the search at the end.
    engine.answers.pop();
    assert.equal(taken.server, `${user} at ${host}:${port}`);
    assert.equal(taken.password, canaryPassword);
  });

  it("is asked for only where the source can be read", async () => {
    const missing = faultOf(
      engine.handlers.sourceServer(
        spec({ kind: "envFile", file: file("none.env"), prefix: "X_" }),
      ),
    );
    assert.equal((await missing).class, "envFileMissing");
  });
});
