/**
 * Extension host or CLI ⇄ engine process.
 *
 * Requests go host → engine and always end in a result or an `EngineFault`; events go engine → host. Every payload is
 * JSON-safe (no bigint, no undefined that matters), because a BIGINT makes vscode-jsonrpc drop the reply.
 */
import type {
  AttachmentSource,
  AttachmentSpec,
  EnvFileSource,
  EnvironmentRole,
} from "../core/connections/attachment";
import type { DbtProfiles } from "../core/dbt/profiles";
import type { DoctorReport, WantedAttachment } from "../core/doctor/report";
import type { ErrorInfo } from "../core/errors/errorInfo";
import type {
  CatalogInfo,
  ColumnInfo,
  ConnectionReport,
  RelationInfo,
} from "./catalog";
import type { SnapshotInfo, SnapshotKey } from "./snapshots";
import type {
  ExtensionCheck,
  ExtensionInfo,
  ExtensionPlace,
  ExtensionUpdate,
} from "./extensions";
import type { EngineInfo, EngineOptions } from "./options";
import type { ParameterDescription, StatementParameter } from "./parameters";
import type { Notice, ResultColumn } from "../core/results/result";
import type { ResultEvents, ResultRequests } from "./results";

/** One statement of a document. */
export interface StatementInput {
  readonly text: string;
  /** A value for each of its parameters; absent: the text goes to the engine as it is. */
  readonly parameters?: readonly StatementParameter[];
}

/** Where a run goes: DuckDB (hybrid), or natively to the PostgreSQL behind an alias. */
export type RunTarget =
  | { readonly engine: "duckdb" }
  | { readonly engine: "postgres"; readonly alias: string };

/** A run of one or more statements, in order, until the first error. */
export interface RunRequest {
  /** Chosen by the host; unique within the session. */
  readonly runId: string;
  readonly target: RunTarget;
  readonly statements: readonly StatementInput[];
}

/** One statement that went to a PostgreSQL server on behalf of a run, redacted. */
export interface SentStatement {
  readonly alias: string;
  readonly sql: string;
}

/** A statement of the same meaning of which DuckDB's scanner changes no value. */
export interface ExactWay {
  /** `server`: to be run natively on the alias; `text`: in DuckDB, where the columns in question come as text. */
  readonly kind: "server" | "text";
  readonly alias: string;
  readonly sql: string;
}

/** How one statement ended. */
export interface StatementOutcome {
  readonly index: number;
  readonly status: "succeeded" | "failed" | "cancelled";
  /** Names the rows for `page`; null when the statement returns none. */
  readonly resultId: string | null;
  readonly columns: readonly ResultColumn[];
  /** The session's zone at the time of the run, for a result that shows times with a zone; null or absent for others. */
  readonly timeZone?: string | null;
  /** Where columns are not exact: the statement by ways that change nothing; empty where there is none. */
  readonly exactWays?: readonly ExactWay[];
  /** Rows returned, or rows changed by a statement that returns none. */
  readonly rowCount: number;
  /** True only when the engine has proved that no row is missing. */
  readonly complete: boolean;
  /** As `psql` prints it (`INSERT 0 5`, `CREATE TABLE`); for DuckDB in the same form. */
  readonly commandTag: string;
  readonly notices: readonly Notice[];
  readonly sent: readonly SentStatement[];
  readonly elapsedMs: number;
  /** Time until the first rows could be shown; null without rows. */
  readonly firstRowsMs: number | null;
  /** The statement without what the engine knows to be secret, where that is more than its text alone shows. */
  readonly redactedText?: string;
  readonly error: ErrorInfo | null;
}

/** How a run ended: an outcome for each statement that was begun. */
export interface RunOutcome {
  readonly runId: string;
  readonly statements: readonly StatementOutcome[];
}

/** What `cancel` did. */
export interface CancelOutcome {
  /** False when there was nothing to cancel. */
  readonly cancelled: boolean;
  /** Server backends that were told to stop. */
  readonly serverBackends: number;
}

/** A variable that an env file has, by name: values stay in the engine. */
export interface EnvVariables {
  readonly names: readonly string[];
  /** Prefixes for which at least a host, a database or a URL is given, such as `POSTGRES_`. */
  readonly prefixes: readonly string[];
}

/** An attachment to make, with the password where the source does not have it. It goes to the engine and never back. */
export interface AttachRequest extends AttachmentSpec {
  readonly password?: string;
  /** What the password was entered for, as `sourceServer` says it: it is sent nowhere else. Absent for no such limit. */
  readonly passwordServer?: string;
}

