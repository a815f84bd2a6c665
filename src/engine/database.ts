import { setTimeout as pause } from "node:timers/promises";
import { quoteIdentifier, quoteLiteral } from "../core/sql/quote";
import type { ErrorInfo } from "../core/errors/errorInfo";
import type { EngineOptions } from "../protocol/options";
import { catalogName, databaseProblem } from "./databaseProblem";
import { Duckdb, type Connection } from "./duckdb";
import { Serial } from "./serial";

/** Name of the database that the instance begins with; hidden, so that a file may be called `memory.duckdb`. */
export const hostCatalog = "viaduct_host";

/** How long a file is waited for that another program has: two windows that take turns need not know of each other. */
const patienceMs = 2_000;
const retryMs = 100;

/** Which file, and how it is to be opened. */
export type DatabaseOptions = Pick<
  EngineOptions,
  "database" | "databaseReadOnly" | "releaseDatabaseAfterSeconds"
>;

/** The connection of the user's statements, which decides on the default catalog and on what keeps the file open. */
export interface DatabaseUser {
  readonly connection: Connection;
  /** True while the file cannot be closed without a loss: a transaction is open. */
  readonly mustStay: () => boolean;
  /** The catalog can be seen now and could not before, or the other way round. */
  readonly onChanged: () => void;
}

/** `gone`: a DETACH of the user's took it away, and only the user's ATTACH brings it back. */
type State = "closed" | "open" | "gone";

/**
 * The workspace's database: a file, or a database in memory when it has none. The file is open while it is used and for
 * a while after, so that other programs can have it in between. What a user has in the session (temporary tables,
 * variables, prepared statements, the search path) lives elsewhere in the instance and finds the file again by its
 * name. A file that cannot be opened (it is locked, it is broken) leaves its name without a catalog, so that nothing is
 * written that would look kept and is lost; statements then run in the host catalog, and the file is tried again before
 * each.
 */
export class WorkspaceDatabase {
  private state: State = "closed";
  private current: ErrorInfo | null = null;
  private uses = 0;
  private user: DatabaseUser | undefined;
  /** What leads the user's connection back to its default catalog, once the file is open. */
  private wayBack: string | null;
  /** The user's search path when the file was closed: without its catalog, DuckDB cannot answer. */
  private path = "";
  private timer: NodeJS.Timeout | undefined;
  /** Opening and closing, never both at once. */
  private readonly doing = new Serial();

  private constructor(
    readonly instance: Duckdb,
    /** The name that SQL uses for it, whether it is open or not. */
    readonly catalog: string,
    private readonly door: Connection,
    private readonly options: DatabaseOptions,
  ) {
    this.wayBack = `USE ${quoteIdentifier(catalog)}`;
  }

  /** Opens a DuckDB instance, and in it the workspace's database, unless that is a file that is closed when idle. */
  static async open(
    options: DatabaseOptions,
    settings: Readonly<Record<string, string>>,
  ): Promise<WorkspaceDatabase> {
    const instance = await Duckdb.open(settings);
    const door = await instance.connect();
    // The instance's own catalog is called memory, and the default catalog cannot be detached: make room first.
    await door.run(`ATTACH ':memory:' AS ${hostCatalog}`);
    await door.run(`USE ${hostCatalog}`);
    await door.run("DETACH memory");
    const { database: file, releaseDatabaseAfterSeconds } = options;
    const catalog = file === null ? "memory" : catalogName(file, hostCatalog);
    const database = new WorkspaceDatabase(instance, catalog, door, options);
    if (file === null || releaseDatabaseAfterSeconds === 0) {
      await database.tryOpen();
    }
    return database;
  }

  /** Why the file is not open although it was wanted; null when it is, and when nothing has wanted it yet. */
  get problem(): ErrorInfo | null {
    return this.current;
  }

  /** Absolute path of the file; null for a database in memory. */
  get file(): string | null {
    return this.options.database;
  }

  /** True when the file may not be changed. */
  get readOnly(): boolean {
    return this.options.databaseReadOnly;
  }

  /** False while the file is closed or cannot be opened, and after a DETACH of the user's. */
  get isOpen(): boolean {
    return this.state === "open";
  }

  /** True after a DETACH of the user's. */
  get isGone(): boolean {
    return this.state === "gone";
  }

