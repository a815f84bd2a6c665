/** Extension host or CLI ⇄ engine process: what a session's databases look like. JSON-safe. */
import type {
  AttachmentSource,
  EnvironmentRole,
} from "../core/connections/attachment";
import type { ErrorInfo } from "../core/errors/errorInfo";

/** How an attached database does; `attaching` while its server is waited for. */
export type AttachmentState = "attached" | "attaching" | "unreachable";

/** One catalog of the session, as the tree and the status bar show it. */
export interface CatalogInfo {
  readonly name: string;
  readonly kind: "duckdb" | "postgres";
  readonly readOnly: boolean;
  readonly state: AttachmentState;
  /** True when Viaduct attached it from a source; false when a SQL statement did, or for the workspace's database. */
  readonly managed: boolean;
  /** `PostgreSQL 18.4 · db at host:port as user`, or the DuckDB file. Never a password. */
  readonly detail: string;
  /** What was negotiated: `TLSv1.3, verified (verify-full)`, `not encrypted`; null for DuckDB or when it is not known. */
  readonly tls: string | null;
  readonly environment: EnvironmentRole | null;
  /** Where the values come from; null when a statement attached it. */
  readonly source: AttachmentSource["kind"] | null;
  readonly problem: ErrorInfo | null;
}

/** A table, a view, … of a schema. */
export interface RelationInfo {
  readonly name: string;
  readonly kind:
    "table" | "view" | "foreignTable" | "partitioned" | "materializedView";
}

/** One column of a relation, as the tree shows it. */
export interface ColumnInfo {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly primaryKey: boolean;
  /** What a foreign key of this column points at, as `schema.table.column`; null without one. */
  readonly references: string | null;
}

/** What a test of a connection found. */
export interface ConnectionReport {
  readonly serverVersion: string;
  /** As `CatalogInfo.detail`. */
  readonly detail: string;
  readonly tls: string;
  /** From the start of connecting to the first answer. */
  readonly connectMs: number;
  /** One query there and back. */
  readonly roundTripMs: number;
}
