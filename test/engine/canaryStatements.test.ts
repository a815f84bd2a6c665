import assert from "node:assert/strict";
import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { canary, filesWithCanary, findCanary } from "../support/canary";
import { CanarySession } from "../support/canarySession";
import type { CanaryPlace, CanarySources } from "../support/canarySources";
import { engineOptions } from "../support/engineHarness";
import { connectAdmin } from "../support/postgres";
import { until } from "../support/until";
import { WatchedEngine } from "../support/watchedEngine";
import { quoteLiteral } from "../../src/core/sql/quote";

describe("a canary password in statements and faults", () => {
  let session: CanarySession;
  let engine: WatchedEngine;
  let folder: string;
  let place: CanaryPlace;
  let good: CanarySources;
  let known: string[];
  before(async () => {
    session = await CanarySession.start();
    ({ engine, folder, place, good, known } = session);
  });
  after(() => session.close());
  const search = (): Promise<void> => session.search();

  it("is nowhere after the user's own ATTACH, CREATE SECRET and the rest", async () => {
    const { host, port, user, database } = place;
    const bare = `host=${host} port=${port} user=${user} dbname=${database}`;
    const pairs = `${bare} password='${canary.replaceAll(/[\\']/g, "\\$&")}'`;
    const uri = `postgresql://${user}:${encodeURIComponent(canary)}@${host}:${port}/${database}`;
    for (const path of [pairs, uri]) {
      const outcome = await engine.run(
        `ATTACH ${quoteLiteral(path)} AS direct (TYPE postgres)`,
      );
      assert.equal(outcome?.status, "succeeded", outcome?.error?.message);
      await engine.run("FROM postgres_query('direct', 'SELECT nope')");
      await search();
      await engine.run("DETACH direct");
    }
    const literal = quoteLiteral(canary);
    for (const sql of [
      `CREATE OR REPLACE SECRET one (TYPE postgres, HOST '${host}', PASSWORD ${literal})`,
      `CREATE OR REPLACE SECRET two (TYPE postgres, HOST getenv('POSTGRES_HOST'), PORT getenv('POSTGRES_PORT')::INT, PASSWORD getenv('POSTGRES_PASSWORD'))`,
      `CREATE SECRET three (TYPE postgres, HOST getenv('POSTGRES_PASSWORD'))`,
      `CREATE PERSISTENT SECRET four (TYPE postgres, PASSWORD ${literal})`,
      `CREATE SECRET five (TYPE postgres, PASSWORD ${literal}, NOPE 1)`,
      `CREATE SECRET six (TYPE postgres, PORT ${literal}::INT, PASSWORD ${literal})`,
      `CREATE SECRET seven (TYPE postgres PASSWORD ${literal})`,
      `SELECT count(*) FROM postgres_scan(${quoteLiteral(pairs)}, 'pg_catalog', 'pg_class')`,
      `SELECT count(*) FROM postgres_scan(${quoteLiteral(`${pairs} nope=1`)}, 'pg_catalog', 'pg_class')`,
      `CALL postgres_attach(${quoteLiteral(pairs)})`,
      `SET s3_secret_access_key = ${literal}`,
      `SELECT getenv('POSTGRES_PASSWORD')`,
      `ATTACH ${quoteLiteral(pairs)} AS x (TYPE mysql)`,
      `ATTACH ${quoteLiteral(uri)}`,
    ]) {
      await engine.run(sql);
    }
    await search();
  });

  it("is in nothing when the server ends the connection in the middle of a query", async () => {
    const request = good.requests["envFile"];
    assert.ok(request);
    await engine.ask("attach", { ...request, alias: "pg", readOnly: true });
    const admin = await connectAdmin();
    const kill = () =>
      until("the query", async () => {
        const { rowCount } = await admin.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'canary_user' AND state = 'active' AND query LIKE '%pg_sleep%'",
        );
        return (rowCount ?? 0) > 0;
      });
    for (const alias of [undefined, "pg"]) {
      const running =
        alias === undefined
          ? engine.run(
              "FROM postgres_query('pg', 'SELECT pg_sleep(20)::text AS a')",
            )
          : engine.run("SELECT pg_sleep(20)", alias);
      await kill();
      const outcome = await running;
      assert.notEqual(outcome?.status, "succeeded");
    }
    await admin.end();
    await engine.ask("listExtensions", null);
    await engine.ask("releaseDatabase", null);
    await search();
    await engine.ask("detach", { alias: "pg" });
  });

  it("is in nothing that a crash leaves behind", async () => {
    const crashing = new WatchedEngine();
    await crashing.initialize(
      engineOptions(folder, { envFiles: [good.envFile] }),
    );
    const request = good.requests["envFile"];
    assert.ok(request);
    await crashing.ask("attach", { ...request, alias: "pg", readOnly: true });
    const running = crashing.run("SELECT pg_sleep(20)", "pg");
    await until("the statement", () =>
      crashing.said.some((text) => text.includes("statementStarted")),
    );
    // As a fault in native code: nothing of ours runs any more.
    process.kill(crashing.processId, "SIGABRT");
    await crashing.gone();
    await running.catch(() => undefined);
    for (const text of crashing.said) {
      assert.equal(findCanary(text), null);
    }
    assert.deepEqual(filesWithCanary(folder, known), []);
  });

  it("is found wherever it is planted", async () => {
    for (const planted of [
      canary,
      encodeURIComponent(canary),
      canary.replaceAll("'", "''"),
      JSON.stringify({ canary }),
      Buffer.from(`Basic user:${canary}`).toString("base64"),
    ]) {
      engine.said.push(planted);
      await assert.rejects(search);
      engine.said.pop();
    }
    const file = path.join(folder, "planted.log");
    await writeFile(file, `before ${canary} after`);
    assert.deepEqual(filesWithCanary(folder, known), [file]);
    await rm(file);
    // A result is the user's own data, and as such proves that rows are searched.
    await engine.run(`SELECT ${quoteLiteral(canary)} AS planted`);
    await assert.rejects(search);
  });
});
