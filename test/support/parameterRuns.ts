import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Cell } from "../../src/core/results/result";
import type { StatementOutcome } from "../../src/protocol/engine";
import type { StatementParameter } from "../../src/protocol/parameters";
import type { TestEngine } from "./engineHarness";

/** A value with its type; a text alone is `auto`, null is NULL. */
export type Given =
  string | null | Pick<StatementParameter, "type" | "value" | "typeName">;

/** Runs a statement with values for its parameters. */
export async function runWith(
  engine: TestEngine,
  text: string,
  values: Readonly<Record<string, Given>>,
  on?: string,
): Promise<StatementOutcome> {
  const { statements } = await engine.handlers.run({
    runId: `with-${randomUUID()}`,
    target:
      on === undefined
        ? { engine: "duckdb" }
        : { engine: "postgres", alias: on },
    statements: [{ text, parameters: parametersOf(values) }],
  });
  assert.ok(statements[0]);
  return statements[0];
}

/** The rows of a statement that has to succeed. */
export async function rowsWith(
  engine: TestEngine,
  text: string,
  values: Readonly<Record<string, Given>>,
  on?: string,
): Promise<readonly (readonly Cell[])[]> {
  const outcome = await runWith(engine, text, values, on);
  assert.equal(outcome.error, null, `${text}: ${outcome.error?.message}`);
  const { resultId } = outcome;
  assert.ok(resultId, `${text}: no rows`);
  const page = await engine.handlers.page({ resultId, offset: 0, limit: 1000 });
  return page.rows;
}

/** The error of a statement that has to fail. */
export async function errorWith(
  engine: TestEngine,
  text: string,
  values: Readonly<Record<string, Given>>,
  on?: string,
) {
  const { error, commandTag } = await runWith(engine, text, values, on);
  assert.ok(error, `${text}: ${commandTag}`);
  return error;
}

function parametersOf(
  values: Readonly<Record<string, Given>>,
): StatementParameter[] {
  return Object.entries(values).map(([key, given]) =>
    typeof given === "string" || given === null
      ? { key, type: given === null ? "null" : "auto", value: given }
      : { key, ...given },
  );
}
