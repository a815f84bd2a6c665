import type { ErrorClass, ErrorInfo } from "./errorInfo";
import { rules, type Rule } from "./classifyRules";
import { errorInfo } from "./makeError";
import { utf16FromUtf8 } from "./textOffsets";
import { tlsProblem } from "./tlsProblem";

/** A DuckDB error taken apart: `SET errors_as_json=true` gives all of it, a plain text only type and message. */
export interface RawDuckdbError {
  /** `Catalog`, `IO`, `Parser`, …; empty when the text says none. */
  readonly type: string;
  readonly message: string;
  /** UTF-8 byte offset into the statement. */
  readonly position?: number;
}

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
  // DuckDB gives the database up after such an error: nothing else works until the engine is started again.
  INTERNAL: "engineUnavailable",
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

/** Texts about TLS in the rows or the SQL of a statement are none of a connection's. */
const isConnecting = /Unable to connect to Postgres|connection to server /;

/** The error as a user sees it; `sql` is the statement as the user wrote it, for the position. */
export function classifyDuckdbError(message: string, sql = ""): ErrorInfo {
  const raw = parseDuckdbError(message);
  const rule = rules.find(({ text }) => text.test(raw.message));
  const tls = isConnecting.test(raw.message) ? tlsProblem(raw.message) : null;
  const errorClass = tls?.class ?? rule?.class ?? types[raw.type] ?? "unknown";
  const text = sentence(raw, errorClass);
  const fromServer = /(?:ERROR|FATAL):\s|Unable to connect to Postgres/.test(
    raw.message,
  );
  const fromViaduct =
    errorClass === "getenvRefused" ||
    errorClass === "variableMissing" ||
    errorClass.startsWith("envFile");
  return errorInfo(
    errorClass,
    tls === null ? text : `${tls.sentence}\n${text}`,
    {
      origin: fromViaduct ? "viaduct" : fromServer ? "postgres" : "duckdb",
      ...hintOf(raw, rule),
      position:
        raw.position === undefined
          ? undefined
          : utf16FromUtf8(sql, raw.position),
      code: raw.type === "" ? undefined : raw.type,
    },
  );
}

/** The database that DuckDB has refused to change because it is attached read-only; null for any other error. */
export function refusedCatalog({ message }: ErrorInfo): string | null {
  const match = /on database "(.*)" which is attached in read-only mode/.exec(
    message,
  );
  return match?.[1] ?? null;
}

/** The database that a statement would have changed, from the error that it ends with in a read-only transaction. */
export function databaseWrittenTo(message: string): string | null {
  const match =
    /^Cannot write to database "(.*)" - transaction is launched in read-only mode|on database "(.*)" which is attached in read-only mode/s.exec(
      parseDuckdbError(message).message,
    );
  return match?.[1] ?? match?.[2] ?? null;
}

/** How DuckDB says that there is no database of a name, which may be that of a schema in front of a table. */
const missingDatabase: readonly RegExp[] = [
  /^Catalog "(.*)" does not exist!/,
  /^Catalog with name (.*) does not exist!/,
  /because schema "(.*)" does not exist\.?/,
  /No catalog \+ schema named "(.*)" found/,
  /^Failed to find attached database "(.*)" referenced in/,
];

/** True for the error that there is no database of this name. */
export function missesDatabase(
  { message }: Pick<ErrorInfo, "message">,
  name: string,
): boolean {
  const wanted = name.toLowerCase();
  const found = missingDatabase
    .map((text) => text.exec(message)?.[1]?.toLowerCase())
    .find((text) => text !== undefined);
  return (
    found !== undefined &&
    (found === wanted ||
      found.startsWith(`${wanted}.`) ||
      found.endsWith(`.${wanted}`))
  );
}

/** The extension, by any of its names, without which DuckDB cannot do what a statement says; null for any other error. */
export function missingExtension({
  class: errorClass,
  message,
}: Pick<ErrorInfo, "class" | "message">): string | null {
  const name =
    /required extension '(\w+)'|Extension "(\w+)" is an existing extension|exists in the (\w+) extension/.exec(
      message,
    );
  return errorClass === "extensionMissing"
    ? (name?.[1] ?? name?.[2] ?? name?.[3] ?? null)
    : null;
}

/** The system's code for a disk that has no more place for a file; empty for an error about anything else. */
export function fullDiskOf(
  message: string,
  file: string,
): "ENOSPC" | "EFBIG" | "" {
  if (!message.includes(file)) {
    return "";
  }
  return /File too large/.test(message)
    ? "EFBIG"
    : /No space left on device|not enough space on the disk/i.test(message)
      ? "ENOSPC"
      : "";
}

/** True for the error that there is no table of this name, which has no special characters. */
export function missesTable(message: string, name: string): boolean {
  const missing = /^Table with name (?:\S+\.)?(\w+) does not exist/.exec(
    parseDuckdbError(message).message,
  );
  return missing?.[1]?.toLowerCase() === name;
}

/** True for the errors of statements that take no parameters, each of which has words of its own. */
export function refusesParameters(message: string): boolean {
  return /^Unexpected prepared parameter|^Parameter expressions within macro|cannot (?:contain|have) parameters/.test(
    parseDuckdbError(message).message,
  );
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
  return (
    (connect?.[1] ?? raw.message)
      // libpq tries with and without TLS, and says the same twice.
      .replace(/^(connection to server .*)\n\1(?=\n|$)/, "$1")
      .replace(/\s*Candidate bindings:[\s:]*(?:"[^"]+"(?:, )?)+\s*$/, "")
      .trim()
  );
}
