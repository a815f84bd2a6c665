import assert from "node:assert/strict";
import type { ErrorInfo } from "../../../src/core/errors/errorInfo";
import {
  applyEvent,
  cancelling,
  closeRun,
  failRun,
  openRun,
} from "../../../src/extension/results/runModel";
import type { StatementOutcome } from "../../../src/protocol/engine";

const start = openRun({
  runId: "run-1",
  target: { engine: "postgres", alias: "source_memories" },
  source: "a.sql",
  startedAt: 0,
  statements: [{ text: "SELECT 1" }, { text: "SELECT 2" }],
});

function outcome(
  index: number,
  status: StatementOutcome["status"],
): StatementOutcome {
  return {
    index,
    status,
    resultId: `r${String(index)}`,
    columns: [{ name: "a", type: "INTEGER" }],
    rowCount: 7,
    complete: status === "succeeded",
    commandTag: "SELECT 7",
    notices: [],
    sent: [],
    elapsedMs: 1,
    firstRowsMs: 1,
    error: null,
  };
}

const error: ErrorInfo = {
  class: "engineCrashed",
  origin: "viaduct",
  message: "gone",
  hint: "again",
  actions: ["retry"],
};

describe("runModel", () => {
  it("begins with every statement waiting", () => {
    assert.equal(start.target, "source_memories");
    assert.equal(start.native, true);
    assert.deepEqual(
      start.statements.map(({ state }) => state),
      ["waiting", "waiting"],
    );
  });

  it("follows a statement from its first rows to its end", () => {
    const about = { runId: "run-1", index: 0 };
    let run = applyEvent(start, { event: "statementStarted", payload: about });
    assert.equal(run.statements[0]?.state, "running");
    run = applyEvent(run, {
      event: "resultOpened",
      payload: {
        ...about,
        resultId: "r0",
        columns: [],
        timeZone: "Europe/Berlin",
        rowCount: 2,
        firstRowsMs: 1,
      },
    });
    assert.equal(run.statements[0]?.result?.timeZone, "Europe/Berlin");
    run = applyEvent(run, {
      event: "statementProgress",
      payload: { ...about, rowCount: 5, percentage: 40 },
    });
    assert.equal(run.statements[0]?.result?.rowCount, 5);
    assert.equal(run.statements[0].result.timeZone, "Europe/Berlin");
    assert.equal(run.statements[0].percentage, 40);
    run = applyEvent(run, {
      event: "notice",
      payload: { ...about, notice: { severity: "NOTICE", message: "hello" } },
    });
    assert.equal(run.statements[0]?.notices[0]?.message, "hello");
    run = applyEvent(run, {
      event: "statementEnded",
      payload: { runId: "run-1", outcome: outcome(0, "succeeded") },
    });
    assert.equal(run.statements[0]?.state, "succeeded");
    assert.equal(run.statements[0].result?.rowCount, 7);
    assert.equal(run.statements[1]?.state, "waiting");
  });

  it("is not touched by the events of another run", () => {
    const run = applyEvent(start, {
      event: "statementStarted",
      payload: { runId: "run-0", index: 0 },
    });
    assert.equal(run, start);
  });

  it("says of a statement that was not reached that it is not run, and not that it waits", () => {
    const closed = closeRun(start, {
      runId: "run-1",
      statements: [outcome(0, "failed")],
    });
    assert.equal(closed.statements[1]?.state, "notRun");
    assert.deepEqual(
      failRun(start, error).statements.map(({ state }) => state),
      ["failed", "notRun"],
    );
  });

  it("ends as its last statement ended, whatever events were missed", () => {
    const run = closeRun(start, {
      runId: "run-1",
      statements: [outcome(0, "succeeded"), outcome(1, "failed")],
    });
    assert.equal(run.state, "failed");
    assert.equal(run.statements[0]?.outcome?.rowCount, 7);
  });

  it("fails at the statement that ran when the engine is lost, and never looks complete", () => {
    const after = applyEvent(start, {
      event: "statementEnded",
      payload: { runId: "run-1", outcome: outcome(0, "succeeded") },
    });
    const run = failRun(after, error);
    assert.equal(run.state, "failed");
    assert.equal(run.statements[0]?.state, "succeeded");
    assert.equal(run.statements[1]?.outcome?.error?.class, "engineCrashed");
    assert.equal(run.statements[1].outcome.complete, false);
  });

  it("shows that a cancel is under way only while it runs", () => {
    assert.equal(cancelling(start).state, "cancelling");
    const ended = closeRun(start, {
      runId: "run-1",
      statements: [outcome(0, "succeeded")],
    });
    assert.equal(cancelling(ended), ended);
  });
});
