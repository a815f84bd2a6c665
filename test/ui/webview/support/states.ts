import type { RunView, TabView } from "../../../../src/protocol/panel";
import type { FakeResult } from "./fakeHost";
import {
  ended,
  memoryColumns,
  memoryRows,
  open,
  relationMissing,
  run,
} from "./runs";
import { rowsStates } from "./rowsStates";

/** A state of the panel that is designed, not left over. */
export interface PanelState {
  readonly run: RunView | null;
  readonly results?: Readonly<Record<string, FakeResult>>;
  /** What is told of the run's tab, where it is not an ordinary one. */
  readonly tab?: Partial<TabView>;
}

const hybrid =
  "SELECT m.*, r.source\nFROM memory.consolidated_memories m\nJOIN source_memories.public.raw_memories r USING (memory_id)\nWHERE r.created_at > now() - INTERVAL 30 DAY";
const sent = [
  {
    alias: "source_memories",
    sql: "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
  },
  {
    alias: "source_memories",
    sql: 'COPY (SELECT "memory_id", "content", "source", "created_at" FROM "public"."raw_memories" WHERE "created_at" > \'2026-10-23 08:00:00+00\'::TIMESTAMPTZ) TO STDOUT (FORMAT "binary")',
  },
];
const rows = {
  columns: memoryColumns,
  resultId: "memories",
  rowCount: 1284,
  commandTag: "SELECT 1284",
  elapsedMs: 132.4,
  firstRowsMs: 41,
  sent,
};
const results = { memories: { rows: memoryRows(1284) } };
const lost = {
  class: "connectionLost",
  origin: "duckdb",
  message:
    "The connection to source_memories was lost while its rows were read.",
  hint: "Reconnect and run the statement again.",
  actions: ["reconnect", "retry", "showLog"],
} as const;
const native = { target: "source_memories", native: true };

/** Every state, by the name of its picture. */
export const panelStates: Readonly<Record<string, PanelState>> = {
  first: { run: null },
  rows: { run: run([ended(0, hybrid, rows)]), results },
  "running-no-rows": {
    run: run([open(0, hybrid)], { state: "running" }),
  },
  "running-rows": {
    run: run(
      [
        open(0, hybrid, {
          percentage: 38,
          result: { ...rows, rowCount: 1284 },
        }),
      ],
      { state: "running" },
    ),
    results,
  },
  cancelling: {
    run: run(
      [
        open(0, "SELECT pg_sleep(60)", {
          notices: [{ severity: "NOTICE", message: "about to sleep" }],
        }),
      ],
      { ...native, state: "cancelling" },
    ),
  },
  waiting: {
    run: run(
      [
        open(0, "SELECT count(*) FROM memory.consolidated_memories"),
        open(1, hybrid, { state: "waiting" }),
        open(2, "DROP TABLE scratch", { state: "waiting" }),
      ],
      { state: "running" },
    ),
  },
  empty: {
    run: run([
      ended(0, hybrid, {
        ...rows,
        resultId: "none",
        rowCount: 0,
        commandTag: "SELECT 0",
      }),
    ]),
  },
  tag: {
    run: run(
      [
        ended(
          0,
          "DO $$ BEGIN RAISE NOTICE 'consolidating 20 memories'; END $$",
          {
            commandTag: "DO",
            notices: [
              { severity: "NOTICE", message: "consolidating 20 memories" },
              {
                severity: "WARNING",
                message:
                  "two of them have no embedding:\n  9007199254740993\n  9007199254741000",
              },
              { severity: "INFO", message: "done" },
            ],
            sent: [
              {
                alias: "source_memories",
                sql: "DO $$ BEGIN RAISE NOTICE 'consolidating 20 memories'; END $$",
              },
            ],
          },
        ),
      ],
      native,
    ),
  },
  failed: {
    run: run(
      [
        ended(0, "SELECT * FROM public.raw_memory", {
          status: "failed",
          complete: false,
          error: relationMissing,
          elapsedMs: 4,
          sent: [
            {
              alias: "source_memories",
              sql: "SELECT * FROM public.raw_memory",
            },
          ],
        }),
      ],
      { ...native, state: "failed" },
    ),
  },
  cancelled: {
    run: run(
      [
        ended(0, "SELECT pg_sleep(60)", {
          status: "cancelled",
          complete: false,
          elapsedMs: 2310,
          sent: [{ alias: "source_memories", sql: "SELECT pg_sleep(60)" }],
        }),
      ],
      { ...native, state: "cancelled" },
    ),
  },
  "cancelled-rows": {
    run: run(
      [
        ended(0, hybrid, {
          ...rows,
          status: "cancelled",
          complete: false,
          commandTag: "",
        }),
      ],
      { state: "cancelled" },
    ),
    results,
  },
  incomplete: {
    run: run(
      [
        ended(0, hybrid, {
          ...rows,
          status: "failed",
          complete: false,
          commandTag: "",
          error: lost,
        }),
      ],
      { state: "failed" },
    ),
    results,
  },
  "local-copy": {
    run: run([
      ended(0, hybrid, {
        ...rows,
        sent: [],
        notices: [
          {
            severity: "WARNING",
            message:
              '"source_memories" is not reachable: its rows come from the local copy of public.raw_memories (2026-11-20T08:14:03Z). Changes on the server since then are not in it.',
          },
          { severity: "INFO", message: "said beside it" },
        ],
      }),
    ]),
    results,
  },
  several: {
    run: run(
      [
        ended(0, "ATTACH …", { commandTag: "ATTACH", elapsedMs: 21 }),
        ended(1, hybrid, {
          ...rows,
          notices: [
            {
              severity: "WARNING",
              message: "NUMERIC without precision is read as DOUBLE",
            },
          ],
        }),
        ended(2, "SELECT * FROM public.raw_memory", {
          status: "failed",
          complete: false,
          error: relationMissing,
        }),
        open(3, "DROP TABLE scratch", { state: "notRun" }),
      ],
      { state: "failed" },
    ),
    results,
  },
  ...rowsStates,
};
