import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import path from "node:path";
import type { AttachmentSource } from "../../src/core/connections/attachment";
import { faultOf, TestEngine } from "../support/engineHarness";

const secret = "s3cret-of-the-service";

describe("the password of a service", () => {
  let engine: TestEngine;
  let server: Server;
  let heard = "";
  let port = 0;
  before(async () => {
    engine = await TestEngine.start({ connectTimeoutSeconds: 2 });
    // Asks whoever comes for a password as it is.
    server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.once("data", () => {
        socket.write(Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]));
      });
      socket.on("data", (data) => {
        heard += data.toString("latin1");
        if (data[0] === 0x70) {
          socket.destroy();
        }
      });
    });
    await new Promise<void>((resolve) =>
      server.listen(0, "127.0.0.1", resolve),
    );
    port = (server.address() as AddressInfo).port;
  });
  beforeEach(() => {
    heard = "";
  });
  after(async () => {
    await engine.close();
    server.close();
  });

  const service = async (host: string): Promise<string> => {
    const file = path.join(engine.folder, "service.conf");
    await writeFile(
      file,
      `[prod]\nhost=${host}\nport=${port}\nuser=u\ndbname=d\nsslmode=disable\npassword=${secret}\n`,
    );
    return file;
  };
  const refused = (source: AttachmentSource): Promise<unknown> =>
    faultOf(engine.handlers.attach({ alias: "prod", readOnly: true, source }));

  it("goes to its server", async () => {
    const file = await service("127.0.0.1");
    await refused({
      kind: "connection",
      connection: `service=prod servicefile='${file}' dbname=other`,
    });
    assert.match(heard, new RegExp(secret));
  });

  it("does not go to another one that a connection string names beside the service", async () => {
    const file = await service("prod.example");
    for (const place of ["host=127.0.0.1", "hostaddr=127.0.0.1"]) {
      await refused({
        kind: "connection",
        connection: `service=prod servicefile='${file}' ${place}`,
      });
    }
    assert.match(heard, /user/);
    assert.doesNotMatch(heard, new RegExp(secret));
  });

  it("does not go to another one that an env file names beside the service", async () => {
    const file = await service("prod.example");
    const envFile = path.join(engine.folder, "service.env");
    await writeFile(
      envFile,
      `PGSERVICE=prod\nPGSERVICEFILE=${file}\nPGHOSTADDR=127.0.0.1\n`,
    );
    await refused({ kind: "envFile", file: envFile, prefix: "PG" });
    assert.match(heard, /user/);
    assert.doesNotMatch(heard, new RegExp(secret));
  });
});
