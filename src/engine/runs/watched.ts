import type { Attachments } from "../attachments/attachments";
import type { Connection } from "../duckdb";

/** The PostgreSQL databases that statements are watched for. */
export interface Watched {
  readonly readOnly: readonly string[];
  readonly writable: readonly string[];
  /** Aliases whose secrets must not serve another ATTACH. */
  readonly secretsOf: readonly string[];
}

/** What is attached now, in DuckDB's own words: also by statements, and under other names than it was. */
export async function watchedDatabases(
  connection: Connection,
  attachments: Attachments,
): Promise<Watched> {
  const rows = await connection.rows(
    "SELECT database_name, readonly::VARCHAR FROM duckdb_databases() WHERE type = 'postgres'",
  );
  const named = (readOnly: boolean): string[] =>
    rows.flatMap(([name, flag]) =>
      (flag === "true") === readOnly ? [name ?? ""] : [],
    );
  const own = attachments.all.filter(({ spec }) => spec.readOnly);
  return {
    // One that does not answer is attached again when it is named.
    readOnly: [
      ...new Set([...named(true), ...own.map(({ spec }) => spec.alias)]),
    ],
    writable: named(false),
    secretsOf: own.map(({ spec }) => spec.alias),
  };
}
