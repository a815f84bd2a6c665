import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { SilentNetwork } from "../support/silentNetwork";
import { answering } from "./answers";
import { demoValues, file, remove } from "./attachmentSupport";
import { envSource, eventually, openSql, run } from "./support";

const alias = "muted";
const env = ".env.muted";

describe("a server that falls silent in the middle of a statement, in a real extension host", () => {
  let network: SilentNetwork;

  before("attach through a network that can fall silent", async () => {
    const port = Number((await demoValues()).get("PORT"));
    network = await SilentNetwork.open({ host: "127.0.0.1", port });
    const text = await readFile(file(".env"), "utf8");
    await writeFile(
      file(env),
      text.replace(/^(POSTGRES_PORT=).*$/m, `$1${String(network.port)}`),
    );
    const info = await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(env),
      readOnly: true,
    });
    assert.equal(info?.state, "attached", JSON.stringify(info));
  });

  after(async () => {
    await network.close();
    await remove(alias);
    await rm(file(env), { force: true });
  });

  it("is left by a cancel: the user is told before and after, and the next statement runs", async () => {
    await openSql(
      "host-silent.sql",
      `SELECT * FROM postgres_query('${alias}', 'SELECT pg_sleep(600)::text AS a');`,
    );
    const { result, asked } = await answering([], async () => {
      const running = run("viaduct.runStatement");
      // Once there is something to cancel, the server has got it.
      await eventually("the statement to be on the server", () =>
        network.hasCarried("pg_sleep(600)"),
      );
      network.hang();
      const cancelled = await run("viaduct.cancelRun");
      assert.deepEqual(cancelled, { cancelled: true, serverBackends: 0 });
      return running;
    });
    assert.match(asked.messages.join(), /The engine is ended in 3 s/);
    assert.match(JSON.stringify(result), /cancelled by ending the engine/);
    await openSql("host-silent-next.sql", "SELECT 42 AS a;");
    const next = await run("viaduct.runStatement");
    assert.equal(next?.state, "succeeded", JSON.stringify(next));
  });
});
