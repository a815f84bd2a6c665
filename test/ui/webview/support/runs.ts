import type { ErrorInfo } from "../../../../src/core/errors/errorInfo";
import type { ResultColumn } from "../../../../src/core/results/result";
import type { StatementOutcome } from "../../../../src/protocol/engine";
import type { RunView, StatementView } from "../../../../src/protocol/panel";

/** Columns of the demo's hybrid join. */
export const memoryColumns: readonly ResultColumn[] = [
  { name: "memory_id", type: "BIGINT" },
  { name: "content", type: "VARCHAR" },
  { name: "importance", type: "DECIMAL(5,3)" },
  { name: "created_at", type: "TIMESTAMP WITH TIME ZONE" },
  { name: "tags", type: "VARCHAR[]" },
  { name: "source", type: "VARCHAR" },
  { name: "embedding_model", type: "VARCHAR" },
];

const contents = [
  "User prefers dark themes in every editor",
  "Deployed the billing service on Friday\nRolled back on Saturday",
  "Met Ana about the Q3 roadmap; she wants cross-database joins",
  "",
  "Dentist, Tuesday 10:30",
  "The staging database moved to a new host last week, credentials are in the vault",
];

/** Rows like those of the demo. */
export function memoryRows(count: number): (string | null)[][] {
  return Array.from({ length: count }, (_, index) => [
    String(9_007_199_254_740_993n + BigInt(index * 7)),
    contents[index % contents.length] ?? "",
    (0.125 + ((index * 37) % 875) / 1000).toFixed(3),
    `2026-0${1 + (index % 9)}-1${index % 10} 08:${10 + (index % 50)}:00.12345+00`,
    index % 4 === 0 ? null : "[work, planning]",
    index % 3 === 0 ? "slack" : index % 3 === 1 ? "email" : "NULL",
    index % 5 === 0 ? null : "text-embedding-3-small",
  ]);
}

/** Columns for synthetic cells. */
export function syntheticColumns(count: number): ResultColumn[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `column_${index}`,
    type: index % 3 === 0 ? "BIGINT" : "VARCHAR",
  }));
}

/** How a statement ended: succeeded without rows unless said otherwise. */
function outcome(
  index: number,
  changes: Partial<StatementOutcome> = {},
): StatementOutcome {
  return {
    index,
    status: "succeeded",
    resultId: null,
    columns: [],
    rowCount: 0,
    complete: true,
    commandTag: "",
    notices: [],
    sent: [],
    elapsedMs: 12,
    firstRowsMs: null,
    error: null,
    ...changes,
  };
}

/** A statement that has ended. */
export function ended(
  index: number,
  text: string,
  changes: Partial<StatementOutcome>,
): StatementView {
  const end = outcome(index, changes);
  return {
    index,
    text,
    state: end.status,
    result:
      end.resultId === null
        ? null
        : {
            resultId: end.resultId,
            columns: end.columns,
            rowCount: end.rowCount,
          },
    percentage: null,
    notices: end.notices,
    outcome: end,
  };
}

/** A statement that waits or runs. */
export function open(
  index: number,
  text: string,
  changes: Partial<StatementView> = {},
): StatementView {
  return {
    index,
    text,
    state: "running",
    result: null,
    percentage: null,
    notices: [],
    outcome: null,
    ...changes,
  };
}

/** A run of statements. */
export function run(
  statements: readonly StatementView[],
  changes: Partial<RunView> = {},
): RunView {
  return {
    runId: "run-1",
    target: "DuckDB",
    native: false,
    source: "hybrid_memories.sql",
    startedAt: Date.now(),
    state: "succeeded",
    statements,
    ...changes,
  };
}

/** A finished run with one result of synthetic rows. */
export function syntheticRun(rowCount: number, columns: number): RunView {
  return run([
    ended(0, "SELECT * FROM big", {
      resultId: "big",
      columns: syntheticColumns(columns),
      rowCount,
      elapsedMs: 812,
      firstRowsMs: 9,
      commandTag: `SELECT ${rowCount}`,
    }),
  ]);
}

/** An error like one of PostgreSQL's. */
export const relationMissing: ErrorInfo = {
  class: "catalog",
  origin: "postgres",
  message:
    'relation "public.raw_memory" does not exist\nLINE 1: SELECT * FROM public.raw_memory',
  hint: 'Did you mean "public.raw_memories"? Check the name in the Viaduct view, or refresh it.',
  position: 14,
  code: "42P01",
  actions: ["goToError", "reconnect"],
};
