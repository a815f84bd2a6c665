import { basename } from "node:path";
import { quoteName, quoteText } from "../core/connections/alias";
import { classifyDuckdbError } from "../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { Duckdb, type Connection } from "./duckdb";

/** Name of the database that the instance begins with; hidden, so that a file may be called `memory.duckdb`. */
export const hostCatalog = "viaduct_host";

/** The workspace's database, open under the name that SQL uses for it. */
export interface WorkspaceDatabase {
  readonly instance: Duckdb;
  readonly catalog: string;
  readonly problem: ErrorInfo | null;
}

/**
 * Opens a DuckDB instance and, in it, the workspace's file, or a database in memory when there is no file or it cannot
 * be opened: the session goes on, and `problem` says why.
 */
export async function openDatabase(
  file: string | null,
  settings: Readonly<Record<string, string>>,
): Promise<WorkspaceDatabase> {
  const instance = await Duckdb.open(settings);
  const connection = await instance.connect();
  try {
    // The instance's own catalog is called memory, and the default catalog cannot be detached: make room first.
    await connection.run(`ATTACH ':memory:' AS ${hostCatalog}`);
    await connection.run(`USE ${hostCatalog}`);
    await connection.run("DETACH memory");
    const { catalog, problem } = await attachFile(connection, file);
    return { instance, catalog, problem };
  } finally {
    connection.close();
  }
}

async function attachFile(
  connection: Connection,
  file: string | null,
): Promise<Omit<WorkspaceDatabase, "instance">> {
  let problem: ErrorInfo | null = null;
  if (file !== null) {
    const catalog = catalogName(file);
    try {
      await connection.run(
        `ATTACH ${quoteText(file)} AS ${quoteName(catalog)} (TYPE duckdb)`,
      );
      return { catalog, problem };
    } catch (error) {
      problem = databaseProblem(error, file);
    }
  }
  await connection.run(`ATTACH ':memory:' AS memory`);
  return { catalog: "memory", problem };
}

/** The name that DuckDB gives a file: its base name up to the first dot. */
function catalogName(file: string): string {
  const name = basename(file).split(".")[0] ?? "";
  return ["system", "temp", "main", hostCatalog].includes(name.toLowerCase())
    ? `${name}_db`
    : name;
}

function databaseProblem(error: unknown, file: string): ErrorInfo {
  const info = classifyDuckdbError(
    error instanceof Error ? error.message : String(error),
  );
  if (info.class === "databaseLocked") {
    return info;
  }
  return {
    ...info,
    class: "databaseInvalid",
    hint: "Choose another DuckDB file, or open this one with the DuckDB version that wrote it.",
    actions: ["chooseDatabase"],
    message: `The DuckDB file ${file} cannot be opened: ${info.message}`,
  };
}
