import type { Client } from "pg";
import { quoteText } from "../../core/connections/alias";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import type { Attachments } from "../attachments/attachments";
import type { Connection } from "../duckdb";
import { openClient } from "../native/connect";

const cancelSql = (applicationName: string): string =>
  `SELECT count(pg_cancel_backend(pid)) FROM pg_stat_activity
   WHERE application_name = ${quoteText(applicationName)} AND state = 'active' AND pid <> pg_backend_pid()`;

/** Tells PostgreSQL servers to stop what DuckDB waits for: an interrupt does not reach them (engine-facts, fact 4). */
export class ServerCancel {
  constructor(
    private readonly attachments: Attachments,
    /** A DuckDB connection for this purpose only. */
    private readonly connection: Connection,
    private readonly limits: ConnectionLimits,
    private readonly runApplicationName: string,
  ) {}

  /** Stops every backend that works for a run of this session; answers how many there were. */
  async cancel(): Promise<number> {
    const counts = await Promise.all([
      ...this.attachments.all.map((one) => this.cancelManaged(one.values)),
      this.cancelForeign(),
    ]);
    return counts.reduce((sum, count) => sum + count, 0);
  }

  private async cancelManaged(
    values: Parameters<typeof openClient>[0],
  ): Promise<number> {
    let client: Client | undefined;
    try {
      client = await openClient(values, this.limits);
      const { rows } = await client.query<{ count: string }>(
        cancelSql(this.runApplicationName),
      );
      return Number(rows[0]?.count ?? 0);
    } catch {
      // A server that cannot be reached cannot be told; DuckDB's own interrupt still works.
      return 0;
    } finally {
      await client?.end().catch(() => undefined);
    }
  }

  /** Databases that a statement of the user's attached: through DuckDB, for we do not know their passwords. */
  private async cancelForeign(): Promise<number> {
    let count = 0;
    const rows = await this.connection
      .rows(
        "SELECT database_name FROM duckdb_databases() WHERE type = 'postgres'",
      )
      .catch(() => []);
    for (const [name] of rows) {
      if (
        name !== null &&
        name !== undefined &&
        this.attachments.get(name) === undefined
      ) {
        const sql = `SELECT * FROM postgres_query(${quoteText(name)}, ${quoteText(cancelSql(this.runApplicationName))})`;
        const answer = await this.connection.rows(sql).catch(() => []);
        count += Number(answer[0]?.[0] ?? 0);
      }
    }
    return count;
  }
}
