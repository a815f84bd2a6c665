import assert from "node:assert/strict";
import type {
  FindQuery,
  SelectionAggregate,
} from "../../../src/protocol/results";
import type { TestEngine } from "../../support/engineHarness";

/** The id of the kept result of a statement. */
export async function keptResult(
  engine: TestEngine,
  sql: string,
  on?: string,
): Promise<string> {
  const { resultId } = await engine.succeed(sql, on);
  assert.ok(resultId);
  return resultId;
}

/** Searches in kept results, each as a task of its own: `find-1`, `find-2`, … */
export class Searches {
  private count = 0;

  constructor(private readonly engine: () => TestEngine) {}

  /** The name of the latest one. */
  get taskId(): string {
    return `find-${this.count}`;
  }

  find(
    resultId: string,
    query: Partial<FindQuery>,
    viewId: string | null = null,
  ): Promise<{ findId: string; matches: number }> {
    this.count += 1;
    return this.engine().handlers.find({
      taskId: this.taskId,
      resultId,
      viewId,
      query: {
        text: "",
        matchCase: false,
        wholeCell: false,
        regex: false,
        columns: [],
        ...query,
      },
    });
  }

  /** All that is found, as row and column. */
  async cells(
    resultId: string,
    query: Partial<FindQuery>,
    viewId: string | null = null,
  ): Promise<(readonly [number, number])[]> {
    const { findId, matches } = await this.find(resultId, query, viewId);
    const found = await this.engine().handlers.findIn({
      findId,
      fromRow: 0,
      toRow: 1_000_000,
    });
    assert.equal(found.length, matches);
    return found.map(({ row, column }) => [row, column]);
  }
}

/** Cells of a kept result: the first column of all rows when nothing else is said. */
export interface Selected {
  readonly columns?: readonly number[];
  readonly fromRow?: number;
  readonly toRow?: number;
  readonly on?: string;
}

/** What cells of a statement's result come to. */
export async function aggregateOf(
  engine: TestEngine,
  sql: string,
  { columns = [0], fromRow = 0, toRow = 1_000_000, on }: Selected = {},
): Promise<SelectionAggregate> {
  return engine.handlers.aggregate({
    taskId: "aggregate",
    resultId: await keptResult(engine, sql, on),
    viewId: null,
    columns,
    fromRow,
    toRow,
  });
}
