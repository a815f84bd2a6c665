import type { ErrorInfo } from "../../core/errors/errorInfo";
import { errorInfo } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { lex } from "../../core/sql/lexer";
import { tokenValue } from "../../core/sql/tokenText";
import type { Connection } from "../duckdb";

/** The function that sends any SQL to a server: it can end DuckDB's read-only transaction (engine-facts, fact 5). */
const escapeFunction = "postgres_execute";

/** Throws `readOnly` when a statement names `postgres_execute`, also inside a string (`query('…')`) or quoted. */
export function refuseByName(sql: string): void {
  for (const token of lex(sql)) {
    const isNamed =
      token.kind !== "comment" &&
      tokenValue(sql, token).toLowerCase().includes(escapeFunction);
    if (isNamed) {
      throw new ViaductError(refusal(token.start));
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
    // Prepared, because a text of several statements would be run to its end.
    .preparedRows(`EXPLAIN (FORMAT json) ${explainable(sql)}`)
    .catch(() => []);
  const isCalled = plan.some((row) =>
    row.some((cell) => cell?.toLowerCase().includes(escapeFunction) === true),
  );
  if (isCalled) {
    throw new ViaductError(refusal(undefined));
  }
}

/** The part of a statement that EXPLAIN takes: of EXPLAIN ANALYZE, PREPARE … AS and CALL what is behind these words. */
function explainable(sql: string): string {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const word = (index: number): string => {
    const token = tokens[index];
    return token === undefined
      ? ""
      : sql.slice(token.start, token.end).toUpperCase();
  };
  const from = (index: number): string => sql.slice(tokens[index]?.start ?? 0);
  switch (word(0)) {
    case "CALL":
      return `FROM ${from(1)}`;
    case "PREPARE": {
      const as = tokens.findIndex((_, index) => word(index) === "AS");
      return as < 0 ? sql : from(as + 1);
    }
    case "EXPLAIN": {
      let index = word(1) === "ANALYZE" ? 2 : 1;
      if (word(index) === "(") {
        index = tokens.findIndex((_, at) => at > index && word(at) === ")") + 1;
      }
      return from(index);
    }
    default:
      return sql;
  }
}

function refusal(position: number | undefined): ErrorInfo {
  return errorInfo(
    "readOnly",
    "postgres_execute is refused while a database is attached read-only, because it can write there all the same.",
    {
      hint: "Attach the database with writes allowed, or run the statement natively on a database that allows writes.",
      position,
    },
  );
}
