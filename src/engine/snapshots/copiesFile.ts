import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** The file with the copies of an alias, which can have any character that a file name cannot; null without a folder. */
export function copiesFile(
  folder: string | null,
  alias: string,
): string | null {
  const name = createHash("sha256")
    .update(alias.toLowerCase())
    .digest("hex")
    .slice(0, 16);
  return folder === null ? null : join(folder, `${name}.duckdb`);
}

/** True when there are copies of an alias; looks at the disk and waits for nothing. */
export function hasCopies(folder: string | null, alias: string): boolean {
  const file = copiesFile(folder, alias);
  return file !== null && existsSync(file);
}
