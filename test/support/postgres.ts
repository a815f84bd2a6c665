import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "pg";
import { PostgresServer } from "./postgresServer";

/** Where the suite's PostgreSQL is. JSON-safe: the root hook hands it to the test files through the environment. */
export interface TestServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

/** What must never turn up in a message, an event or a listing; with every character that quoting can get wrong. */
export const canaryPassword = "c4nary$pw@x:y/z%41";

const variable = "VIADUCT_TEST_POSTGRES";

/** The server that the root hook has started. */
export function testServer(): TestServer {
  const text = process.env[variable];
  if (text === undefined) {
    throw new Error("no test server: run through test/engine/.mocharc.json");
  }
  return JSON.parse(text) as TestServer;
}

/** Starts a real PostgreSQL on a free port; the answer ends it and removes its files. */
export async function startTestServer(): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(tmpdir(), "viaduct-postgres-"));
  // As root, the server runs as another user, who has to get in.
  await chmod(folder, 0o755);
  const postgres = await PostgresServer.start(folder, 0);
  const server: TestServer = {
    host: "127.0.0.1",
    port: postgres.port,
    user: "viaduct",
    password: canaryPassword,
    database: "postgres",
  };
  const owner = await postgres.connect();
  await owner.query(
    `CREATE ROLE ${server.user} SUPERUSER LOGIN PASSWORD ${owner.escapeLiteral(server.password)}`,
  );
  await owner.end();
  process.env[variable] = JSON.stringify(server);
  return async () => {
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  };
}

/** A connection of the tests' own, with an application name that no session of Viaduct has. */
export async function connectAdmin(
  server = testServer(),
  overrides: Partial<TestServer> = {},
): Promise<Client> {
  const client = new Client({
    ...server,
    ...overrides,
    application_name: "test-admin",
  });
  client.on("error", () => undefined);
  await client.connect();
  return client;
}

/** Runs SQL as the server's owner. */
export async function admin(
  sql: string,
): Promise<readonly Record<string, unknown>[]> {
  const client = await connectAdmin();
  try {
    const result = await client.query<Record<string, unknown>>(sql);
    return result.rows;
  } finally {
    await client.end();
  }
}

/** Writes an env file for the server. A value of null leaves its variable out. */
export async function writeEnvFile(
  file: string,
  overrides: Readonly<Record<string, string | null>> = {},
): Promise<string> {
  const server = testServer();
  const values: Record<string, string | null> = {
    HOST: server.host,
    PORT: String(server.port),
    DATABASE: server.database,
    USER: server.user,
    PASSWORD: `'${server.password}'`,
    ...overrides,
  };
  const lines = Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [`POSTGRES_${name}=${value}`],
  );
  await writeFile(file, `# made by a test\n${lines.join("\n")}\n`);
  return file;
}
