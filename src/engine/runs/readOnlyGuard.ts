import { viaductError } from "../../core/errors/makeError";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { ViaductError } from "../../core/errors/viaductError";
import { lex } from "../../core/sql/lexer";
import type { Connection } from "../duckdb";

/** The function that sends any SQL to a server: it can end DuckDB's read-only transaction (engine-facts, fact 5). */
const escapeFunction = "postgres_execute";

/** Throws `readOnly` when a statement names `postgres_execute`, also inside a string (`query('…')`) or quoted. */
export function refuseByName(sql: string): void {
  for (const token of lex(sql)) {
    if (token.kind === "comment") {
      continue;
    }
    const at = sql
      .slice(token.start, token.end)
      .toLowerCase()
      .indexOf(escapeFunction);
    if (at >= 0) {
      throw new ViaductError(refusal(token.start + at));
    }
  }
}

/**
 * Throws `readOnly` when DuckDB's own plan of a statement calls `postgres_execute`: a macro or a view of the
 * workspace's file, or a text that is put together, does not show its name.
 */
export async function refuseByPlan(
  connection: Connection,
  sql: string,
): Promise<void> {
  const plan = await connection
    .rows(`EXPLAIN (FORMAT json) ${sql}`)
    .catch(() => []);
  if (
    plan.some((row) =>
      row.some((cell) => cell?.toLowerCase().includes(escapeFunction) === true),
    )
  ) {
    throw new ViaductError(refusal(undefined));
  }
}

function refusal(position: number | undefined): ErrorInfo {
  return viaductError(
    "readOnly",
    "postgres_execute is refused while a database is attached read-only, because it can write there all the same.",
    {
      hint: "Attach the database with writes allowed, or run the statement natively on a database that allows writes.",
      position,
    },
  ).info;
}