/** A password that is to be moved. Goes to the host, which stores it and forgets it. */
export interface TakenPassword {
  readonly password: string;
  /** The variable that has it; null when it is a part of a URL. */
  readonly variable: string | null;
  /** What it is for, as `sourceServer` says it. */
  readonly server: string;
}

/** Every request, by method: what goes in and what comes back. */
export interface EngineRequests extends ResultRequests {
  /** Host → engine: sets the session up; the first message. */
  initialize: { params: EngineOptions; result: EngineInfo };
  /** Host → engine: which variables an env file has, by name. */
  readEnvFile: { params: { readonly file: string }; result: EnvVariables };
  /**
   * Host → engine: the password that an env file has, for the one command that moves it to SecretStorage; the only
   * request whose answer is a secret.
   */
  takePassword: {
    params: { readonly source: EnvFileSource };
    result: TakenPassword;
  };
  /** Host → engine: attaches a database (installs and loads the postgres extension where needed). */
  attach: { params: AttachRequest; result: CatalogInfo };
  /** Host → engine: connects as `attach` would, and attaches nothing. */
  testConnection: { params: AttachRequest; result: ConnectionReport };
  /** Host → engine: the user and the server that a source means now (`ann at db.example:5432`), before it gets a password. */
  sourceServer: {
    params: AttachmentSpec;
    result: { readonly server: string };
  };
  /**
   * Host → engine: a digest of what an attachment would connect with now, to see whether it has changed since; null when
   * it cannot be read. It says nothing else: its key is the engine process's own.
   */
  sourceDigest: {
    params: AttachRequest;
    result: { readonly digest: string | null };
  };
  /**
   * Host → engine: the profiles, targets and connections of a `profiles.yml`, by name. `file` null looks for it as dbt
   * does: in `profilesFolder` (dbt's `--profiles-dir`) or DBT_PROFILES_DIR when one is given, else in the project's
   * folder, else in `~/.dbt`.
   */
  readDbtProfiles: {
    params: {
      readonly file: string | null;
      /** Absolute path of the folder that dbt would run in; absent for the folder of the file. */
      readonly projectFolder?: string;
      readonly profilesFolder?: string;
    };
    result: DbtProfiles;
  };
  /** Host → engine: the sections of libpq's service file, by name; `file` null is libpq's own order. */
  listServices: {
    params: { readonly file: string | null };
    result: {
      readonly file: string | null;
      readonly services: readonly string[];
    };
  };
  /** Host → engine: detaches an alias and closes its sessions. */
  detach: { params: { readonly alias: string }; result: null };
  /** Host → engine: creates a named, temporary secret from an env file, without attaching. */
  createSecret: {
    params: { readonly name: string; readonly source: AttachmentSource };
    result: null;
  };
  /** Host → engine: every catalog of the session. */
  listCatalogs: { params: null; result: readonly CatalogInfo[] };
  /** Host → engine: schemas of a catalog, by name. */
  listSchemas: {
    params: { readonly catalog: string };
    result: readonly string[];
  };
  /** Host → engine: relations of a schema, by name. */
  listRelations: {
    params: { readonly catalog: string; readonly schema: string };
    result: readonly RelationInfo[];
  };
  /** Host → engine: columns of a relation, in their order. */
  listColumns: {
    params: {
      readonly catalog: string;
      readonly schema: string;
      readonly relation: string;
    };
    result: readonly ColumnInfo[];
  };
  /** Host → engine: runs statements; answers when the last one has ended. Never rejects for an error in the SQL. */
  run: { params: RunRequest; result: RunOutcome };
  /**
   * Host → engine: which types the parameters of a statement are expected to have. Nothing is run; what cannot be found
   * out, or not soon, is null.
   */
  describeParameters: {
    params: { readonly target: RunTarget; readonly text: string };
    result: readonly ParameterDescription[];
  };
  /** Host → engine: the answer to `writeQuestion`; a write that is not allowed fails as `writeRefused`. */
  answerWrite: {
    params: { readonly runId: string; readonly allowed: boolean };
    result: null;
  };
  /** Host → engine: stops a run in both engines; answers when it has been told to, not when it has ended. */
  cancel: { params: { readonly runId: string }; result: CancelOutcome };
  /** Host → engine: DuckDB's extensions and their state. */
  listExtensions: { params: null; result: readonly ExtensionInfo[] };
  /** Host → engine: installs an extension (anew where it is installed) and loads it when it can. */
  installExtension: {
    params: { readonly name: string; readonly place?: ExtensionPlace };
    result: ExtensionInfo;
  };
  /** Host → engine: looks for a newer build of an installed extension where it came from, and installs that. */
  updateExtension: {
    params: { readonly name: string };
    result: ExtensionUpdate;
  };
  /** Host → engine: checks an installed file: version, platform, signature. */
  verifyExtension: {
    params: { readonly name: string };
    result: ExtensionCheck;
  };
  /** Host → engine: removes the installed file; a loaded extension stays loaded until the engine ends. */
  uninstallExtension: {
    params: { readonly name: string };
    result: ExtensionInfo;
  };
  /** Host → engine: copies a table, for the time in which its server is away. */
  takeSnapshot: { params: SnapshotKey; result: SnapshotInfo };
  /** Host → engine: ends `takeSnapshot`, which fails as `cancelled`; nothing happens when no table is being copied. */
  cancelSnapshot: { params: null; result: null };
  /** Host → engine: the local copies of an alias. */
  listSnapshots: {
    params: { readonly alias: string };
    result: readonly SnapshotInfo[];
  };
  /** Host → engine: removes a local copy. */
  dropSnapshot: { params: SnapshotKey; result: null };
  /** Host → engine: removes every local copy of an attachment's tables, whether it is attached or not. */
  dropSnapshots: { params: AttachmentSpec; result: null };
  /**
   * Host → engine: examines engine, extensions, secrets, servers and files. `attachments` are those that the settings
   * want, for the ones that could not be made; null examines what is attached.
   */
  diagnose: {
    params: { readonly attachments: readonly WantedAttachment[] } | null;
    result: DoctorReport;
  };
  /** Host → engine: the variables of VS Code's SecretStorage, all of them, when they have changed. */
  setStoredVariables: {
    params: { readonly variables: Readonly<Record<string, string>> };
    result: null;
  };
  /** Host → engine: closes the DuckDB file now, so that another program can have it; false while a transaction is open. */
  releaseDatabase: { params: null; result: { readonly released: boolean } };
  /** Host → engine: loads an installed extension. */
  loadExtension: { params: { readonly name: string }; result: ExtensionInfo };
  /** Host → engine: ends every run, closes everything, removes temporary files; the process exits after the answer. */
  shutdown: { params: null; result: null };
}

