import type { ErrorClass, ErrorInfo } from "./errorInfo";
import { errorInfo, parameterHint } from "./makeError";
import { utf16FromUtf8 } from "./textOffsets";

/** A DuckDB error taken apart: `SET errors_as_json=true` gives all of it, a plain text only type and message. */
export interface RawDuckdbError {
  /** `Catalog`, `IO`, `Parser`, …; empty when the text says none. */
  readonly type: string;
  readonly message: string;
  /** UTF-8 byte offset into the statement. */
  readonly position?: number;
}

interface Rule {
  readonly class: ErrorClass;
  readonly text: RegExp;
  readonly hint?: string;
}

/** Setting names of the patterns guide that DuckDB does not know, and what does the same. */
const guideSettings =
  "postgres_scanner_timeout and postgres_scanner_batch_size are no DuckDB settings: set the timeouts in the Viaduct settings, and pg_pages_per_task for the batch size.";

/** By text, the most telling first; tried before the exception type. */
const rules: readonly Rule[] = [
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
    text: /Out of Memory|could not allocate|failed to (?:pin|allocate)/i,
  },
  {
    class: "statementTimeout",
    text: /canceling statement due to statement timeout/,
  },
  { class: "cancelled", text: /canceling statement due to user request/ },
  {
    class: "authenticationFailed",
    text: /password authentication failed|no password supplied|no pg_hba\.conf entry|authentication failed|role ".*" does not exist/,
  },
  { class: "databaseMissing", text: /FATAL:\s+database ".*" does not exist/ },
  { class: "hostUnknown", text: /could not translate host name/ },
  { class: "connectTimeout", text: /timeout expired/ },
  {
    class: "connectionRefused",
    text: /Connection refused|No such file or directory\s+Is the server running|the database system is (?:starting up|shutting down)|too many clients/,
  },
  { class: "tlsRefused", text: /server does not support SSL|SSL was required/ },
  {
    class: "tlsUnverified",
    text: /certificate verify failed|root certificate|server certificate for .* does not match host name|SSL error/,
  },
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
    text: /is not a DuckDB extension|built specifically for DuckDB version|built for the platform|signature is either missing or invalid|metadata at the end of the file/,
  },
  {
    class: "extensionDownload",
    text: /Failed to download extension|Failed to install local extension|Failed to copy local extension|Autoloading Error/,
  },
  {
    class: "extensionMissing",
    text: /is an existing extension|Extension ".*" not found|exists in the \S+ extension/,
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
  { class: "syntax", text: /ERROR:\s+syntax error/ },
  {
    class: "catalog",
    text: /ERROR:\s+(?:relation|column|function|schema) .* does not exist/,
  },
  { class: "constraint", text: /violates .* constraint/ },
  {
    class: "catalog",
    text: /query_log does not exist/,
    hint: "DuckDB keeps no query log: the Viaduct results panel and its log have what was run.",
  },
];

/** By DuckDB's exception type. */
const types: Readonly<Record<string, ErrorClass>> = {
  Parser: "syntax",
  Syntax: "syntax",
  Catalog: "catalog",
  Binder: "binder",
  Conversion: "conversion",
  "Out of Range": "conversion",
  "Mismatch Type": "conversion",
  "Invalid Type": "conversion",
  Constraint: "constraint",
  Permission: "permission",
  "Out of Memory": "outOfMemory",
  INTERRUPT: "cancelled",
  Interrupt: "cancelled",
  "Not implemented": "binder",
  "Parameter Not Allowed": "binder",
  "Missing Extension": "extensionMissing",
};

/** Takes a thrown message apart, whether DuckDB made JSON of it or not. */
export function parseDuckdbError(message: string): RawDuckdbError {
  const brace = message.indexOf('{"exception_type"');
  if (brace >= 0) {
    try {
      const fields = JSON.parse(message.slice(brace)) as Record<string, string>;
      const position = Number(fields["position"] ?? "none");
      return {
        type: fields["exception_type"] ?? "",
        message: (fields["exception_message"] ?? "").trim(),
        ...(Number.isInteger(position) ? { position } : {}),
      };
    } catch {
      // A message that only looks like JSON is shown as it is.
    }
  }
  const plain = /^([A-Z][A-Za-z ]*?) Error:\s*([\s\S]*)$/.exec(message);
  return { type: plain?.[1] ?? "", message: (plain?.[2] ?? message).trim() };
}

/** The error as a user sees it; `sql` is the statement as the user wrote it, for the position. */
export function classifyDuckdbError(message: string, sql = ""): ErrorInfo {
  const raw = parseDuckdbError(message);
  const rule = rules.find(({ text }) => text.test(raw.message));
  const errorClass = rule?.class ?? types[raw.type] ?? "unknown";
  const fromServer = /(?:ERROR|FATAL):\s|Unable to connect to Postgres/.test(
    raw.message,
  );
  const fromViaduct =
    errorClass === "getenvRefused" ||
    errorClass === "variableMissing" ||
    errorClass.startsWith("envFile");
  return errorInfo(errorClass, sentence(raw, errorClass), {
    origin: fromViaduct ? "viaduct" : fromServer ? "postgres" : "duckdb",
    ...hintOf(raw, rule),
    position:
      raw.position === undefined ? undefined : utf16FromUtf8(sql, raw.position),
    code: raw.type === "" ? undefined : raw.type,
  });
}

/** What a rule says; else the name that DuckDB thinks was meant. */
function hintOf(
  { message }: RawDuckdbError,
  rule: Rule | undefined,
): { readonly hint?: string } {
  if (rule?.hint !== undefined) {
    return { hint: rule.hint };
  }
  const names =
    /(?:Did you mean|Candidate bindings:[\s:]*)\s*((?:"[^"]+"(?:, | or )?)+)/.exec(
      message,
    )?.[1];
  return names === undefined || !rulesAllowNames(rule)
    ? {}
    : { hint: `Did you mean ${names.replaceAll('"', "")}?` };
}

/** A suggestion is about a name in the statement; where a rule has found another cause, it would mislead. */
function rulesAllowNames(rule: Rule | undefined): boolean {
  return rule === undefined || rule.class === "catalog";
}

/** The message without the wrapping in which DuckDB and the extension deliver another program's error. */
function sentence(raw: RawDuckdbError, errorClass: ErrorClass): string {
  if (errorClass === "databaseLocked") {
    const holder = /held in (.+?) \(PID (\d+)\)/.exec(raw.message);
    const file = /on file "(.*?)"/.exec(raw.message)?.[1] ?? "the file";
    if (holder !== null) {
      const program = (holder[1] ?? "").split(/[\\/]/).at(-1) ?? "";
      return `The DuckDB file ${file} is locked by ${program} (process ${holder[2] ?? ""}).`;
    }
  }
  const connect = /Unable to connect to Postgres at "[^]*?": ([^]*)$/.exec(
    raw.message,
  );
  return (connect?.[1] ?? raw.message)
    .replace(/\s*Candidate bindings:[\s:]*(?:"[^"]+"(?:, )?)+\s*$/, "")
    .trim();
}
