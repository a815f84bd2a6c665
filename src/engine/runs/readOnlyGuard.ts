import type { ErrorInfo } from "../../core/errors/errorInfo";
import { errorInfo } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { lex } from "../../core/sql/lexer";
import { tokenValue } from "../../core/sql/tokenText";
import type { Cell } from "../../core/results/result";
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
  if (callsEscape(plan)) {
    throw new ViaductError(refusal(undefined));
  }
}

/**
 * The same for a statement that DuckDB takes apart and whose first parts are run to prepare the last: what a PIVOT reads
 * is checked, and what cannot be checked is refused.
 */
export async function refuseByParts(
  connection: Connection,
  sql: string,
): Promise<void> {
  const sources = pivotSources(sql);
  if (sources.length === 0) {
    throw new ViaductError(refusal(undefined));
  }
  for (const source of sources) {
    const plan = await connection
      .preparedRows(`EXPLAIN (FORMAT json) ${source}`)
      .catch(() => null);
    if (plan === null || callsEscape(plan)) {
      throw new ViaductError(
        errorInfo(
          "readOnly",
          plan === null
            ? "What this statement reads cannot be checked beforehand, and it could write to a database that is attached read-only."
            : refusal(undefined).message,
          {
            hint: "Make a table of what PIVOT reads first, or name the values: PIVOT … ON column IN (…).",
          },
        ),
      );
    }
  }
}

/** What each PIVOT of a statement reads, as a statement of its own. */
function pivotSources(sql: string): string[] {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const word = (index: number): string => {
    const token = tokens[index];
    return token === undefined
      ? ""
      : sql.slice(token.start, token.end).toUpperCase();
  };
  return tokens.flatMap((token, index) => {
    if (word(index) !== "PIVOT" && word(index) !== "PIVOT_WIDER") {
      return [];
    }
    let depth = 0;
    let end = index + 1;
    for (; end < tokens.length; end++) {
      const text = word(end);
      if (depth === 0 && [")", "ON", "USING", "GROUP"].includes(text)) {
        break;
      }
      depth += text === "(" ? 1 : text === ")" ? -1 : 0;
    }
    const source = sql.slice(token.end, tokens[end]?.start ?? sql.length);
    const isBehindWith = word(0) === "WITH";
    return [`${isBehindWith ? sql.slice(0, token.start) : ""}FROM ${source}`];
  });
}

function callsEscape(plan: readonly (readonly Cell[])[]): boolean {
  return plan.some((row) =>
    row.some((cell) => cell?.toLowerCase().includes(escapeFunction) === true),
  );
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
