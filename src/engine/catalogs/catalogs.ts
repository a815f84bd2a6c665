import { rowsCatalogPrefix } from "../../core/connections/alias";
import { journalCatalog } from "../../core/journal/journalNames";
import { viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import type { Redactor } from "../../core/errors/redactor";
import type {
  CatalogInfo,
  ColumnInfo,
  RelationInfo,
} from "../../protocol/catalog";
import { describeServer, type Attachment } from "../attachments/attachment";
import { type Attachments } from "../attachments/attachments";
import type { LimitsFor } from "../attachments/limits";
import { hostCatalog, type WorkspaceDatabase } from "../database";
import type { Connection } from "../duckdb";
import { testAliasPrefix } from "../sources/connectionTest";
import { DuckdbCatalog } from "./duckdbCatalog";
import { PostgresCatalogs, type CatalogReader } from "./postgresCatalog";

/** What is in the databases of the session. */
export class Catalogs {
  private readonly duckdb: DuckdbCatalog;
  private readonly postgres: PostgresCatalogs;

  constructor(
    private readonly connection: Connection,
    private readonly attachments: Attachments,
    private readonly workspace: WorkspaceDatabase,
    private readonly redactor: Redactor,
    limits: LimitsFor,
    idleMs: number,
  ) {
    this.duckdb = new DuckdbCatalog(connection);
    this.postgres = new PostgresCatalogs(
      connection,
      attachments,
      limits,
      idleMs,
    );
  }

  /** Every catalog: DuckDB's own, and PostgreSQL databases whether they answer or not. */
  async list(): Promise<CatalogInfo[]> {
    const rows = await this.connection.rows(
      `SELECT database_name, type, readonly::VARCHAR, path FROM duckdb_databases() WHERE NOT internal`,
    );
    const found = rows
      .filter(
        ([name]) =>
          name !== hostCatalog &&
          name?.startsWith(testAliasPrefix) !== true &&
          name !== journalCatalog &&
          name?.startsWith(rowsCatalogPrefix) !== true &&
          this.attachments.get(name ?? "") === undefined,
      )
      .map(([name, type, readOnly, path]) =>
        this.foreign(name ?? "", type ?? "", readOnly === "true", path ?? ""),
      );
    // The workspace's own database first, as the tree shows it.
    const isOwn = ({ name }: CatalogInfo): boolean =>
      name === this.workspace.catalog;
    return [
      ...(found.some(isOwn) || this.workspace.isGone
        ? []
        : [this.closedFile()]),
      ...found.filter(isOwn),
      ...this.attachments.all.map(managed),
      ...found.filter((one) => !isOwn(one)),
    ];
  }

  /** The catalog of a name; the name has to exist. */
  async find(name: string): Promise<CatalogInfo> {
    const found = (await this.list()).find(
      (one) => one.name.toLowerCase() === name.toLowerCase(),
    );
    if (found === undefined) {
      throw viaductError(
        "attachmentMissing",
        `No database is attached as "${name}".`,
      );
    }
    return found;
  }

  /** Names of the attached PostgreSQL databases. */
  async postgresNames(): Promise<string[]> {
    const rows = await this.connection.rows(
      "SELECT database_name FROM duckdb_databases() WHERE type = 'postgres'",
    );
    return rows.map(([name]) => name ?? "");
  }

  schemas(catalog: string): Promise<string[]> {
    return this.reading(catalog, (reader) => reader.schemas(catalog));
  }

  relations(catalog: string, schema: string): Promise<RelationInfo[]> {
    return this.reading(catalog, (reader) => reader.relations(catalog, schema));
  }

  columns(
    catalog: string,
    schema: string,
    relation: string,
  ): Promise<ColumnInfo[]> {
    return this.reading(catalog, (reader) =>
      reader.columns(catalog, schema, relation),
    );
  }

  /** Which of these functions may write when they are called: all of them when the server does not tell. */
  async volatileFunctions(
    alias: string,
    names: readonly string[],
  ): Promise<readonly string[]> {
    return this.postgres.volatileFunctions(alias, names).catch(() => names);
  }

  /** PostgreSQL's own answers to questions of ours. */
  get servers(): Pick<PostgresCatalogs, "query" | "describe"> {
    return this.postgres;
  }

  close(): Promise<void> {
    return this.postgres.close();
  }

  /** A level of the workspace's own file opens it, and keeps it open until it is read. */
  private async reading<T>(
    catalog: string,
    read: (reader: CatalogReader) => Promise<T>,
  ): Promise<T> {
    const { attempts } = this.attachments;
    await attempts.settled((alias) => alias === catalog.toLowerCase());
    const task = async (): Promise<T> => read(await this.readerOf(catalog));
    if (catalog.toLowerCase() !== this.workspace.catalog.toLowerCase()) {
      return task();
    }
    return this.workspace.use(() => {
      if (this.workspace.problem !== null) {
        throw new ViaductError(this.workspace.problem);
      }
      return task();
    });
  }

  private async readerOf(catalog: string): Promise<CatalogReader> {
    if (this.attachments.get(catalog) !== undefined) {
      return this.postgres;
    }
    const rows = await this.connection.rows(
      "SELECT type FROM duckdb_databases() WHERE lower(database_name) = lower($1)",
      [catalog],
    );
    const type = rows[0]?.[0];
    if (type === undefined) {
      throw this.attachments.attempts.missing(catalog);
    }
    return type === "postgres" ? this.postgres : this.duckdb;
  }

  private foreign(
    name: string,
    type: string,
    readOnly: boolean,
    path: string,
  ): CatalogInfo {
    const isPostgres = type === "postgres";
    const fallback = isPostgres
      ? "PostgreSQL, attached by a statement"
      : "in memory";
    return {
      name,
      kind: isPostgres ? "postgres" : "duckdb",
      readOnly,
      state: "attached",
      managed: false,
      // A PostgreSQL path is the whole connection string of the statement, password and all.
      detail: isPostgres || path === "" ? fallback : this.redactor.redact(path),
      ...unmanaged,
      problem: null,
    };
  }

  /** The workspace's file while it is not open: closed until it is used, or the tree says why it cannot be opened. */
  private closedFile(): CatalogInfo {
    const { catalog, problem, file, readOnly } = this.workspace;
    return {
      name: catalog,
      kind: "duckdb",
      readOnly,
      state: problem === null ? "attached" : "unreachable",
      managed: false,
      detail: problem === null ? (file ?? "") : "",
      ...unmanaged,
      problem,
    };
  }
}

/** What nothing is known of that Viaduct has not attached. */
const unmanaged = { tls: null, environment: null, source: null } as const;

function managed(attachment: Attachment): CatalogInfo {
  const { spec, tls, problem } = attachment;
  return {
    name: spec.alias,
    kind: "postgres",
    readOnly: spec.readOnly,
    state: problem === null ? "attached" : "unreachable",
    managed: true,
    detail: describeServer(attachment),
    tls,
    environment: spec.options?.environment ?? null,
    source: spec.source.kind,
    problem,
  };
}
