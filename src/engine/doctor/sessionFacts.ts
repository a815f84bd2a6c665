import { existsSync } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type {
  DatabaseFact,
  ExtensionFact,
  Fact,
  FileFact,
  SecretFact,
  SessionFacts,
} from "../../core/doctor/facts";
import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import { ViaductError } from "../../core/errors/viaductError";
import type { Cell } from "../../core/results/result";
import type { EngineInfo } from "../../protocol/options";
import type { WorkspaceDatabase } from "../database";
import type { Connection } from "../duckdb";
import { look, mapFact } from "./look";

/** What is looked at for the session. */
export interface SessionSubjects {
  readonly info: EngineInfo;
  readonly database: WorkspaceDatabase;
  /** Of the doctor's own, so that it waits for no run. */
  readonly connection: Connection;
  readonly now: Date;
}

/** Looks at DuckDB, its file, its extensions and the disk; contacts no server. */
export async function sessionFacts({
  info,
  database,
  connection,
  now,
}: SessionSubjects): Promise<SessionFacts> {
  const settings = await lookAtSettings(connection);
  // Opened for the look where it is closed while idle: whether it can be opened is the question.
  const { file, databases } = await database.use(async () => ({
    databases: await lookAtDatabases(connection),
    file: await lookAtFile(database),
  }));
  return {
    today: now.toISOString().slice(0, 10),
    version: info.duckdbVersion,
    platform: info.platform,
    asked: info.settings.map(({ name, value, note, problem }) => ({
      name,
      value: isSecret(name, value) ? "•••" : value,
      note,
      problem,
    })),
    profileProblems: info.dbtProblems,
    settings,
    extensions: await lookAtExtensions(connection),
    secrets: await lookAtSecrets(connection),
    databases,
    file,
    temporary: await look("The temporary folder", () =>
      freeSpace(
        settings.ok ? (settings.value.get("temp_directory") ?? "") : "",
      ),
    ),
  };
}

/** Rows of a look inside DuckDB. */
export function duckdbRows(
  connection: Connection,
  what: string,
  sql: string,
): Promise<Fact<Cell[][]>> {
  return look(
    what,
    async () => {
      try {
        return await connection.rows(sql);
      } catch (error) {
        throw new ViaductError(
          classifyDuckdbError(
            error instanceof Error ? error.message : String(error),
          ),
        );
      }
    },
    () => {
      connection.interrupt();
    },
  );
}

async function lookAtSettings(
  connection: Connection,
): Promise<Fact<ReadonlyMap<string, string>>> {
  const rows = await duckdbRows(
    connection,
    "DuckDB's settings",
    "SELECT name, value FROM duckdb_settings() WHERE name IN ('memory_limit', 'threads', 'temp_directory')",
  );
  return mapFact(
    rows,
    (found) => new Map(found.map(([name, value]) => [name ?? "", value ?? ""])),
  );
}

async function lookAtExtensions(
  connection: Connection,
): Promise<Fact<readonly ExtensionFact[]>> {
  const rows = await duckdbRows(
    connection,
    "DuckDB's extensions",
    `SELECT extension_name, loaded::VARCHAR, installed::VARCHAR, extension_version, install_path,
       array_to_string(aliases, ',')
     FROM duckdb_extensions()`,
  );
  return mapFact(rows, (found) =>
    found.map(([name, loaded, installed, version, path, aliases]) => ({
      name: name ?? "",
      loaded: loaded === "true",
      installed: installed === "true",
      version: version ?? "",
      path: path ?? "",
      aliases: (aliases ?? "").split(",").filter((alias) => alias !== ""),
    })),
  );
}

async function lookAtSecrets(
  connection: Connection,
): Promise<Fact<readonly SecretFact[]>> {
  const rows = await duckdbRows(
    connection,
    "DuckDB's secrets",
    "SELECT name, type, persistent::VARCHAR FROM duckdb_secrets() ORDER BY name",
  );
  return mapFact(rows, (found) =>
    found.map(([name, type, persistent]) => ({
      name: name ?? "",
      type: type ?? "",
      persistent: persistent === "true",
    })),
  );
}

async function lookAtDatabases(
  connection: Connection,
): Promise<Fact<readonly DatabaseFact[]>> {
  const rows = await duckdbRows(
    connection,
    "The databases of the session",
    `SELECT database_name, type, readonly::VARCHAR, tags['storage_version'],
       regexp_matches(coalesce(path, ''), '(?i)passw(or)?d\\s*=|://[^\\s/@:]*:[^@\\s]+@')::VARCHAR
     FROM duckdb_databases() WHERE NOT internal`,
  );
  return mapFact(rows, (found) =>
    found.map(([name, type, readOnly, storageVersion, inline]) => ({
      name: name ?? "",
      type: type ?? "",
      readOnly: readOnly === "true",
      storageVersion: storageVersion ?? "",
      hasInlinePassword: inline === "true",
    })),
  );
}

async function lookAtFile(
  database: WorkspaceDatabase,
): Promise<FileFact | null> {
  const { file: path, catalog, readOnly, problem } = database;
  if (path === null) {
    return null;
  }
  const size = (name: string): Promise<number | null> =>
    stat(name).then(
      (found) => found.size,
      () => null,
    );
  return {
    path,
    catalog,
    readOnly,
    problem,
    bytes: await size(path),
    walBytes: (await size(`${path}.wal`)) ?? 0,
  };
}

async function freeSpace(
  folder: string,
): Promise<{ readonly folder: string; readonly freeBytes: number }> {
  // DuckDB makes the folder when it spills for the first time.
  let present = folder;
  while (!existsSync(present) && dirname(present) !== present) {
    present = dirname(present);
  }
  const { bavail, bsize } = await statfs(present);
  return { folder, freeBytes: bavail * bsize };
}

/** A switch or a number is no secret, whatever it is called. */
function isSecret(name: string, value: string): boolean {
  return (
    /secret|password|token|key|credential/i.test(name) &&
    !/^(?:true|false|\d*)$/.test(value)
  );
}
