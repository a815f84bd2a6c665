import { basename } from "node:path";
import { quoteIdentifier, quoteLiteral } from "../core/sql/quote";
import { classifyDuckdbError } from "../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { Duckdb, type Connection } from "./duckdb";

/** Name of the database that the instance begins with; hidden, so that a file may be called `memory.duckdb`. */
export const hostCatalog = "viaduct_host";

/**
 * The workspace's database: a file, or a database in memory when it has none. A file that cannot be opened (it is
 * locked, it is broken) leaves its name without a catalog, so that nothing is written that would look kept and is lost;
 * statements then run in the host catalog, and the file is tried again before each.
 */
export class WorkspaceDatabase {
  private constructor(
    readonly instance: Duckdb,
    /** The name that SQL uses for it, whether it is open or not. */
    readonly catalog: string,
    private readonly file: string | null,
    private current: ErrorInfo | null = null,
  ) {}

  /** Opens a DuckDB instance and, in it, the workspace's database. */
  static async open(
    file: string | null,
    settings: Readonly<Record<string, string>>,
  ): Promise<WorkspaceDatabase> {
    const instance = await Duckdb.open(settings);
    const catalog = file === null ? "memory" : catalogName(file);
    const database = new WorkspaceDatabase(instance, catalog, file);
    const connection = await instance.connect();
    try {
      // The instance's own catalog is called memory, and the default catalog cannot be detached: make room first.
      await connection.run(`ATTACH ':memory:' AS ${hostCatalog}`);
      await connection.run(`USE ${hostCatalog}`);
      await connection.run("DETACH memory");
      await database.attach(connection);
    } finally {
      connection.close();
    }
    return database;
  }

  /** Why the file is not open; null when it is. */
  get problem(): ErrorInfo | null {
    return this.current;
  }

  /** The catalog that unqualified names are in: the workspace's own, or the host's while the file is not open. */
  get usable(): string {
    return this.current === null ? this.catalog : hostCatalog;
  }

  /** Tries a file again that could not be opened; true when it is open now and was not before. */
  async reopen(connection: Connection): Promise<boolean> {
    if (this.current === null) {
      return false;
    }
    await this.attach(connection);
    return this.problem === null;
  }

  private async attach(connection: Connection): Promise<void> {
    const path = quoteLiteral(this.file ?? ":memory:");
    try {
      await connection.run(
        `ATTACH ${path} AS ${quoteIdentifier(this.catalog)} (TYPE duckdb)`,
      );
      this.current = null;
    } catch (error) {
      this.current = databaseProblem(error, this.file ?? "");
    }
  }
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
