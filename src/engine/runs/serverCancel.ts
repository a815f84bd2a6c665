import type { Client } from "pg";
import { quoteLiteral } from "../../core/sql/quote";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import type { Attachment } from "../attachments/attachment";
import type { Attachments } from "../attachments/attachments";
import type { Connection } from "../duckdb";
import { openClient } from "../native/connect";

/** Cancels, and names each backend so that one that two aliases reach counts once. */
const cancelSql = (applicationName: string): string =>
  // Materialised: otherwise PostgreSQL may call pg_cancel_backend before it compares the pid, and cancels itself.
  `WITH backends AS MATERIALIZED (
     SELECT pid, backend_start FROM pg_stat_activity
     WHERE application_name = ${quoteLiteral(applicationName)} AND state = 'active' AND pid <> pg_backend_pid()
       AND query NOT LIKE '%pg_cancel_backend%')
   SELECT pid::text || ' since ' || backend_start::text AS backend FROM backends WHERE pg_cancel_backend(pid)`;

/** Tells PostgreSQL servers to stop what DuckDB waits for: an interrupt does not reach them (engine-facts, fact 4). */
export class ServerCancel {
  private readonly sending = new Set<Promise<unknown>>();

  constructor(
    private readonly attachments: Attachments,
    /** A DuckDB connection for this purpose only. */
    private readonly connection: Connection,
    private readonly limits: ConnectionLimits,
    private readonly runApplicationName: string,
  ) {}

  /**
   * Stops every backend that works for a run of this session, as long as that is wanted when its server answers; answers
   * how many there were.
   */
  async cancel(isWanted: () => boolean): Promise<number> {
    const managed = this.attachments.all
      .filter(({ problem }) => problem === null)
      .map((one) => this.cancelManaged(one, isWanted));
    const backends = await Promise.all([
      ...managed,
      this.noted(this.cancelForeign(isWanted)),
    ]);
    return new Set(backends.flat()).size;
  }

  /** Answers when no cancel is on its way to a server: it would hit the next statement. */
  async settled(): Promise<void> {
    await Promise.all(this.sending);
  }

  private async noted<T>(sending: Promise<T>): Promise<T> {
    const ended = sending.catch(() => undefined);
    this.sending.add(ended);
    try {
      return await sending;
    } finally {
      this.sending.delete(ended);
    }
  }

  private async cancelManaged(
    { values, spec }: Attachment,
    isWanted: () => boolean,
  ): Promise<string[]> {
    let client: Client | undefined;
    try {
      const { readOnly } = spec;
      client = await openClient(values, { ...this.limits, readOnly });
      if (!isWanted()) {
        return [];
      }
      const { rows } = await this.noted(
        client.query<{ backend: string }>(cancelSql(this.runApplicationName)),
      );
      return rows.map(({ backend }) => backend);
    } catch {
      // A server that cannot be reached cannot be told; DuckDB's own interrupt still works.
      return [];
    } finally {
      await client?.end().catch(() => undefined);
    }
  }

  /** Databases that a statement of the user's attached: through DuckDB, for we do not know their passwords. */
  private async cancelForeign(isWanted: () => boolean): Promise<string[]> {
    const rows = await this.connection
      .rows(
        "SELECT database_name FROM duckdb_databases() WHERE type = 'postgres'",
      )
      .catch(() => []);
    const backends: string[] = [];
    for (const [name] of rows) {
      if (
        name !== null &&
        name !== undefined &&
        this.attachments.get(name) === undefined &&
        isWanted()
      ) {
        const sql = quoteLiteral(cancelSql(this.runApplicationName));
        const answer = await this.connection
          .rows(`SELECT * FROM postgres_query(${quoteLiteral(name)}, ${sql})`)
          .catch(() => []);
        backends.push(...answer.map(([backend]) => backend ?? ""));
      }
    }
    return backends;
  }
}
