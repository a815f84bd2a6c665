import assert from "node:assert/strict";
import path from "node:path";
import { TestEngine } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import { SilentNetwork } from "../support/silentNetwork";
import { until } from "../support/until";

const scan = "SELECT a.* FROM pg.public.network a";
const nativeScan = "SELECT a.* FROM network a";

describe("a network that fails while rows arrive", () => {
  let engine: TestEngine;
  let network: SilentNetwork;
  before(async () => {
    await admin(
      "CREATE TABLE network AS SELECT i AS id, repeat('x', 200) AS pad FROM generate_series(1, 400000) i; ANALYZE network",
    );
  });
  after(async () => {
    await admin("DROP TABLE network");
  });
  beforeEach(async () => {
    engine = await TestEngine.start({ connectTimeoutSeconds: 2 });
    network = await SilentNetwork.open(testServer());
    await engine.attach("pg", {
      file: await writeEnvFile(path.join(engine.folder, "network.env"), {
        PORT: String(network.port),
      }),
    });
    await engine.attach("other");
    await engine.succeed("CREATE TABLE local AS FROM range(3)");
  });
  afterEach(async () => {
    await network.close();
    await engine.close();
  });

  const firstRows = async (runId: string): Promise<string> => {
    const opened = await until("the first rows", () =>
      engine.events.find(
        ({ event, payload }) =>
          event === "resultOpened" && payload.runId === runId,
      ),
    );
    assert.ok(opened.event === "resultOpened");
    return opened.payload.resultId;
  };
  const elsewhereWorks = async (): Promise<void> => {
    assert.deepEqual(await engine.rows("SELECT 1", "other"), [["1"]]);
    assert.ok(
      (await engine.handlers.listSchemas({ catalog: "other" })).length > 0,
    );
    assert.ok((await engine.handlers.listCatalogs(null)).length > 2);
  };
  const keptRows = async (
    resultId: string,
    rowCount: number,
  ): Promise<void> => {
    assert.ok(rowCount > 0 && rowCount < 400_000, String(rowCount));
    const page = await engine.handlers.page({ resultId, offset: 0, limit: 5 });
    assert.equal(page.rows.length, 5);
  };

  for (const on of [undefined, "pg"]) {
    const where = on === undefined ? "in DuckDB" : "natively";

    it(`ends a run ${where} in words when the connection is reset, and keeps the rows as incomplete`, async () => {
      const { runId, outcome } = engine.begin(
        on === undefined ? scan : nativeScan,
        on,
      );
      const resultId = await firstRows(runId);
      network.reset();
      const { status, complete, error, rowCount } = await outcome;
      assert.equal(status, "failed");
      assert.equal(complete, false);
      assert.equal(error?.class, "connectionLost", error?.message);
      await keptRows(resultId, rowCount);
      await elsewhereWorks();
      assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [
        ["3"],
      ]);
      assert.deepEqual(
        await engine.rows("SELECT count(*) FROM pg.public.network"),
        [["400000"]],
      );
    });
  }

  it("ends a native run in words when the network says nothing any more", async () => {
    const { runId, outcome } = engine.begin(nativeScan, "pg");
    const resultId = await firstRows(runId);
    network.hang();
    await elsewhereWorks();
    assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [["3"]]);
    const { status, complete, error, rowCount } = await outcome;
    assert.equal(status, "failed");
    assert.equal(complete, false);
    assert.equal(error?.class, "connectionLost", error?.message);
    await keptRows(resultId, rowCount);
  }).timeout(60_000);

  it("cancels a native run while the network says nothing", async () => {
    const { runId, outcome } = engine.begin(nativeScan, "pg");
    await firstRows(runId);
    network.hang();
    const { cancelled } = await engine.handlers.cancel({ runId });
    assert.ok(cancelled);
    assert.equal((await outcome).status, "cancelled");
    await elsewhereWorks();
  }).timeout(60_000);

  it("uses new connections when those that were idle have died without a word", async () => {
    const everyWay = async (): Promise<void> => {
      assert.deepEqual(
        await engine.rows("SELECT count(*) FROM pg.public.network"),
        [["400000"]],
      );
      assert.deepEqual(await engine.rows("SELECT 1", "pg"), [["1"]]);
      assert.ok(
        (await engine.handlers.listSchemas({ catalog: "pg" })).includes(
          "public",
        ),
      );
    };
    await everyWay();
    network.forget();
    await everyWay();
    assert.ok(
      (await engine.handlers.listCatalogs(null)).every(
        ({ state }) => state === "attached",
      ),
    );
  }).timeout(60_000);
});
