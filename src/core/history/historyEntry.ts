import type { ErrorClass } from "../errors/errorInfo";

/** One statement that was run, as it is kept: redacted, without the values of its parameters. */
export interface HistoryEntry {
  /** Sorts by time; a part of a file's name. */
  readonly id: string;
  readonly text: string;
  /** True when something was taken out of the text, which so cannot simply run again. */
  readonly isRedacted: boolean;
  readonly target:
    | { readonly engine: "duckdb" }
    | {
        readonly engine: "postgres";
        readonly alias: string;
        /** The user and the server behind the alias; empty when it was not known. */
        readonly server: string;
      };
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly elapsedMs: number;
  readonly rowCount: number;
  readonly status: "succeeded" | "failed" | "cancelled";
  readonly errorClass: ErrorClass | null;
  /** Name of the file, or of what made the statement. */
  readonly source: string;
  /** URI of the file; null for none. */
  readonly uri: string | null;
}

/** Longest statement that is kept whole. */
export const longestText = 100_000;

/** True when two entries are the same statement to the same place: a run in a row is kept once. */
export function isSameRun(a: HistoryEntry, b: HistoryEntry): boolean {
  return (
    a.text === b.text &&
    a.source === b.source &&
    a.isRedacted === b.isRedacted &&
    JSON.stringify(a.target) === JSON.stringify(b.target)
  );
}

/** An entry as a file has it. */
export function entryText(entry: HistoryEntry): string {
  return JSON.stringify(entry);
}

/** The entry that a file's text is; null for anything else, such as half of one. */
export function readEntry(text: string): HistoryEntry | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  return isEntry(value) ? value : null;
}

function isEntry(value: unknown): value is HistoryEntry {
  if (!isRecord(value) || !isRecord(value["target"])) {
    return false;
  }
  const { engine, alias, server } = value["target"];
  const isTarget =
    engine === "duckdb" ||
    (engine === "postgres" &&
      typeof alias === "string" &&
      typeof server === "string");
  return (
    isTarget &&
    ["id", "text", "source", "status"].every(
      (key) => typeof value[key] === "string",
    ) &&
    ["startedAt", "elapsedMs", "rowCount"].every(
      (key) => typeof value[key] === "number",
    ) &&
    typeof value["isRedacted"] === "boolean" &&
    isTextOrNull(value["errorClass"]) &&
    isTextOrNull(value["uri"])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}
