import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { freePort } from "../support/freePort";
import { TcpProxy } from "../support/tcpProxy";
import { answering } from "./answers";
import { demoValues, file, remove } from "./attachmentSupport";
import { envSource, openSql, run } from "./support";

const alias = "copied";
const env = ".env.copied";
const table = { catalog: alias, schema: "public", relation: "raw_memories" };

/** As the guide has it, for this alias. */
const fallback = `SELECT memory_id, COALESCE(
  (SELECT content FROM ${alias}.public.raw_memories r WHERE r.memory_id = m.memory_id),
  m.cached_content, 'Content unavailable') AS content
FROM copies_memories m;`;

describe("local copies of tables in a real extension host", () => {
  let proxy: TcpProxy;

  before("attach through a network that can be cut", async () => {
    const port = Number((await demoValues()).get("PORT"));
    proxy = new TcpProxy(await freePort(0), { host: "127.0.0.1", port });
    await proxy.open();
    const text = await readFile(file(".env"), "utf8");
    await writeFile(
      file(env),
      text.replace(/^(POSTGRES_PORT=).*$/m, `$1${String(proxy.port)}`),
    );
    const info = await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(env),
      readOnly: true,
    });
    assert.equal(info?.state, "attached", JSON.stringify(info));
    await openSql(
      "host-copies.sql",
      `CREATE OR REPLACE TABLE copies_memories AS SELECT memory_id, NULL::VARCHAR AS cached_content FROM ${alias}.public.raw_memories LIMIT 5;`,
    );
    assert.equal((await run("viaduct.runStatement"))?.state, "succeeded");
  });

  after(async () => {
    await remove(alias);
    await proxy.cut();
    await rm(file(env), { force: true });
  });

  it("hints at them while the server is away and there are none", async () => {
    await proxy.cut();
    await openSql("host-copies.sql", fallback);
    const view = await run("viaduct.runStatement");
    await proxy.open();
    assert.equal(view?.state, "failed");
    assert.match(
      view.statements[0]?.outcome?.error?.hint ?? "",
      /Keep Local Copy/,
    );
  });

  it("are kept by a command, which says what they are for", async () => {
    const { result, asked } = await answering([], () =>
      run("viaduct.keepLocalCopy", table),
    );
    assert.ok(result !== undefined && result.rowCount > 0);
    assert.match(asked.messages.join(), /rows.*stands in while the server/);
  });

  it("answer while the server is away, with a warning", async () => {
    await proxy.cut();
    await openSql("host-copies.sql", fallback);
    const view = await run("viaduct.runStatement");
    await proxy.open();
    assert.equal(view?.state, "succeeded");
    const outcome = view.statements[0]?.outcome;
    assert.equal(outcome?.rowCount, 5);
    assert.match(
      outcome.notices.map(({ message }) => message).join(),
      /not reachable.*local copy of public\.raw_memories/,
    );
  });

  it("are asked for from the palette, and dropped", async () => {
    const { result } = await answering([{ pick: /copied.*raw_memories/ }], () =>
      run("viaduct.dropLocalCopy"),
    );
    assert.deepEqual(result, {
      alias,
      schema: "public",
      relation: "raw_memories",
    });
    const { result: none, asked } = await answering([], () =>
      run("viaduct.dropLocalCopy"),
    );
    assert.equal(none, undefined);
    assert.match(asked.messages.join(), /no local copies/);
  });

  it("go with their attachment, and do not come back with it", async () => {
    assert.ok((await run("viaduct.keepLocalCopy", table)) !== undefined);
    await remove(alias);
    await run("viaduct.attachFromEnvFile", {
      alias,
      source: envSource(env),
      readOnly: true,
    });
    const { asked } = await answering([], () => run("viaduct.dropLocalCopy"));
    assert.match(asked.messages.join(), /no local copies/);
  });
});
