/** Extension host or CLI ⇄ engine process: what a session begins with, and what came of it. JSON-safe. */
import type { DbtSelection } from "../core/dbt/profiles";
import type { ErrorInfo } from "../core/errors/errorInfo";

/** How the engine is to be set up; sent once, before anything else. */
export interface EngineOptions {
  /** Absolute path of the workspace's DuckDB file, or null for a database in memory. */
  readonly database: string | null;
  /** Env files whose values `getenv()` may read in a CREATE SECRET, later ones win; then the process environment. */
  readonly envFiles: readonly string[];
  /** Where extensions are installed to, or null for DuckDB's own place (`~/.duckdb/extensions`). */
  readonly extensionDirectory: string | null;
  /** Where extensions come from, tried in order: folders or URLs in DuckDB's repository layout. */
  readonly extensionRepositories: readonly string[];
  /** Absolute folder for spilled data and results; the engine makes its own folder below it and removes that at exit. */
  readonly temporaryDirectory: string;
  /** DuckDB settings by name, applied at start (`memory_limit`, `threads`, …). */
  readonly settings: Readonly<Record<string, string>>;
  /** Limits that every connection to a server gets. */
  readonly connectTimeoutSeconds: number;
  /** 0 for none. */
  readonly statementTimeoutSeconds: number;
  /** How long a transaction may be open and do nothing on a server; 0 for no limit. */
  readonly idleInTransactionTimeoutSeconds: number;
  /** The most connections that DuckDB keeps to one server; null for the extension's own default. */
  readonly poolSize: number | null;
  /** Opens the DuckDB file without the right to change it, so that several programs can have it open. */
  readonly databaseReadOnly: boolean;
  /** The DuckDB file is closed after so many seconds without use, and opened again by the next; 0 keeps it open. */
  readonly releaseDatabaseAfterSeconds: number;
  /** The dbt output whose path, extensions, settings, secrets and attach entries the session begins with; null for none. */
  readonly dbt: DbtSelection | null;
  /** True: a write to an attached server waits for `answerWrite`. False where `readOnly` was all that was to be asked. */
  readonly confirmWrites: boolean;
  /** Absolute folder for local copies of tables; null where none are kept. */
  readonly snapshotDirectory: string | null;
  /**
   * libpq's variables (`PGHOST`, …) of the process that starts the engine, for the source that is made of them. The
   * engine's own environment has none: they would fill the gaps of every connection. Absent: as its environment has them.
   */
  readonly libpqVariables?: Readonly<Record<string, string>>;
  /** Variables that the user has moved into VS Code's SecretStorage, for `getenv()` after the env files. Absent: none. */
  readonly storedVariables?: Readonly<Record<string, string>>;
  /** Proxy for downloads of extensions, as a URL that may have a login; empty for none. */
  readonly httpProxy: string;
  /** True: what an attachment needs may be downloaded without a question. Absent: that fails as `extensionMissing`. */
  readonly downloadExtensions?: boolean;
}

/** A setting of DuckDB as the session has it, and where it comes from. */
export interface AppliedSetting {
  readonly name: string;
  /** As DuckDB reads it back; empty when it was refused. */
  readonly value: string;
  readonly origin: "setting" | "dbt" | "viaduct";
  /** What was done instead of the words of the setting, for names that DuckDB does not have; empty otherwise. */
  readonly note: string;
  readonly problem: ErrorInfo | null;
}

/** What could not be taken over from a dbt output, and why. */
export interface DbtProblem extends ErrorInfo {
  /** The entry that it is about, by its name in DuckDB (empty when DuckDB chooses one); absent for the output as a whole. */
  readonly entry?: {
    readonly kind: "extension" | "secret" | "attach";
    readonly name: string;
  };
}

/** What runs behind the engine's pipe. */
export interface EngineInfo {
  readonly duckdbVersion: string;
  /** DuckDB's platform name, such as `linux_amd64`. */
  readonly platform: string;
  readonly processId: number;
  /** Catalog name of the workspace's DuckDB database, `memory` when it lives in memory. */
  readonly catalog: string;
  /** Why the DuckDB file could not be opened, when it could not: the session then runs on a database in memory. */
  readonly databaseProblem: ErrorInfo | null;
  /** Settings that are not DuckDB's defaults. */
  readonly settings: readonly AppliedSetting[];
  /** What could not be taken over from the dbt output, and why. */
  readonly dbtProblems: readonly DbtProblem[];
}
