import { createHash, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Client } from "pg";
import { escapeIdentifier, escapeLiteral } from "pg";
import { inRepository } from "../paths";
import type { PostgresServer } from "../postgresServer";

/** A role of the demo database. */
export interface DemoRole {
  readonly user: string;
  readonly password: string;
}

/** What the demo database has, for the workspace's env file. */
export interface DemoDatabase {
  readonly database: string;
  /** May write to some tables. */
  readonly writer: DemoRole;
  /** May only read. */
  readonly reader: DemoRole;
}

const database = "biological_memory_source";

/** Fills the server with the demo data, unless it has them, and gives both roles new passwords. */
export async function fillDemoData(
  server: PostgresServer,
): Promise<DemoDatabase> {
  const seed = await readFile(
    inRepository("test/fixtures/demo/seed.sql"),
    "utf8",
  );
  const version = `Viaduct demo ${createHash("sha256").update(seed).digest("hex")}`;
  const admin = await server.connect();
  try {
    const roles = {
      writer: await makeRole(admin, "memory_writer"),
      reader: await makeRole(admin, "memory_reader"),
    };
    if ((await versionOf(admin)) !== version)
      await makeDatabase(server, admin, seed, version);
    await bringToToday(server);
    return { database, ...roles };
  } finally {
    await admin.end();
  }
}

async function makeRole(admin: Client, user: string): Promise<DemoRole> {
  const password = `demo-${randomBytes(9).toString("base64url")}`;
  const { rowCount } = await admin.query(
    "SELECT FROM pg_roles WHERE rolname = $1",
    [user],
  );
  const verb = rowCount === 0 ? "CREATE" : "ALTER";
  await admin.query(
    `${verb} ROLE ${escapeIdentifier(user)} LOGIN PASSWORD ${escapeLiteral(password)}`,
  );
  return { user, password };
}

async function versionOf(admin: Client): Promise<string | null> {
  const { rows } = await admin.query<{ version: string | null }>(
    "SELECT shobj_description(oid, 'pg_database') AS version FROM pg_database WHERE datname = $1",
    [database],
  );
  return rows[0]?.version ?? null;
}

async function makeDatabase(
  server: PostgresServer,
  admin: Client,
  seed: string,
  version: string,
): Promise<void> {
  await admin.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`);
  await admin.query(`CREATE DATABASE ${database}`);
  const client = await server.connect(database);
  try {
    await client.query(seed);
  } finally {
    await client.end();
  }
  // Last, so that data that were cut short are made anew.
  await admin.query(
    `COMMENT ON DATABASE ${database} IS ${escapeLiteral(version)}`,
  );
}

/** “The last day” has rows however long ago the data were made. */
async function bringToToday(server: PostgresServer): Promise<void> {
  const client = await server.connect(database);
  try {
    await client.query(`
      UPDATE raw_memories SET created_at = created_at + age.days
      FROM (SELECT date_trunc('day', now() - max(created_at)) AS days FROM raw_memories) AS age
      WHERE age.days >= interval '1 day'`);
  } finally {
    await client.end();
  }
}
