import type { ErrorClass } from "./errorInfo";
import { parameterHint } from "./makeError";
import {
  closedDatabaseHint,
  connectRightHint,
  lockTimeoutHint,
  pgHbaHint,
  poolerHint,
  poolerRefusal,
  serverMemoryHint,
  sessionKindHint,
  sessionOptionHint,
  sessionOptionRefusal,
  startingHint,
  tooManyHint,
  unreadableHint,
} from "./serverHints";

/** A text by which an error is known, in the words of DuckDB, libpq or the server. */
export interface Rule {
  readonly class: ErrorClass;
  readonly text: RegExp;
  readonly hint?: string;
}

/** Setting names of the patterns guide that DuckDB does not know, and what does the same. */
const guideSettings =
  "postgres_scanner_timeout and postgres_scanner_batch_size are no DuckDB settings: set the timeouts in the Viaduct settings, and pg_pages_per_task for the batch size.";

/** By text, the most telling first; tried before the exception type. */
export const rules: readonly Rule[] = [
  {
    class: "engineUnavailable",
    text: /database has been invalidated because of a previous fatal error/,
    hint: "DuckDB has given this database up after an internal error. Restart the engine: attachments come back, tables in memory do not.",
  },
  {
    class: "getenvRefused",
    text: /getenv\(\) answers only in a CREATE SECRET/,
  },
  {
    class: "variableMissing",
    text: /The variable \S+ that getenv\(\) asks for/,
  },
  { class: "envFileMissing", text: /The env file .* does not exist/ },
  { class: "envFileInvalid", text: /^Line \d+ of the env file/ },
  {
    class: "databaseLocked",
    text: /Could not set lock on file|Conflicting lock is held/,
  },
  {
    class: "databaseInvalid",
    text: /not a valid DuckDB database file|trying to read a database file with version number|storage version|Serialization Error|checksum/i,
  },
  {
    class: "diskFull",
    text: /No space left on device|disk full|max_temp_directory_size|could not write all/i,
  },
  {
    class: "outOfMemory",
    text: /(?:ERROR|FATAL):\s+out of (?:shared )?memory/,
    hint: serverMemoryHint,
  },
  {
    class: "outOfMemory",
    text: /Out of Memory|could not allocate|failed to (?:pin|allocate)/i,
  },
  {
    class: "statementTimeout",
    text: /canceling statement due to statement timeout/,
  },
  {
    class: "statementTimeout",
    text: /canceling statement due to lock timeout/,
    hint: lockTimeoutHint,
  },
  { class: "cancelled", text: /canceling statement due to user request/ },
  { class: "connectionRefused", text: poolerRefusal, hint: poolerHint },
  { class: "passwordMissing", text: /no password supplied/ },
  {
    class: "authenticationFailed",
    text: /pg_hba\.conf/,
    hint: pgHbaHint,
  },
  {
    class: "authenticationFailed",
    text: /password authentication failed|authentication failed|authentication method|channel binding (?:is )?required|role ".*" (?:does not exist|is not permitted to log in)/,
  },
  { class: "databaseMissing", text: /FATAL:\s+database ".*" does not exist/ },
  { class: "hostUnknown", text: /could not translate host name/ },
  {
    class: "connectTimeout",
    text: /timeout expired|Connection timed out|No route to host|Network is unreachable|Host is unreachable/,
  },
  {
    class: "permission",
    text: /permission denied for database/,
    hint: connectRightHint,
  },
  {
    class: "connectionRefused",
    text: /too many (?:clients|connections)|remaining connection slots/,
    hint: tooManyHint,
  },
  {
    class: "connectionRefused",
    text: /the database system is (?:starting up|shutting down|in recovery|not (?:yet )?accepting)/,
    hint: startingHint,
  },
  {
    class: "connectionRefused",
    text: /is not currently accepting connections/,
    hint: closedDatabaseHint,
  },
  {
    class: "connectionRefused",
    text: /failed: (?:server is (?:not )?in hot standby mode|session is (?:not )?read-only)/,
    hint: sessionKindHint,
  },
  {
    class: "permission",
    text: /FATAL:\s+(?:permission denied to set|must be superuser to)/,
    hint: sessionOptionHint,
  },
  {
    class: "connectionInvalid",
    text: new RegExp(`FATAL:\\s+(?:${sessionOptionRefusal.source})`),
    hint: sessionOptionHint,
  },
  {
    class: "connectionRefused",
    text: /Connection refused|No such file or directory\s+Is the server running/,
  },
  { class: "tlsUnverified", text: /SSL error/ },
  {
    class: "connectionLost",
    text: /terminating connection|server closed the connection|connection to server was lost|no connection to the server|could not (?:receive|send) data|SSL SYSCALL|Connection reset|Unable to connect to Postgres|connection pointer is NULL|Failed to execute query "(?:ROLLBACK|COMMIT)"/i,
  },
  {
    class: "readOnly",
    text: /attached in read-only mode|in a read-only transaction|in Read Only Mode|opened in read-only mode/,
  },
  { class: "permission", text: /permission denied|must be owner/ },
  {
    class: "extensionInvalid",
    text: /is not a DuckDB extension|Failed to read info file|built specifically for DuckDB version|built for the platform|signature is either missing or invalid|metadata at the end of the file/,
  },
  {
    class: "extensionDownload",
    text: /Failed to download extension|Failed to install local extension|Failed to copy local extension|Autoloading Error/,
  },
  {
    class: "extensionMissing",
    text: /is an existing extension|Extension ["'].*["'] not found|exists in the \S+ extension/,
  },
  {
    class: "binder",
    text: /unrecognized configuration parameter "postgres_scanner_/,
    hint: guideSettings,
  },
  {
    class: "binder",
    text: /^Unexpected type id: 0$|Values were not provided for the following prepared statement parameters/,
    hint: parameterHint,
  },
  // DuckDB's binder says it, and it is not about names and types.
  { class: "catalog", text: /^Catalog ".*" does not exist!/ },
  { class: "syntax", text: /ERROR:\s+syntax error/ },
  {
    class: "catalog",
    text: /ERROR:\s+(?:relation|column|function|schema) .* does not exist/,
  },
  { class: "constraint", text: /violates .* constraint/ },
  {
    class: "conversion",
    text: /^Expected an array with \d+ dimensions|cast to varchar not implemented for composite|Invalid unicode \(byte sequence/,
    hint: unreadableHint,
  },
  {
    class: "conversion",
    text: /Could not map ENUM value/,
    hint: "The enum has got a value on the server that DuckDB had not heard of: run the statement again.",
  },
  {
    class: "catalog",
    text: /query_log does not exist/,
    hint: "DuckDB keeps no query log: the Viaduct results panel and its log have what was run.",
  },
];
