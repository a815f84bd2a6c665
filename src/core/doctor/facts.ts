import type { AttachmentSource } from "../connections/attachment";
import type { ErrorInfo } from "../errors/errorInfo";

/** What was looked at: what it is, or why it could not be seen. */
export type Fact<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: ErrorInfo };

/** A setting of DuckDB as it was asked for and as it is in force. */
export interface SettingFact {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  readonly problem: ErrorInfo | null;
}

/** One row of `duckdb_extensions()`. */
export interface ExtensionFact {
  readonly name: string;
  readonly installed: boolean;
  readonly loaded: boolean;
  /** Of the extension itself: a version or a commit. */
  readonly version: string;
  /** Where the file lies; `(BUILT-IN)` or empty when there is none. */
  readonly path: string;
  readonly aliases: readonly string[];
}

/** A secret of DuckDB, without what is in it. */
export interface SecretFact {
  readonly name: string;
  readonly type: string;
  /** A persistent secret lies on disk with its password in clear. */
  readonly persistent: boolean;
}

/** A database of the session, as `duckdb_databases()` has it. */
export interface DatabaseFact {
  readonly name: string;
  readonly type: string;
  readonly readOnly: boolean;
  /** Empty when DuckDB does not say. */
  readonly storageVersion: string;
  /** The connection string of its ATTACH has a password in it. */
  readonly hasInlinePassword: boolean;
}

/** The workspace's DuckDB file. */
export interface FileFact {
  readonly path: string;
  readonly catalog: string;
  readonly readOnly: boolean;
  /** Why it is not open; null when it is, or is only closed while nothing needs it. */
  readonly problem: ErrorInfo | null;
  /** Null while there is no such file. */
  readonly bytes: number | null;
  /** 0 without a write-ahead log. */
  readonly walBytes: number;
}

/** The session without its servers. */
export interface SessionFacts {
  /** `2026-11-22`. */
  readonly today: string;
  readonly version: string;
  readonly platform: string;
  /** Settings that the user or a profile asked for. */
  readonly asked: readonly SettingFact[];
  readonly profileProblems: readonly ErrorInfo[];
  /** By name, as `duckdb_settings()` has them. */
  readonly settings: Fact<ReadonlyMap<string, string>>;
  readonly extensions: Fact<readonly ExtensionFact[]>;
  readonly secrets: Fact<readonly SecretFact[]>;
  readonly databases: Fact<readonly DatabaseFact[]>;
  /** Null for a database in memory. */
  readonly file: FileFact | null;
  readonly temporary: Fact<{
    readonly folder: string;
    readonly freeBytes: number;
  }>;
}

/** Whether git would take a file with it. */
export type GitState = "ignored" | "exposed" | "tracked" | "noRepository";

/** The file that a source refers to. */
export interface SourceFileFact {
  readonly path: string;
  readonly exists: boolean;
  readonly git: GitState;
  /** Names of variables that belong to the connection; null for a file of another kind. */
  readonly variables: readonly string[] | null;
}

/** What the connection values say, without the secret ones. */
export interface ValuesFact {
  readonly host: string;
  readonly isLoopback: boolean;
  readonly sslmode: string;
}

/** A setting of the server in a session like those of the runs. */
export interface ServerSetting {
  readonly name: string;
  /** In the setting's own unit; milliseconds for timeouts. */
  readonly value: string;
  /** As `pg_settings.source`: `default`, `configuration file`, `user`, `database`, `client`, … */
  readonly source: string;
}

/** What a server says of itself and of this connection. */
export interface ServerFact {
  readonly version: string;
  /** `180004`. */
  readonly versionNumber: number;
  readonly encoding: string;
  readonly database: string;
  readonly user: string;
  /** The server's clock minus ours, in milliseconds, as exact as the round trip allows. */
  readonly clockOffsetMs: number;
  readonly roundTripMs: number;
}

/** What was negotiated; null in a version means no encryption. */
export interface TlsFact {
  readonly version: string | null;
}

/** What the role is allowed to do, wherever it is allowed to. */
export interface RoleFact {
  readonly superuser: boolean;
  readonly bypassRls: boolean;
  /** A member of a role that is superuser, so that SET ROLE makes it one. */
  readonly canBecomeSuperuser: boolean;
  readonly createRole: boolean;
  readonly createInDatabase: boolean;
  readonly writesAllData: boolean;
  /** Schemas in which it may create. */
  readonly createSchemas: readonly string[];
  /** Schemas where everybody may create (`public` before PostgreSQL 15). */
  readonly publicCreateSchemas: readonly string[];
}

/** Counts over the tables of the attached schemas, and a few names. */
export interface TablesFact {
  readonly total: number;
  readonly schemas: readonly string[];
  readonly writable: number;
  readonly writableNames: readonly string[];
  readonly unreadable: number;
  readonly unreadableNames: readonly string[];
  /** SELECT on some of their columns only. */
  readonly partlyReadable: number;
}

/** Tables in which row-level security may hide rows from this role. */
export interface RowSecurityFact {
  readonly total: number;
  readonly active: number;
  readonly activeNames: readonly string[];
}

/** A table whose statistics do not say how big it is. */
export interface StaleTable {
  readonly schema: string;
  readonly name: string;
  readonly bytes: number;
  readonly neverAnalyzed: boolean;
}

/** One of our own connections to the server. */
export interface OwnBackend {
  readonly processId: number;
  readonly state: string;
  /** Seconds since its transaction began; null outside of one. */
  readonly transactionSeconds: number | null;
  /** Seconds since its state changed. */
  readonly stateSeconds: number;
  /** Processes that hold a lock that it waits for. */
  readonly blockedBy: readonly number[];
}

/** A row of `postgres_configure_pool()`. */
export interface PoolFact {
  readonly max: number;
  readonly available: number;
  readonly acquireMode: string;
  readonly waitMs: number;
  readonly failures: number;
}

/** What a connection to the server showed. */
export interface ConnectionFacts {
  readonly connectMs: number;
  readonly server: Fact<ServerFact>;
  readonly tls: Fact<TlsFact>;
  readonly settings: Fact<readonly ServerSetting[]>;
  readonly role: Fact<RoleFact>;
  readonly tables: Fact<TablesFact>;
  readonly rowSecurity: Fact<RowSecurityFact>;
  readonly stale: Fact<readonly StaleTable[]>;
  readonly backends: Fact<readonly OwnBackend[]>;
  /** The guide's connection test through DuckDB; null when nothing is attached. */
  readonly throughDuckdb: Fact<null> | null;
  readonly pool: Fact<PoolFact> | null;
}

/** Limits that Viaduct asks a server for. */
export interface AskedLimits {
  readonly connectTimeoutSeconds: number;
  readonly statementTimeoutSeconds: number;
  readonly idleInTransactionTimeoutSeconds: number;
}

/** One attachment and its server. */
export interface AttachmentFacts {
  readonly alias: string;
  readonly readOnly: boolean;
  readonly source: AttachmentSource;
  readonly file: SourceFileFact | null;
  readonly asked: AskedLimits;
  readonly values: Fact<ValuesFact>;
  /** Why it is not attached in DuckDB; null when it is. */
  readonly problem: ErrorInfo | null;
  readonly connection: Fact<ConnectionFacts>;
}

/** Everything that the doctor looked at. */
export interface DoctorFacts {
  readonly session: SessionFacts;
  readonly attachments: readonly AttachmentFacts[];
  /** PostgreSQL databases that a statement attached: Viaduct does not know their values. */
  readonly foreign: readonly string[];
}
