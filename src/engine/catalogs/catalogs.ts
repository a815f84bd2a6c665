import { journalCatalog } from "../../core/journal/journalNames";
import { viaductError } from "../../core/errors/makeError";
import type { Redactor } from "../../core/errors/redactor";
import type {
  CatalogInfo,
  ColumnInfo,
  RelationInfo,
} from "../../protocol/catalog";
import type { Attachment, Attachments } from "../attachments/attachments";
import type { LimitsFor } from "../attachments/limits";
import { hostCatalog, type WorkspaceDatabase } from "../database";
import type { Connection } from "../duckdb";
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
  ) {
    this.duckdb = new DuckdbCatalog(connection);
    this.postgres = new PostgresCatalogs(connection, attachments, limits);
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
          name !== journalCatalog &&
          this.attachments.get(name ?? "") === undefined,
      )
      .map(([name, type, readOnly, path]) =>
        this.foreign(name ?? "", type ?? "", readOnly === "true", path ?? ""),
      );
    // The workspace's own database first, as the tree shows it.
    const isOwn = ({ name }: CatalogInfo): boolean =>
      name === this.workspace.catalog;
    return [
      ...(this.workspace.problem === null ? [] : [this.closedFile()]),
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

  async schemas(catalog: string): Promise<string[]> {
    return (await this.readerOf(catalog)).schemas(catalog);
  }

  async relations(catalog: string, schema: string): Promise<RelationInfo[]> {
    return (await this.readerOf(catalog)).relations(catalog, schema);
  }

  async columns(
    catalog: string,
    schema: string,
    relation: string,
  ): Promise<ColumnInfo[]> {
    return (await this.readerOf(catalog)).columns(catalog, schema, relation);
  }

  close(): Promise<void> {
    return this.postgres.close();
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
      throw viaductError(
        "attachmentMissing",
        `No database is attached as "${catalog}".`,
      );
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

  /** The workspace's file while it cannot be opened: the tree says why. */
  private closedFile(): CatalogInfo {
    const { catalog, problem } = this.workspace;
    return {
      name: catalog,
      kind: "duckdb",
      readOnly: false,
      state: "unreachable",
      managed: false,
      detail: "",
      ...unmanaged,
      problem,
    };
  }
}

/** What nothing is known of that Viaduct has not attached. */
const unmanaged = { tls: null, environment: null, source: null } as const;

function managed({
  spec,
  values,
  serverVersion,
  problem,
}: Attachment): CatalogInfo {
  return {
    name: spec.alias,
    kind: "postgres",
    readOnly: spec.readOnly,
    state: problem === null ? "attached" : "unreachable",
    managed: true,
    detail: `PostgreSQL ${serverVersion} · ${values.database} at ${values.host}:${values.port} as ${values.user}`,
    tls: null,
    environment: spec.options?.environment ?? null,
    source: spec.source.kind,
    problem,
  };
}
