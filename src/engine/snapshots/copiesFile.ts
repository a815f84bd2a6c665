import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ConnectionValues } from "../../core/connections/connectionValues";

/** Which database a server has the tables in. */
export type ServerPlace = Pick<ConnectionValues, "host" | "port" | "database">;

/** Whose copies these are: an alias may come to stand for another server, whose rows they are not. */
export interface CopiesOwner {
  readonly alias: string;
  /** Null for a database that a statement has attached: nothing is known of its server. */
  readonly values: ServerPlace | null;
}

/** The file with the copies of an alias, which can have any character that a file name cannot; null without a folder. */
export function copiesFile(
  folder: string | null,
  { alias, values }: CopiesOwner,
): string | null {
  const server =
    values === null ? [] : [values.host, values.port, values.database];
  const name = createHash("sha256")
    .update(JSON.stringify([alias.toLowerCase(), ...server]))
    .digest("hex")
    .slice(0, 16);
  return folder === null ? null : join(folder, `${name}.duckdb`);
}

/** True when there are copies of an alias; looks at the disk and waits for nothing. */
export function hasCopies(folder: string | null, owner: CopiesOwner): boolean {
  const file = copiesFile(folder, owner);
  return file !== null && existsSync(file);
}
