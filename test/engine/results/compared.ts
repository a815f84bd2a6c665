import type {
  ComparedSide,
  Comparison,
} from "../../../src/protocol/comparison";
import type { ResultRequests, RowsRef } from "../../../src/protocol/results";
import type { TestEngine } from "../../support/engineHarness";
import { keep } from "./viewSupport";

type Key = ResultRequests["compareResults"]["params"]["key"];

/** Comparisons of kept results, each as a task of its own: `compare-1`, `compare-2`, … */
export class Compares {
  private tasks = 0;

  constructor(private readonly engine: () => TestEngine) {}

  /** The name of the latest one. */
  get taskId(): string {
    return `compare-${this.tasks}`;
  }

  rows(left: RowsRef, right: RowsRef, key: Key = null): Promise<Comparison> {
    this.tasks += 1;
    const { taskId } = this;
    return this.engine().handlers.compareResults({ taskId, left, right, key });
  }

  /** Compares what two statements return. */
  async statements(
    left: string,
    right: string,
    key: Key = null,
  ): Promise<Comparison> {
    return this.rows(await this.kept(left), await this.kept(right), key);
  }

  async kept(sql: string): Promise<RowsRef> {
    return { resultId: await keep(this.engine(), sql), viewId: null };
  }

  /** Everything that differs on one side: rows with their columns, null for a row of this side alone. */
  async marked(
    { compareId }: Comparison,
    side: ComparedSide,
  ): Promise<unknown[]> {
    const found = await this.engine().handlers.differencesIn({
      compareId,
      side,
      fromRow: 0,
      toRow: 1_000_000,
    });
    return found.map(({ row, columns }) => [row, columns]);
  }

  /** Where so many steps lead, from before the first row. */
  async steps(
    { compareId }: Comparison,
    side: ComparedSide,
    count: number,
    forward = true,
  ): Promise<unknown[]> {
    const found: unknown[] = [];
    let at: { row: number | null; other: number | null; column: number } = {
      row: 0,
      other: null,
      column: forward ? -1 : 0,
    };
    for (let step = 0; step < count; step += 1) {
      const next = await this.engine().handlers.nextDifference({
        compareId,
        side,
        forward,
        ...at,
      });
      if (next === null) return found;
      const { left, right, cell, ordinal } = next;
      found.push([left, right, cell?.[side] ?? null, ordinal]);
      at = {
        row: next[side],
        other: side === "left" ? right : left,
        column: cell?.[side] ?? 0,
      };
    }
    return found;
  }
}

/** Rows that only the left has, only the right, and that differ. */
export function countsOf(found: Comparison): readonly number[] {
  return [found.onlyLeft, found.onlyRight, found.different];
}
