import { viaductError } from "../../core/errors/makeError";
import type { ViaductError } from "../../core/errors/viaductError";
import { hasIdentifier } from "../../core/sql/identifiers";
import { lex } from "../../core/sql/lexer";
import { tokenValue } from "../../core/sql/tokenText";
import { lastingEffect } from "../../core/sql/writes";
import { serverCalls } from "../../core/sql/writeTargets";
import type { Cell } from "../../core/results/result";
import type { Connection } from "../duckdb";
import { secretName } from "../attachments/scanner";
import type { Watched } from "./watched";

/** The function that sends any SQL to a server: it can end DuckDB's read-only transaction (engine-facts, fact 5). */
const escapeFunction = "postgres_execute";
/** Settings whose value the extension sends to servers by itself, outside of any transaction (measured). */
const sendingSettings = ["pg_pool_health_check_query", "pg_staleness_query"];
const readingWords = new Set(["SELECT", "FROM", "WITH", "RESET", "DESCRIBE"]);

/** How often `postgres_execute` is called in plain sight, on databases that may be written to. */
function allowedCalls(sql: string, { readOnly }: Watched): number {
  const names = new Set(readOnly.map((name) => name.toLowerCase()));
  return serverCalls(sql).filter(
    ({ name, alias }) =>
      name === escapeFunction &&
      alias !== undefined &&
      !names.has(alias.toLowerCase()),
  ).length;
}

/** Throws for settings that make the extension send SQL by itself, whatever is attached. */
export function refuseSending(sql: string): void {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const values = tokens.map((token) => tokenValue(sql, token).toLowerCase());
  const isReading = readingWords.has(values[0]?.toUpperCase() ?? "");
  const setting = sendingSettings.find((name) => values.includes(name));
  const pool = hasIdentifier(sql, "postgres_configure_pool");
  if (
    (setting !== undefined && !isReading) ||
    (pool && hasIdentifier(sql, "health_check_query"))
  ) {
    throw viaductError(
      "readOnly",
      `${setting ?? "health_check_query"} is refused: its SQL would go to servers without being seen, and outside of their read-only transactions.`,
      { actions: [], hint: "Run the SQL as a statement of its own." },
    );
  }
}

/** Throws `readOnly` when the text of a statement shows a way around a database that is attached read-only. */
export function refuseByText(sql: string, watched: Watched): void {
  if (watched.readOnly.length === 0) {
    return;
  }
  const named = lex(sql).filter(
    (token) =>
      token.kind !== "comment" &&
      tokenValue(sql, token).toLowerCase().includes(escapeFunction),
  );
  if (
    named.length > allowedCalls(sql, watched) ||
    (named.length === 0 && hasIdentifier(sql, escapeFunction))
  ) {
    throw refusal(named[0]?.start);
  }
  refuseEffects(sql, watched);
  refuseSecrets(sql, watched);
}

/** Advisory locks, large objects' files, other servers: a read-only transaction lets them through. */
function refuseEffects(sql: string, { readOnly }: Watched): void {
  if (!hasIdentifier(sql, "postgres_query")) {
    return;
  }
  const names = new Set(readOnly.map((name) => name.toLowerCase()));
  const calls = serverCalls(sql);
  const guarded = calls.filter(
    ({ alias }) => alias === undefined || names.has(alias.toLowerCase()),
  );
  if (guarded.some(({ sql: inner }) => inner === undefined)) {
    throw viaductError(
      "readOnly",
      "postgres_query() takes its SQL as a literal while a database is attached read-only: what a variable or an expression holds cannot be checked.",
      {
        hint: "Write the SQL as a literal, or run it natively on the database.",
      },
    );
  }
  const texts =
    calls.length === 0 ? [sql] : guarded.map(({ sql: inner }) => inner ?? "");
  const effect = texts.map(lastingEffect).find((name) => name !== undefined);
  if (effect !== undefined) {
    throw effectRefusal(effect);
  }
}

/** The password of a read-only attachment is not for an ATTACH with options of its own. */
function refuseSecrets(sql: string, { secretsOf }: Watched): void {
  const tokens = lex(sql).filter(({ kind }) => kind !== "comment");
  const values = tokens.map((token) => tokenValue(sql, token).toLowerCase());
  if (!values.includes("attach")) {
    return;
  }
  const secret = values.lastIndexOf("secret");
  const isPlain = secret < 0 || [",", ")"].includes(values[secret + 2] ?? ")");
  const mine = secretsOf.map((alias) => secretName(alias).toLowerCase());
  if (!isPlain || mine.some((name) => values.includes(name))) {
    throw viaductError(
      "readOnly",
      "The secret of a database that is attached read-only cannot be used for another ATTACH: it could write with it.",
      { hint: "Name a secret of your own, or attach through Viaduct." },
    );
  }
}

/** Throws `readOnly` when DuckDB's own plan calls `postgres_execute` where the text does not show it. */
export function refuseByPlan(
  plan: readonly (readonly Cell[])[],
  sql: string,
  watched: Watched,
): void {
  if (
    hiddenCalls(plan, "POSTGRES_EXECUTE") > allowedCalls(sql, watched) ||
    (hiddenCalls(plan, "POSTGRES_CONFIGURE_POOL") > 0 &&
      !hasIdentifier(sql, "postgres_configure_pool"))
  ) {
    throw refusal(undefined);
  }
}

/** How often a plan calls a function. */
export function hiddenCalls(
  plan: readonly (readonly Cell[])[],
  name: string,
): number {
  return plan
    .flat()
    .reduce(
      (count, cell) =>
        count + (cell ?? "").split(`"name": "${name}`).length - 1,
      0,
    );
}

/**
 * The same for a statement that DuckDB takes apart and whose first parts are run to prepare the last: what a PIVOT reads
 * is checked, and what cannot be checked is refused.
 */
export async function refuseByParts(
  connection: Connection,
  sql: string,
  watched: Watched,
): Promise<void> {
  if (watched.readOnly.length === 0 || /^COPY\s+FROM\s+DATABASE\b/i.test(sql)) {
    // COPY FROM DATABASE reads tables and copies the definition of views; DuckDB itself looks at what it writes to.
    return;
  }
  const sources = pivotSources(sql);
  if (sources.length === 0) {
    throw uncheckable();
  }
  for (const source of sources) {
    const plan = await connection
      .preparedRows(`EXPLAIN (FORMAT json) ${source}`)
      .catch(() => null);
    if (plan === null) {
      throw uncheckable();
    }
    refuseByPlan(plan, sql, watched);
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

/** What a function does that a read-only transaction does not hold back. */
export function effectRefusal(name: string): ViaductError {
  return viaductError(
    "readOnly",
    `${name} is refused on a database that is attached read-only: what it does outlives a read-only transaction.`,
  );
}

/** For what could write, and shows nothing of it beforehand. */
export function uncheckable(): ViaductError {
  return viaductError(
    "readOnly",
    "What this statement reads cannot be checked beforehand, and it could write to a database that is attached read-only.",
    {
      hint: "Make a table of what it reads first, or name the values: PIVOT … ON column IN (…).",
    },
  );
}

function refusal(position: number | undefined): ViaductError {
  return viaductError(
    "readOnly",
    "postgres_execute is refused while a database is attached read-only, because it can write there all the same.",
    {
      hint: "Attach the database with writes allowed, or run the statement natively on a database that allows writes.",
      position,
    },
  );
}