/** Every event, by method. */
export interface EngineEvents extends ResultEvents {
  /** Engine → host: a statement of a run was begun. */
  statementStarted: { readonly runId: string; readonly index: number };
  /** Engine → host: a statement's columns are known and its first rows (maybe none) can be paged. */
  resultOpened: {
    readonly runId: string;
    readonly index: number;
    readonly resultId: string;
    readonly columns: readonly ResultColumn[];
    /** As `StatementOutcome.timeZone`. */
    readonly timeZone?: string | null;
    readonly rowCount: number;
    readonly firstRowsMs: number;
  };
  /** Engine → host: a running statement's state, a few times a second at most. `percentage` is null when unknown. */
  statementProgress: {
    readonly runId: string;
    readonly index: number;
    readonly rowCount: number;
    readonly percentage: number | null;
  };
  /** Engine → host: the server said something while a statement ran. */
  notice: {
    readonly runId: string;
    readonly index: number;
    readonly notice: Notice;
  };
  /** Engine → host: a statement is about to write to an attached server, and waits for `answerWrite`. */
  writeQuestion: {
    readonly runId: string;
    readonly index: number;
    readonly alias: string;
    readonly environment: EnvironmentRole | null;
    /** What the statement is, such as `DELETE` or `CREATE TABLE`. */
    readonly verb: string;
    /** As `CatalogInfo.detail`. */
    readonly detail: string;
  };
  /** Engine → host: a statement ended. */
  statementEnded: {
    readonly runId: string;
    readonly outcome: StatementOutcome;
  };
  /** Engine → host: catalogs were attached, detached, lost or found again: ask for the list. */
  catalogsChanged: null;
  /** Engine → host: a line for the log, already redacted. */
  log: {
    readonly level: "info" | "warning" | "error";
    readonly message: string;
  };
}

/** Name of a request. */
export type EngineMethod = keyof EngineRequests;
/** Name of an event. */
export type EngineEvent = keyof EngineEvents;

/** `data` of the JSON-RPC error that ends a failed request. */
export interface EngineFault {
  readonly error: ErrorInfo;
}

/** One function for each request: what the engine offers to its pipe and to the CLI. */
export type EngineHandlers = {
  readonly [M in EngineMethod]: (
    params: EngineRequests[M]["params"],
  ) => Promise<EngineRequests[M]["result"]>;
};

/** Where the engine's events go. */
export type EngineEventSink = <E extends EngineEvent>(
  event: E,
  payload: EngineEvents[E],
) => void;
