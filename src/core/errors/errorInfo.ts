/**
 * What went wrong, in the user's terms. A class is what code decides on; the texts are for people.
 * Nothing matches on message text outside `classify*.ts`, where the engines' raw texts are mapped to classes.
 */
export type ErrorClass =
  | "envFileMissing"
  | "envFileInvalid"
  | "variableMissing"
  | "profileMissing"
  | "profileInvalid"
  | "serviceMissing"
  | "serviceInvalid"
  | "connectionInvalid"
  | "passwordMissing"
  | "authenticationFailed"
  | "hostUnknown"
  | "connectionRefused"
  | "connectTimeout"
  | "connectionLost"
  | "databaseMissing"
  | "tlsRefused"
  | "tlsUnverified"
  | "attachmentMissing"
  | "aliasInvalid"
  | "extensionMissing"
  | "extensionInvalid"
  | "extensionDownload"
  | "databaseLocked"
  | "databaseInvalid"
  | "syntax"
  | "catalog"
  | "binder"
  | "conversion"
  | "constraint"
  | "permission"
  | "readOnly"
  | "writeRefused"
  | "outOfMemory"
  | "diskFull"
  | "statementTimeout"
  | "cancelled"
  | "incomplete"
  | "getenvRefused"
  | "credentialExposed"
  | "engineCrashed"
  | "engineUnavailable"
  | "resultGone"
  | "unknown";

/** Which program raised the error. */
export type ErrorOrigin = "duckdb" | "postgres" | "viaduct";

/** What a user can be offered as one click; each host decides how to carry it out. */
export type ErrorAction =
  | "openEnvFile"
  | "openProfile"
  | "openServiceFile"
  | "enterPassword"
  | "editAttachment"
  | "chooseSslMode"
  | "openSettings"
  | "runDoctor"
  | "reconnect"
  | "retry"
  | "installExtension"
  | "chooseDatabase"
  | "restartEngine"
  | "attachWithWrites"
  | "attachFromEnvFile"
  | "goToError"
  | "showLog";

/** A place in a file, as an editor counts. */
export interface FilePlace {
  /** Absolute path. */
  readonly path: string;
  /** 0-based. */
  readonly line: number;
  /** 0-based, in UTF-16 units. */
  readonly column: number;
}

/** One error as it crosses a process and as a user sees it. JSON-safe, and redacted before it is made. */
export interface ErrorInfo {
  readonly class: ErrorClass;
  readonly origin: ErrorOrigin;
  /** One sentence that names the cause; may have further lines from the engine. No secret in it. */
  readonly message: string;
  /** The next step, as one sentence. */
  readonly hint: string;
  /** Where in the statement's text, as a UTF-16 offset from its start; absent when the engine gave none. */
  readonly position?: number;
  /** PostgreSQL's five-character SQLSTATE, or DuckDB's `exception_type`. */
  readonly code?: string;
  /** The attachment that it is about; actions such as `enterPassword` are carried out for it. */
  readonly alias?: string;
  /** The configuration file that is to blame, and where in it. */
  readonly file?: FilePlace;
  /** The DuckDB extension that is missing, and the place on the network that it would be downloaded from. */
  readonly extension?: { readonly name: string; readonly from: string };
  readonly actions: readonly ErrorAction[];
}
