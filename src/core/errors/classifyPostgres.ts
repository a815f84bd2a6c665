import type { ErrorClass, ErrorInfo } from "./errorInfo";
import { errorInfo, parameterHint } from "./makeError";
import {
  closedDatabaseHint,
  connectRightHint,
  lockTimeoutHint,
  pgHbaHint,
  poolerHint,
  poolerRefusal,
  serverMemoryHint,
  sessionOptionHint,
  sessionOptionRefusal,
  startingHint,
  tooManyHint,
} from "./serverHints";
import { utf16FromCharacters } from "./textOffsets";
import { tlsProblem } from "./tlsProblem";

/** What `pg` reports: a server's error with its fields, or a network error with Node's code. */
export interface RawPostgresError {
  readonly message: string;
  readonly code?: string | undefined;
  readonly detail?: string | undefined;
  readonly hint?: string | undefined;
  /** `FATAL` when the server has ended the connection, or not made it. */
  readonly severity?: string | undefined;
  /** 1-based, in characters, into the statement that was sent. */
  readonly position?: string | undefined;
}

/** SQLSTATEs and Node's codes, and then SQLSTATE classes (two characters). */
const classes: Readonly<Record<string, ErrorClass>> = {
  "28000": "authenticationFailed",
  "28P01": "authenticationFailed",
  "3D000": "databaseMissing",
  "57014": "cancelled",
  "57P01": "connectionLost",
  "57P02": "connectionLost",
  "57P03": "connectionRefused",
  "57P05": "connectionLost",
  "25P03": "connectionLost",
  "25P04": "connectionLost",
  "55P03": "statementTimeout",
  "42601": "syntax",
  // The server's word for a parameter without a value.
  "08P01": "binder",
  "42501": "permission",
  "25006": "readOnly",
  "53100": "diskFull",
  "53200": "outOfMemory",
  "53300": "connectionRefused",
  "3F000": "catalog",
  "42P01": "catalog",
  "42703": "catalog",
  "42883": "catalog",
  ECONNREFUSED: "connectionRefused",
  ENOENT: "connectionRefused",
  ENOTFOUND: "hostUnknown",
  EAI_AGAIN: "hostUnknown",
  ETIMEDOUT: "connectTimeout",
  EHOSTUNREACH: "connectTimeout",
  ENETUNREACH: "connectTimeout",
  ECONNRESET: "connectionLost",
  EPIPE: "connectionLost",
  EHOSTDOWN: "connectTimeout",
  "08": "connectionLost",
  "22": "conversion",
  "23": "constraint",
  "42": "binder",
};

/** Texts of errors that have no code of their own: from the TLS layer and from `pg` itself. */
const texts: readonly (readonly [RegExp, ErrorClass])[] = [
  [/timeout expired|connection timeout/i, "connectTimeout"],
  [
    /connection terminated|connection ended|not queryable|client has encountered a connection error/i,
    "connectionLost",
  ],
  [
    /no password supplied|password must be a (?:non-empty )?string/i,
    "passwordMissing",
  ],
  [/SASL/i, "authenticationFailed"],
];

/** The error of a native PostgreSQL connection as a user sees it; `sql` is the statement as the user wrote it. */
export function classifyPostgresError(
  raw: RawPostgresError,
  sql = "",
): ErrorInfo {
  const code = raw.code ?? "";
  // With any other SQLSTATE, it is a statement that speaks of certificates.
  const tls = /^(?!28000)[0-9A-Z]{5}$/.test(code)
    ? null
    : tlsProblem(raw.message, code);
  const errorClass =
    special(raw) ??
    tls?.class ??
    classes[code] ??
    texts.find(([text]) => text.test(raw.message))?.[1] ??
    classes[code.slice(0, 2)] ??
    "unknown";
  const lines = tls === null ? [raw.message] : [tls.sentence, raw.message];
  if (raw.detail !== undefined && raw.detail !== "") {
    lines.push(`DETAIL: ${raw.detail}`);
  }
  const hint = hintOf(raw);
  const position =
    raw.position === undefined
      ? undefined
      : utf16FromCharacters(sql, Number(raw.position));
  return errorInfo(errorClass, lines.join("\n"), {
    origin: "postgres",
    ...(hint === undefined || hint === "" ? {} : { hint }),
    position,
    code: code === "" ? undefined : code,
  });
}

/** The next step where the code says more than its class; else the server's own. */
function hintOf(raw: RawPostgresError): string | undefined {
  const { message, code, hint } = raw;
  if (refusesSetting(raw)) {
    return sessionOptionHint;
  }
  if (/^bind message supplies/.test(message)) {
    return parameterHint;
  }
  if (/pg_hba\.conf/.test(message)) {
    return pgHbaHint;
  }
  if (code === "08P01" && poolerRefusal.test(message)) {
    return poolerHint;
  }
  if (/is not currently accepting connections/.test(message)) {
    return closedDatabaseHint;
  }
  if (/^permission denied for database/.test(message)) {
    return connectRightHint;
  }
  return hints[code ?? ""] ?? hint;
}

const hints: Readonly<Record<string, string>> = {
  "53200": serverMemoryHint,
  "53300": tooManyHint,
  "55P03": lockTimeoutHint,
  "57P03": startingHint,
};

/** A setting that the connection asks for, and that is why there is none. */
function refusesSetting({
  severity,
  code,
  message,
}: RawPostgresError): boolean {
  return (
    severity === "FATAL" &&
    (sessionOptionRefusal.test(message) ||
      (code === "42501" && /^permission denied to set/.test(message)))
  );
}

/** 57014 is a cancel, a timeout, and our own refusal to feed a COPY; 08P01 also a pooler's refusal to connect. */
function special(raw: RawPostgresError): ErrorClass | null {
  const { code, message } = raw;
  if (code === "08P01" && poolerRefusal.test(message)) {
    return "connectionRefused";
  }
  if (refusesSetting(raw)) {
    return code === "42501" ? "permission" : "connectionInvalid";
  }
  if (/^database ".*" is not currently accepting connections$/.test(message)) {
    return "connectionRefused";
  }
  if (code !== "57014") {
    return null;
  }
  if (/COPY from stdin failed/.test(message)) {
    return "syntax";
  }
  return /timeout/i.test(message) ? "statementTimeout" : null;
}
