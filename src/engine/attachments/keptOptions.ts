import type { ConnectionLimits } from "../../core/connections/secretParameters";
import { quoteLiteral } from "../../core/sql/quote";
import type { Connection } from "../duckdb";

/**
 * Which of our options the sessions behind an alias do not have although nobody has refused them: a connection pooler
 * that ignores session options drops them in silence (measured with PgBouncer 1.18). Setting them by `SET` instead would
 * change the sessions that the pooler lends to others. Empty for a server that does not say.
 */
export async function optionsNotKept(
  control: Connection,
  alias: string,
  limits: ConnectionLimits,
): Promise<readonly string[]> {
  const { statementTimeoutSeconds, idleInTransactionTimeoutSeconds, readOnly } =
    limits;
  const asked = [
    ["default_transaction_read_only", readOnly ? "on" : "", "read-only"],
    [
      "statement_timeout",
      milliseconds(statementTimeoutSeconds),
      "statement timeout",
    ],
    [
      "idle_in_transaction_session_timeout",
      milliseconds(idleInTransactionTimeoutSeconds),
      "idle-in-transaction timeout",
    ],
  ].filter(([, value]) => value !== "");
  if (asked.length === 0) {
    return [];
  }
  const names = asked.map(([name = ""]) => quoteLiteral(name)).join(", ");
  const sql = `SELECT name::text AS name, setting::text AS value FROM pg_catalog.pg_settings WHERE name IN (${names})`;
  const rows = await control
    .rows(`FROM postgres_query(${quoteLiteral(alias)}, ${quoteLiteral(sql)})`)
    .catch(() => []);
  const found = new Map(rows.map(([name, value]) => [name, value]));
  return asked.flatMap(([name, value, title = ""]) =>
    found.has(name ?? "") && found.get(name ?? "") !== value ? [title] : [],
  );
}

function milliseconds(seconds: number): string {
  return seconds > 0 ? String(Math.round(seconds * 1000)) : "";
}
