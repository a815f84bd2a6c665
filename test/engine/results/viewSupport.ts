import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Cell } from "../../../src/core/results/result";
import type { ResultFilter, SortKey } from "../../../src/core/results/view";
import type { TestEngine } from "../../support/engineHarness";

/** A view of a result, as the host asks for it. */
export interface OpenedView {
  readonly resultId: string;
  readonly viewId: string;
  readonly rowCount: number;
}

/** Runs a statement and answers its result. */
export async function keep(
  engine: TestEngine,
  sql: string,
  on?: string,
): Promise<string> {
  const { resultId } = await engine.succeed(sql, on);
  assert.ok(resultId, `${sql}: no rows`);
  return resultId;
}

/** Opens a view of a result. */
export async function openView(
  engine: TestEngine,
  resultId: string,
  {
    sort = [],
    filters = [],
  }: {
    readonly sort?: readonly SortKey[];
    readonly filters?: readonly ResultFilter[];
  },
): Promise<OpenedView> {
  const taskId = `open ${randomUUID()}`;
  const view = await engine.handlers.openView({
    taskId,
    resultId,
    sort,
    filters,
  });
  return { ...view, resultId };
}

/** Rows of a view. */
export async function viewRows(
  engine: TestEngine,
  { resultId, viewId }: OpenedView,
  offset = 0,
  limit = 5000,
): Promise<readonly (readonly Cell[])[]> {
  const page = await engine.handlers.page({ resultId, viewId, offset, limit });
  return page.rows;
}

/** The cells of a column in the order of a view that is sorted by it. */
export async function sortedColumn(
  engine: TestEngine,
  resultId: string,
  { column = 0, descending = false } = {},
): Promise<Cell[]> {
  const view = await openView(engine, resultId, {
    sort: [{ column, descending }],
  });
  const rows = await viewRows(engine, view);
  return rows.map((row) => row[column] ?? null);
}
