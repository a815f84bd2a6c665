import { lex } from "../../core/sql/lexer";
import type { SentStatement } from "../../protocol/engine";
import type { Connection } from "../duckdb";

/** What the extension says to a server on its own behalf: of no interest to who asks what a query cost. */
const bookkeeping =
  /^(?:BEGIN|COMMIT|ROLLBACK|DISCARD|SET TRANSACTION|SELECT 1$|SELECT version\(\)|SELECT pg_is_in_recovery|SELECT oid, nspname|SELECT pg_class\.|SELECT pg_namespace\.|SELECT n\.oid|SELECT to_regclass|SELECT pg_cancel_backend)/;

/** Keeps DuckDB's log of the statements that the postgres extension sends, and takes those of a run from it. */
export class SentLog {
  private isEnabled = false;

  constructor(
    private readonly log: Connection,
    /** Names of the attached PostgreSQL databases. */
    private readonly aliases: () => Promise<readonly string[]>,
  ) {}

  /** Begins to listen; the extension has to be loaded. */
  async enable(): Promise<void> {
    if (!this.isEnabled) {
      await this.log.run(
        "CALL enable_logging('PostgresQueryLog', level='debug')",
      );
      this.isEnabled = true;
    }
  }

  /** Statements that were sent since the last call for a connection of DuckDB's, while `sql` ran. */
  async take(connectionId: string, sql: string): Promise<SentStatement[]> {
    if (!this.isEnabled) {
      return [];
    }
    if (/logging/i.test(sql)) {
      // The user's statement may have switched the log off.
      this.isEnabled = false;
      await this.enable();
    }
    const rows = await this.log.rows(
      `SELECT query FROM duckdb_logs_parsed('PostgresQueryLog') WHERE connection_id::VARCHAR = $1 ORDER BY timestamp`,
      [connectionId],
    );
    if (rows.length === 0) {
      return [];
    }
    await this.log.run("CALL truncate_duckdb_logs()");
    const aliases = await this.aliases();
    return mergeRanges(
      rows.flatMap(([query]) =>
        query === null || query === undefined ? [] : [query],
      ),
    ).map((query) => ({ alias: aliasOf(query, sql, aliases), sql: query }));
  }
}

/** The user's part of what was sent; a table that was read in ranges of ctid is told once. */
function mergeRanges(queries: readonly string[]): string[] {
  const merged = new Map<string, { readonly first: string; count: number }>();
  for (const query of queries) {
    const plain = query.replace(/^BEGIN TRANSACTION[^;]*;\s*/, "").trim();
    if (plain === "" || bookkeeping.test(plain)) {
      continue;
    }
    const key = plain.replace(
      /ctid BETWEEN '\(\d+,\d+\)'::tid AND '\(\d+,\d+\)'::tid/,
      "ctid",
    );
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, { first: plain, count: 1 });
    } else {
      known.count += 1;
    }
  }
  return [...merged.values()].map(({ first, count }) =>
    count === 1
      ? first
      : `${first} /* and ${count - 1} more such ranges of ctid */`,
  );
}

/** The log does not say which server: the alias that the statement names, or all that it could be. */
function aliasOf(
  query: string,
  sql: string,
  aliases: readonly string[],
): string {
  if (aliases.length <= 1) {
    return aliases[0] ?? "";
  }
  const words = new Set(
    lex(sql).map((token) =>
      sql
        .slice(token.start, token.end)
        .replaceAll(/^["']|["']$/g, "")
        .toLowerCase(),
    ),
  );
  const named = aliases.filter((alias) => words.has(alias.toLowerCase()));
  const candidates = named.length > 0 ? named : aliases;
  const relation = /FROM "([^"]+)"\."([^"]+)"/.exec(query);
  const precise = candidates.filter((alias) =>
    relation === null
      ? false
      : normal(sql).includes(
          normal(`${alias}.${relation[1] ?? ""}.${relation[2] ?? ""}`),
        ),
  );
  return (precise.length > 0 ? precise : candidates).join(" or ");
}

function normal(sql: string): string {
  return sql.replaceAll(/["\s]/g, "").toLowerCase();
}
