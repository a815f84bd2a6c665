import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { inRepository } from "../paths";
import type { DemoDatabase } from "./demoData";

const template = inRepository("test/fixtures/demo/workspace");

/** What the guide's queries expect in the local database. */
const localTables = `
CREATE TABLE consolidated_memories AS
SELECT i AS memory_id,
       i * 5 AS source_memory_id,
       'Consolidated ' || i || ': ' || ['calm', 'vivid', 'distant', 'recurring'][1 + i % 4] AS processed_content,
       round((i * 7919 % 1000) / 999.0, 3)::DECIMAL(4, 3) AS memory_strength,
       CASE WHEN i % 3 = 0 THEN NULL ELSE 'cached copy of memory ' || i * 5 END AS cached_content
FROM range(1, 24001) AS ids(i);
CREATE TABLE imported_memories AS
SELECT i AS memory_id, 'imported ' || i AS content, current_date - (i % 400)::INTEGER AS import_date
FROM range(1, 12001) AS ids(i);
`;

/** Makes the demo workspace, or brings the one that is there up to date; what the user changed in it is kept. */
export async function makeWorkspace(
  folder: string,
  port: number,
  demo: DemoDatabase,
): Promise<void> {
  const mark = `${folder}.version`;
  const version = await versionOfTemplate();
  const present = existsSync(mark) ? await readFile(mark, "utf8") : "";
  if (present !== version || !existsSync(folder)) {
    await rm(folder, { recursive: true, force: true });
    await cp(template, folder, { recursive: true });
    await makeDuckdbFile(path.join(folder, "memory.duckdb"));
    await writeFile(mark, version);
  }
  // The port and the passwords are new with every start.
  await writeFile(path.join(folder, ".env"), envFile(port, demo), {
    mode: 0o600,
  });
}

function envFile(
  port: number,
  { database, writer, reader }: DemoDatabase,
): string {
  return `# Connection values of the demo database. Viaduct's settings only refer to this file; git ignores it.
POSTGRES_HOST=localhost
POSTGRES_PORT=${port}
POSTGRES_DATABASE=${database}
POSTGRES_USER=${writer.user}
POSTGRES_PASSWORD=${writer.password}

# A role that may only read, to try instead:
# POSTGRES_USER=${reader.user}
# POSTGRES_PASSWORD=${reader.password}
`;
}

async function makeDuckdbFile(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  try {
    await connection.run(localTables);
    // Nothing is to be left in a write-ahead log.
    await connection.run("CHECKPOINT");
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

async function versionOfTemplate(): Promise<string> {
  const hash = createHash("sha256").update(localTables);
  const entries = await readdir(template, {
    recursive: true,
    withFileTypes: true,
  });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  for (const file of files.sort())
    hash.update(file.slice(template.length)).update(await readFile(file));
  return hash.digest("hex");
}
