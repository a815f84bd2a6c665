import assert from "node:assert/strict";
import { appendFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { splitStatements } from "../../../src/core/sql/statements";
import type { StatementOutcome } from "../../../src/protocol/engine";
import { TestEngine } from "../../support/engineHarness";
import {
  admin,
  connectAdmin,
  testServer,
  writeEnvFile,
} from "../../support/postgres";
import { freePort } from "../../support/freePort";
import { TcpProxy } from "../../support/tcpProxy";

/** The database that the guide's statements are about. */
export const patternsDatabaseName = "patterns_guide";

/** Makes the guide's PostgreSQL database, with rows of today. */
export async function makePatternsDatabase(): Promise<void> {
  await dropPatternsDatabase();
  await admin(`CREATE DATABASE ${patternsDatabaseName}`);
  const client = await connectAdmin({
    ...testServer(),
    database: patternsDatabaseName,
  });
  try {
    await client.query(`
      CREATE TABLE raw_memories (
        memory_id bigint PRIMARY KEY, content text, raw_content text, status text, import_status text,
        created_at timestamptz NOT NULL);
      INSERT INTO raw_memories
      SELECT i, 'content ' || i, 'raw ' || i, CASE WHEN i % 2 = 0 THEN 'active' ELSE 'old' END,
        CASE WHEN i % 4 = 0 THEN 'pending' ELSE 'done' END, now() - i * interval '1 minute'
      FROM generate_series(1, 200) i;
      ANALYZE`);
  } finally {
    await client.end();
  }
}

export async function dropPatternsDatabase(): Promise<void> {
  await admin(`DROP DATABASE IF EXISTS ${patternsDatabaseName} WITH (FORCE)`);
}

/** A session like that of the guide's users: an env file, a DuckDB database called memory, and a server that can go away. */
export class PatternsSession {
  private constructor(
    readonly engine: TestEngine,
    readonly proxy: TcpProxy,
  ) {}

  static async start(): Promise<PatternsSession> {
    const proxy = new TcpProxy(await freePort(0), testServer());
    await proxy.open();
    const engine = await TestEngine.start();
    await writeEnvFile(engine.envFile, {
      PORT: String(proxy.port),
      DATABASE: patternsDatabaseName,
    });
    const session = new PatternsSession(engine, proxy);
    await session.makeLocalTables();
    return session;
  }

  /** Runs every statement of a text as **Run File** does; all have to succeed. */
  async run(text: string): Promise<StatementOutcome[]> {
    const outcomes: StatementOutcome[] = [];
    for (const statement of splitStatements(text)) {
      outcomes.push(await this.engine.succeed(statement.text));
    }
    assert.ok(outcomes.length > 0, text);
    return outcomes;
  }

  /** Writes a file into the session's folder. */
  async file(name: string, text: string): Promise<string> {
    const file = path.join(this.engine.folder, name);
    await writeFile(file, text);
    return file;
  }

  /** What a fix of the lint writes into the env file. */
  async appendEnv(
    entries: readonly { readonly name: string; readonly value: string }[],
  ): Promise<void> {
    const lines = entries.map(({ name, value }) => `${name}='${value}'\n`);
    await appendFile(this.engine.envFile, lines.join(""));
  }

  async close(): Promise<void> {
    await this.engine.close();
    await this.proxy.cut();
  }

  private async makeLocalTables(): Promise<void> {
    await this.engine.succeed(`
      CREATE TABLE memory.consolidated_memories AS
      SELECT i AS memory_id, i AS source_memory_id, 'processed ' || i AS processed_content,
        i / 200.0 AS memory_strength, 'cached ' || i AS cached_content
      FROM range(1, 201) r(i)`);
    await this.engine.succeed(`
      CREATE TABLE memory.imported_memories AS
      SELECT i AS memory_id, current_date AS import_date FROM range(1, 201) r(i)`);
  }
}
