import { existsSync } from "node:fs";
import { basename, dirname } from "node:path";
import { classifyDuckdbError } from "../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { errorInfo } from "../core/errors/makeError";
import { journalCatalog } from "../core/journal/journalNames";

/** Names that DuckDB or Viaduct itself needs. */
const taken: readonly string[] = [
  "system",
  "temp",
  "main",
  journalCatalog,
  "viaduct_snapshot",
];

/** The name that DuckDB gives a file: its base name up to the first dot; never one that something else needs. */
export function catalogName(file: string, hostCatalog: string): string {
  const name = basename(file).split(".")[0] ?? "";
  return [...taken, hostCatalog].includes(name.toLowerCase())
    ? `${name}_db`
    : name;
}

/** Why the workspace's file cannot be opened, as a user sees it. */
export function databaseProblem(
  error: unknown,
  file: string,
  readOnly: boolean,
): ErrorInfo {
  if (readOnly && !existsSync(file)) {
    return errorInfo(
      "databaseInvalid",
      `The DuckDB file ${file} does not exist, and read-only it cannot be made.`,
      {
        hint: "Choose another DuckDB file, or switch the setting viaduct.databaseReadOnly off so that the file is made.",
        actions: ["chooseDatabase", "openSettings"],
      },
    );
  }
  if (!existsSync(dirname(file))) {
    return errorInfo(
      "databaseInvalid",
      `The DuckDB file ${file} cannot be made: there is no folder ${dirname(file)}.`,
      {
        hint: "Make the folder, or choose another DuckDB file.",
        actions: ["chooseDatabase"],
      },
    );
  }
  const info = classifyDuckdbError(
    error instanceof Error ? error.message : String(error),
  );
  return info.class === "databaseLocked"
    ? info
    : {
        ...info,
        class: "databaseInvalid",
        hint: "Choose another DuckDB file, or open this one with the DuckDB version that wrote it.",
        actions: ["chooseDatabase"],
        message: `The DuckDB file ${file} cannot be opened: ${info.message}`,
      };
}
