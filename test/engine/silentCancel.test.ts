import assert from "node:assert/strict";
import path from "node:path";
import type { StatementOutcome } from "../../src/protocol/engine";
import { TestEngine } from "../support/engineHarness";
import { admin, testServer, writeEnvFile } from "../support/postgres";
import { SilentNetwork } from "../support/silentNetwork";
import { until } from "../support/until";

describe("a cancel while a server says nothing", () => {
  let engine: TestEngine;
  let network: SilentNetwork;
  before(() => admin("CREATE TABLE hushed AS SELECT 1 AS a"));
  after(() => admin("DROP TABLE hushed"));
  beforeEach(async () => {
    // Longer than any of these tests may take: whoever waits for the server fails it.
    engine = await TestEngine.start({ connectTimeoutSeconds: 300 });
    network = await SilentNetwork.open(testServer());
    await engine.attach("pg", {
      file: await writeEnvFile(path.join(engine.folder, "network.env"), {
        PORT: String(network.port),
        SSLMODE: "disable",
      }),
      readOnly: false,
    });
    await engine.succeed("CREATE TABLE local AS FROM range(3)");
  });
  afterEach(async () => {
    // First: nothing that still waits for the server then keeps the engine.
    await network.close();
    await engine.close();
  });

  /** Cancels without waiting for the answer, which waits for every server to be told. */
  const cancelled = async (begun: {
    readonly runId: string;
    readonly outcome: Promise<StatementOutcome>;
  }): Promise<void> => {
    engine.handlers
      .cancel({ runId: begun.runId })
      .catch((error: unknown) => error);
    assert.equal((await begun.outcome).status, "cancelled");
  };
  const localWorks = async (): Promise<void> => {
    assert.deepEqual(await engine.rows("SELECT count(*) FROM local"), [["3"]]);
  };

  const looked = (runId: string): Promise<unknown> =>
    until("the statement to begin", () =>
      engine.events.some(
        ({ event, payload }) =>
          event === "statementStarted" && payload.runId === runId,
      ),
    );

  it("ends a native run that connects", async () => {
    network.hang();
    const begun = engine.begin("SELECT 1", "pg");
    await until("it to connect", () => network.hasCarried("viaduct-native"));
    await cancelled(begun);
    await localWorks();
  });

  it("ends a native run that has been sent", async () => {
    const begun = engine.begin("SELECT pg_sleep(600)", "pg");
    await until("it to be sent", () => network.hasCarried("pg_sleep(600)"));
    network.hang();
    await cancelled(begun);
    await localWorks();
  });

  it("ends a statement in DuckDB that looks whether the server is there", async () => {
    network.hang();
    const begun = engine.begin("FROM pg.public.hushed");
    await looked(begun.runId);
    await cancelled(begun);
    await localWorks();
  });

  it("does not leave the session in a catalog that is lost after it", async () => {
    await engine.succeed("USE pg.public");
    network.hang();
    const begun = engine.begin("FROM pg.public.hushed");
    await looked(begun.runId);
    await cancelled(begun);
    await network.close();
    await until("the catalog to be lost", async () =>
      (await engine.handlers.listCatalogs(null)).some(
        ({ name, state }) => name === "pg" && state === "unreachable",
      ),
    );
    await localWorks();
  });
});
