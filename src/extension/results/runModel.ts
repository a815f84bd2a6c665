import type { EnvironmentRole } from "../../core/connections/attachment";
import type {
  EngineEvents,
  RunOutcome,
  RunTarget,
  StatementInput,
  StatementOutcome,
} from "../../protocol/engine";
import type { RunView, StatementView } from "../../protocol/panel";
import type { EngineEventMessage } from "../engine/engineSession";

/** What is known of a run before it begins. */
export interface RunStart {
  readonly runId: string;
  readonly target: RunTarget;
  readonly source: string;
  readonly startedAt: number;
  /** What the servers that it is about are used for, the most delicate of them. */
  readonly environment?: EnvironmentRole | null;
  /** Texts as they are shown: redacted. */
  readonly statements: readonly StatementInput[];
}

/** The view of a run in which nothing has happened yet. */
export function openRun(start: RunStart): RunView {
  return {
    runId: start.runId,
    target: start.target.engine === "duckdb" ? "DuckDB" : start.target.alias,
    native: start.target.engine === "postgres",
    environment: start.environment ?? null,
    source: start.source,
    startedAt: start.startedAt,
    state: "running",
    statements: start.statements.map((statement, index) => ({
      index,
      text: statement.text,
      state: "waiting",
      result: null,
      percentage: null,
      notices: [],
      outcome: null,
    })),
  };
}

/** The run after an engine event; the same object when the event is not about it. */
export function applyEvent(run: RunView, message: EngineEventMessage): RunView {
  switch (message.event) {
    case "statementStarted":
      return about(run, message.payload, () => ({ state: "running" }));
    case "resultOpened": {
      const { resultId, columns, rowCount } = message.payload;
      const { timeZone = null } = message.payload;
      return about(run, message.payload, () => ({
        result: { resultId, columns, rowCount, timeZone },
      }));
    }
    case "statementProgress":
      return about(run, message.payload, (statement) =>
        progressed(statement, message.payload),
      );
    case "notice": {
      const { notice } = message.payload;
      return about(run, message.payload, (statement) => ({
        notices: [...statement.notices, notice],
      }));
    }
    case "statementEnded": {
      const { runId, outcome } = message.payload;
      return about(run, { runId, index: outcome.index }, () => ended(outcome));
    }
    case "writeQuestion":
    case "catalogsChanged":
    case "log":
    case "taskProgress":
      return run;
  }
}

/** The run after it has ended: what the outcome says counts, whatever events were missed. */
export function closeRun(run: RunView, outcome: RunOutcome): RunView {
  const statements = run.statements.map((statement) => {
    const found = outcome.statements.find(
      ({ index }) => index === statement.index,
    );
    return found === undefined ? statement : { ...statement, ...ended(found) };
  });
  const last = outcome.statements.at(-1);
  return {
    ...run,
    statements: statements.map(notReached),
    state: last?.status ?? "succeeded",
  };
}

/** The run after the engine was lost: the statement that ran has failed, rows so far are not to be had. */
export function failRun(
  run: RunView,
  error: NonNullable<StatementOutcome["error"]>,
): RunView {
  const at = run.statements.findIndex(({ outcome }) => outcome === null);
  const statements = run.statements.map((statement) =>
    statement.index === at
      ? { ...statement, ...lost(statement, error) }
      : statement,
  );
  return { ...run, statements: statements.map(notReached), state: "failed" };
}

/** Of a run that is over, what still waits is not going to run. */
function notReached(statement: StatementView): StatementView {
  return statement.state === "waiting"
    ? { ...statement, state: "notRun" }
    : statement;
}

/** The run while the user is asked whether a statement may write, or after the answer. */
export function confirming(
  run: RunView,
  statement: { readonly runId: string; readonly index: number },
  isOpen: boolean,
): RunView {
  return about(run, statement, () => ({ confirming: isOpen }));
}

/** The run after the user asked for its end. */
export function cancelling(run: RunView): RunView {
  return run.state === "running" ? { ...run, state: "cancelling" } : run;
}

function about(
  run: RunView,
  { runId, index }: { readonly runId: string; readonly index: number },
  change: (statement: StatementView) => Partial<StatementView>,
): RunView {
  if (runId !== run.runId) {
    return run;
  }
  const statements = run.statements.map((statement) =>
    statement.index === index
      ? { ...statement, ...change(statement) }
      : statement,
  );
  return { ...run, statements };
}

function progressed(
  statement: StatementView,
  { rowCount, percentage }: EngineEvents["statementProgress"],
): Partial<StatementView> {
  const result =
    statement.result === null ? null : { ...statement.result, rowCount };
  return { percentage, result };
}

function ended(outcome: StatementOutcome): Partial<StatementView> {
  const { resultId, columns, rowCount, timeZone = null } = outcome;
  return {
    state: outcome.status,
    result:
      resultId === null ? null : { resultId, columns, rowCount, timeZone },
    percentage: null,
    confirming: false,
    notices: outcome.notices,
    outcome,
  };
}

function lost(
  statement: StatementView,
  error: NonNullable<StatementOutcome["error"]>,
): Partial<StatementView> {
  return ended({
    index: statement.index,
    status: "failed",
    resultId: null,
    columns: [],
    rowCount: 0,
    complete: false,
    commandTag: "",
    notices: statement.notices,
    sent: [],
    elapsedMs: 0,
    firstRowsMs: null,
    error,
  });
}