  /** The catalog that unqualified names are in: the workspace's own, or the host's while the file is not open. */
  get usable(): string {
    return this.isOpen ? this.catalog : hostCatalog;
  }

  /** Tells who runs the user's statements; leads that connection to the workspace's catalog when it is open. */
  async serve(user: DatabaseUser): Promise<void> {
    this.user = user;
    await this.leadBack();
  }

  /** Runs a task with the file open, if it can be opened; `problem` tells. It stays open until the task has ended. */
  async use<T>(task: () => Promise<T>): Promise<T> {
    this.uses += 1;
    clearTimeout(this.timer);
    try {
      await this.doing.run(() => this.openPatiently());
      return await task();
    } finally {
      this.uses -= 1;
      this.rest();
    }
  }

  /** Closes the file so that another program can have it; false when something that would be lost keeps it open. */
  release(): Promise<boolean> {
    return this.doing.run(async () => {
      if (this.file === null || this.state !== "open") {
        return this.file !== null;
      }
      if (this.uses > 0 || this.user?.mustStay() === true) {
        return false;
      }
      const [row] =
        (await this.user?.connection.rows(
          "SELECT current_setting('search_path')::VARCHAR",
        )) ?? [];
      this.path = row?.[0] ?? "";
      await this.door.run(`DETACH ${quoteIdentifier(this.catalog)}`);
      this.state = "closed";
      return true;
    });
  }

  /** Looks whether a statement of the user's has detached the database, or attached it again. */
  async lookAgain(): Promise<void> {
    const found = await this.door.rows(
      "SELECT database_name FROM duckdb_databases() WHERE database_name = $1",
      [this.catalog],
    );
    if (this.state === "open" && found.length === 0) {
      this.state = "gone";
    } else if (this.state === "gone" && found.length > 0) {
      this.state = "open";
    }
  }

  /** Closes everything; the other connections have to be closed before. */
  async close(): Promise<void> {
    clearTimeout(this.timer);
    await this.door.close();
    this.instance.close();
  }

  private rest(): void {
    const seconds = this.options.releaseDatabaseAfterSeconds;
    if (this.uses === 0 && this.file !== null && seconds > 0) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => {
        this.release().catch(() => undefined);
      }, seconds * 1000).unref();
    }
  }

  private async openPatiently(): Promise<void> {
    // Who has it longer than that was told so; a statement that runs beside it does not wait each time.
    const until = performance.now() + (this.current === null ? patienceMs : 0);
    const hadProblem = this.current !== null;
    await this.tryOpen();
    while (
      this.current?.class === "databaseLocked" &&
      performance.now() < until
    ) {
      await pause(retryMs);
      await this.tryOpen();
    }
    await (this.current === null ? this.leadBack() : this.leadAway());
    if (hadProblem !== (this.current !== null)) {
      this.user?.onChanged();
    }
  }

  private async tryOpen(): Promise<void> {
    if (this.state !== "closed") {
      return;
    }
    const { catalog, file, readOnly } = this;
    const options = `TYPE duckdb${readOnly && file !== null ? ", READ_ONLY" : ""}`;
    try {
      await this.door.run(
        `ATTACH ${quoteLiteral(file ?? ":memory:")} AS ${quoteIdentifier(catalog)} (${options})`,
      );
      this.state = "open";
      this.current = null;
    } catch (error) {
      this.current = databaseProblem(error, file ?? "", readOnly);
    }
  }

  private async leadBack(): Promise<void> {
    const { user, wayBack } = this;
    if (user !== undefined && wayBack !== null && this.isOpen) {
      this.wayBack = null;
      await user.connection
        .run(wayBack)
        // The schema that the user was in is not there any more.
        .catch(() =>
          user.connection.run(`USE ${quoteIdentifier(this.catalog)}`),
        );
    }
  }

  /** With a default catalog that is not there, DuckDB cannot even bind the name of a function. */
  private async leadAway(): Promise<void> {
    const { user } = this;
    if (user === undefined || this.wayBack !== null) {
      return;
    }
    const isBound = await user.connection
      .rows("SELECT current_database()::VARCHAR")
      .then(
        () => true,
        () => false,
      );
    if (!isBound) {
      this.wayBack = `SET search_path = ${quoteLiteral(this.path)}`;
      await user.connection.run(`USE ${hostCatalog}`);
    }
  }
}
