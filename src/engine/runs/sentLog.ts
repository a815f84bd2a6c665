import { quoteLiteral } from "../../core/sql/quote";
import { lex } from "../../core/sql/lexer";
import type { SentStatement } from "../../protocol/engine";
import type { Connection } from "../duckdb";

/** What the extension says to a server on its own behalf: of no interest to who asks what a query cost. */
const bookkeeping =
  /^(?:BEGIN|COMMIT|ROLLBACK|DISCARD|SET TRANSACTION|SELECT 1$|SELECT version\(\)|SELECT pg_is_in_recovery|SELECT oid, nspname|SELECT pg_class\.|SELECT pg_namespace\.|SELECT n\.oid|SELECT to_regclass|SELECT pg_cancel_backend)/;

/** The type of log entry that the extension makes. */
const own = "PostgresQueryLog";

/** How the log of the session is set up; it is one for all connections. */
interface LogState {
  readonly isOn: boolean;
  /** `ENABLE_SELECTED`, `DISABLE_SELECTED` or `LEVEL_ONLY`. */
  readonly mode: string;
  readonly types: readonly string[];
}

/** A statement that is about to run. */
interface Hushed {
  readonly parameters: { readonly hasSecrets: boolean };
  notice(notice: { readonly severity: "INFO"; readonly message: string }): void;
}

const notTold =
  "What was sent to servers is not told: a log of DuckDB's is on, which would keep the value of a secret parameter.";

/**
 * Keeps DuckDB's log of the statements that the postgres extension sends, and takes those of a run from it. A user who
 * keeps a log (`CALL enable_logging(…)`) keeps it: ours is added to it, and nothing of it is thrown away.
 */
export class SentLog {
  private isEnabled = false;
  /** The newest entry that was taken. */
  private taken = "1970-01-01 00:00:00+00";

  constructor(
    private readonly log: Connection,
    /** Names of the attached PostgreSQL databases. */
    private readonly aliases: () => Promise<readonly string[]>,
  ) {}

  /** Begins to listen; the extension has to be loaded. */
  async enable(): Promise<void> {
    if (!this.isEnabled) {
      await this.add();
      this.isEnabled = true;
    }
  }

  /** Statements that were sent since the last call for a connection of DuckDB's, while `sql` ran. */
  async take(connectionId: string, sql: string): Promise<SentStatement[]> {
    if (!this.isEnabled) {
      return [];
    }
    if (/logging|enabled_log|disabled_log|truncate_duckdb_logs/i.test(sql)) {
      // The user's statement may have switched the log off, or to what the user wants to see.
      await this.add();
    }
    const rows = await this.log.rows(
      `SELECT query, timestamp::VARCHAR FROM duckdb_logs_parsed('${own}')
       WHERE connection_id::VARCHAR = $1 AND timestamp > $2::TIMESTAMPTZ ORDER BY timestamp`,
      [connectionId, this.taken],
    );
    if (rows.length === 0) {
      return [];
    }
    this.taken = rows.at(-1)?.[1] ?? this.taken;
    await this.tidy();
    const aliases = await this.aliases();
    return mergeRanges(
      rows.flatMap(([query]) =>
        query === null || query === undefined ? [] : [query],
      ),
    ).map((query) => ({ alias: aliasOf(query, sql, aliases), sql: query }));
  }

  /**
   * Keeps what servers are sent for a statement with secret parameters out of a log of the user's, until what it answers
   * is called: that log may be a file. One of ours alone is emptied at once, and tells as ever.
   */
  async hush(statement: Hushed): Promise<() => Promise<void>> {
    if (!this.isEnabled || !statement.parameters.hasSecrets) {
      return () => Promise.resolve();
    }
    const state = await this.state();
    if (!state.isOn || isOurs(state)) {
      return () => Promise.resolve();
    }
    statement.notice({ severity: "INFO", message: notTold });
    // The level below that of the extension's entries.
    await this.log.run("SET GLOBAL logging_level = 'info'");
    return () => this.add();
  }

  /** Adds our type to the log that there is. */
  private async add(): Promise<void> {
    const { isOn, mode, types } = await this.state();
    if (!isOn) {
      await this.log.run(
        `CALL enable_logging('${own}', level='debug', storage='memory')`,
      );
      return;
    }
    // The extension's entries have this level; entries of the user's types at it come along.
    await this.log.run("SET GLOBAL logging_level = 'debug'");
    if (mode === "ENABLE_SELECTED" && !types.includes(own)) {
      const all = [...types, own].join(",");
      await this.log.run(`SET GLOBAL enabled_log_types = ${quoteLiteral(all)}`);
    }
  }

  /** Nothing but our own entries: they are of no use any more. */
  private async tidy(): Promise<void> {
    if (!isOurs(await this.state())) {
      return;
    }
    const [row] = await this.log.rows(
      `SELECT count(*)::VARCHAR FROM duckdb_logs WHERE type <> '${own}'`,
    );
    if (row?.[0] === "0") {
      await this.log.run("CALL truncate_duckdb_logs()");
    }
  }

  private async state(): Promise<LogState> {
    const rows = await this.log.rows(
      `SELECT name, value FROM duckdb_settings()
       WHERE name IN ('enable_logging', 'logging_mode', 'enabled_log_types')`,
    );
    const value = (name: string): string =>
      rows.find(([key]) => key === name)?.[1] ?? "";
    return {
      isOn: /^(?:1|true)$/i.test(value("enable_logging")),
      mode: value("logging_mode").toUpperCase(),
      types: value("enabled_log_types").split(",").filter(Boolean),
    };
  }
}

function isOurs({ mode, types }: LogState): boolean {
  return mode === "ENABLE_SELECTED" && types.every((type) => type === own);
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
