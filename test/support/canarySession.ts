import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { canary, filesWithCanary, findCanary } from "./canary";
import {
  writeCanarySources,
  type CanaryPlace,
  type CanarySources,
} from "./canarySources";
import { engineOptions } from "./engineHarness";
import { connectAdmin, testServer } from "./postgres";
import { WatchedEngine } from "./watchedEngine";

/** What every statement of a user's can look at. */
const listings = [
  "FROM duckdb_databases()",
  "PRAGMA database_list",
  "SHOW DATABASES",
  "FROM duckdb_secrets()",
  "FROM duckdb_secrets(redact => false)",
  "FROM duckdb_logs",
  "FROM duckdb_settings()",
  "FROM duckdb_views()",
  "FROM duckdb_variables()",
  "FROM duckdb_prepared_statements()",
  "FROM viaduct.query_log",
  "FROM pg_catalog.pg_settings",
];

/** An engine process, a role with the canary as its password, and the search through all that either leaves. */
export class CanarySession {
  private constructor(
    readonly folder: string,
    readonly engine: WatchedEngine,
    readonly place: CanaryPlace,
    readonly good: CanarySources,
    /** Files that hold the password because the test put it there. */
    readonly known: string[],
  ) {}

  static async start(): Promise<CanarySession> {
    const folder = await mkdtemp(path.join(tmpdir(), "viaduct-canary-"));
    const { host, port } = testServer();
    const place = { host, port, user: "canary_user", database: "postgres" };
    const admin = await connectAdmin();
    await admin.query("DROP ROLE IF EXISTS canary_user");
    await admin.query(
      `CREATE ROLE canary_user LOGIN PASSWORD ${admin.escapeLiteral(canary)}`,
    );
    await admin.end();
    const good = await writeCanarySources(folder, "good", place);
    const engine = new WatchedEngine();
    await engine.initialize(
      engineOptions(folder, {
        database: path.join(folder, "canary.duckdb"),
        releaseDatabaseAfterSeconds: 600,
        envFiles: [good.envFile],
        statementTimeoutSeconds: 30,
      }),
    );
    await engine.run("CALL enable_logging('QueryLog')");
    return new CanarySession(folder, engine, place, good, [...good.files]);
  }

  /** Nothing that left the engine, and nothing that it has left behind, has the password. */
  async search(): Promise<void> {
    for (const sql of listings) {
      await this.engine.run(sql);
    }
    for (const text of this.engine.said) {
      assert.equal(findCanary(text), null);
    }
    assert.equal(findCanary(this.engine.visible), null);
    assert.deepEqual(filesWithCanary(this.folder, this.known), []);
  }

  async close(): Promise<void> {
    await this.engine.end();
    const admin = await connectAdmin();
    await admin.query("DROP ROLE IF EXISTS canary_user");
    await admin.end();
    await rm(this.folder, { recursive: true, force: true });
  }
}
