import { randomUUID } from "node:crypto";
import { viaductError } from "../../core/errors/makeError";
import type { Comparison, Difference } from "../../protocol/comparison";
import type { ResultRequests, RowsRef } from "../../protocol/results";
import { compareRows } from "./compareRows";
import type { Differences } from "./differences";
import type { ResultStore } from "./resultStore";
import type { ResultTask } from "./resultTasks";

interface Current {
  readonly taskId: string;
  readonly compareId: string;
  readonly rows: readonly RowsRef[];
  readonly table: string;
  /** Undefined until everything is compared. */
  differences: Differences | undefined;
  /** Nobody will ask for it: it was superseded, closed, or rows of it are gone. */
  isOver: boolean;
  /** It has an answer, or has failed and left nothing behind. */
  answered: Promise<unknown>;
}

/** Comparisons of two results: the latest one can be asked about. */
export class Comparisons {
  private current: Current | undefined;
  private count = 0;

  constructor(private readonly store: ResultStore) {}

  /** Compares all rows. A newer comparison ends this one, which fails as `cancelled`. */
  compare(
    params: ResultRequests["compareResults"]["params"],
  ): Promise<Comparison> {
    this.count += 1;
    const table = `d${this.count}`;
    const current: Current = {
      taskId: params.taskId,
      compareId: `${randomUUID().slice(0, 8)}-${table}`,
      rows: [params.left, params.right],
      table,
      differences: undefined,
      isOver: false,
      answered: Promise.resolve(),
    };
    const older = this.current;
    this.current = current;
    const answer = this.answer(current, older, params);
    current.answered = answer.catch(() => undefined);
    return answer;
  }

  /** The nearest difference after or before a place, around the end. */
  next(
    params: ResultRequests["nextDifference"]["params"],
  ): Promise<Difference | null> {
    return this.ask(params.compareId, (differences, task) =>
      differences.next(task.connection, params),
    );
  }

  /** What differs in some rows. */
  within(
    params: ResultRequests["differencesIn"]["params"],
  ): Promise<ResultRequests["differencesIn"]["result"]> {
    return this.ask(params.compareId, (differences, task) =>
      differences.within(task.connection, params),
    );
  }

  /** A comparison is over; nothing happens when it was already. */
  close(compareId: string): Promise<void> {
    return this.endIf((current) => current.compareId === compareId);
  }

  /** Ends the comparison of results that are released. */
  closeResults(resultIds: readonly string[]): Promise<void> {
    return this.endIf(({ rows }) =>
      rows.some(({ resultId }) => resultIds.includes(resultId)),
    );
  }

  /** Ends the comparison of views that are closed. */
  closeViews(viewIds: readonly string[]): Promise<void> {
    return this.endIf(({ rows }) =>
      rows.some(({ viewId }) => viewId !== null && viewIds.includes(viewId)),
    );
  }

  private async answer(
    current: Current,
    older: Current | undefined,
    { taskId, left, right, key }: ResultRequests["compareResults"]["params"],
  ): Promise<Comparison> {
    const { views } = this.store;
    try {
      // The task is there at once, so that it can be cancelled while it waits.
      const { differences, found } = await this.store.on(
        taskId,
        left,
        async (task) => {
          await this.end(older);
          task.check();
          assertWanted(current);
          return compareRows(task, {
            left: await task.wait(views.relation(left)),
            right: await task.wait(views.relation(right)),
            table: current.table,
            key,
          });
        },
      );
      assertWanted(current);
      current.differences = differences;
      return { compareId: current.compareId, ...found };
    } catch (error) {
      await this.end(older);
      if (this.current === current) {
        this.current = undefined;
      }
      await this.drop(current);
      assertWanted(current);
      // What was released while it was read failed for no other reason.
      views.check(right);
      throw error;
    }
  }

  private ask<T>(
    compareId: string,
    question: (differences: Differences, task: ResultTask) => Promise<T>,
  ): Promise<T> {
    const { current } = this;
    const differences =
      current?.compareId === compareId ? current.differences : undefined;
    if (differences === undefined) {
      throw viaductError("resultGone", "This comparison is over.");
    }
    return this.store.tasks.run(randomUUID(), (task) =>
      question(differences, task),
    );
  }

  private async endIf(isMeant: (current: Current) => boolean): Promise<void> {
    if (this.current !== undefined && isMeant(this.current)) {
      await this.end(this.current);
    }
  }

  /** Stops a comparison that runs, and drops what it has found. */
  private async end(current: Current | undefined): Promise<void> {
    if (current === undefined || current.isOver) {
      return;
    }
    if (this.current === current) {
      this.current = undefined;
    }
    current.isOver = true;
    if (current.differences === undefined) {
      this.store.tasks.cancel(current.taskId);
      await current.answered;
    } else {
      await this.drop(current);
    }
  }

  private drop({ table }: Current): Promise<void> {
    return this.store.tasks.run(randomUUID(), ({ connection }) =>
      connection.run(`DROP TABLE IF EXISTS ${table}`),
    );
  }
}

function assertWanted({ isOver }: Current): void {
  if (isOver) {
    throw viaductError("cancelled", "The comparison was ended.");
  }
}
