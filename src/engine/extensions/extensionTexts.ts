import { classifyDuckdbError } from "../../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";

/** An error of DuckDB's, or of ours, as an `ErrorInfo`. */
export function infoOf(error: unknown): ErrorInfo {
  return error instanceof ViaductError
    ? toErrorInfo(error)
    : classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
      );
}

/** Of DuckDB's message the line that says what happened: the others name a page about it. */
export function firstLine({ message }: ErrorInfo): string {
  const lines = message.split("\n");
  // "For more info, visit … (ERROR Could not establish connection)"
  const cause = /\((?:ERROR )?([^()]+)\)\s*$/.exec(lines.at(-1) ?? "")?.[1];
  const first = lines[0] ?? "";
  return lines.length > 1 && cause !== undefined ? `${first}: ${cause}` : first;
}
