import { randomUUID } from "node:crypto";
import { viaductError } from "../../core/errors/makeError";
import type {
  FindQuery,
  FoundCell,
  ResultRequests,
  RowsRef,
} from "../../protocol/results";
import { lookThrough } from "./lookThrough";
import type { Matches } from "./matches";
import type { ResultStore } from "./resultStore";
import type { ResultTask } from "./resultTasks";

interface Search {
  readonly taskId: string;
  readonly findId: string;
  readonly rows: RowsRef;
  readonly table: string;
  /** Undefined until everything is looked through. */
  matches: Matches | undefined;
  /** Nobody will ask for its matches: it was superseded, closed, or its rows are gone. */
  isOver: boolean;
  /** It has an answer, or has failed and left nothing behind. */
  answered: Promise<unknown>;
}

/** Searches in results: the latest one of each result can be asked about. */
export class Finds {
  private readonly searches = new Map<string, Search>();
  private count = 0;

  constructor(private readonly store: ResultStore) {}

  /** Looks through all cells. A newer search of the same result ends this one, which fails as `cancelled`. */
  find({
    taskId,
    resultId,
    viewId,
    query,
  }: ResultRequests["find"]["params"]): Promise<
    ResultRequests["find"]["result"]
  > {
    this.count += 1;
    const table = `f${this.count}`;
    const search: Search = {
      taskId,
      findId: `${randomUUID().slice(0, 8)}-${table}`,
      rows: { resultId, viewId },
      table,
      matches: undefined,
      isOver: false,
      answered: Promise.resolve(),
    };
    const older = this.searches.get(resultId);
    this.searches.set(resultId, search);
    const answer = this.answer(search, older, query);
    search.answered = answer.catch(() => undefined);
    return answer;
  }

  /** The nearest match after or before a cell, around the end. */
  next({
    findId,
    row,
    column,
    forward,
  }: ResultRequests["findNext"]["params"]): Promise<FoundCell | null> {
    return this.ask(findId, (matches, task) =>
      matches.next(task.connection, { row, column, forward }),
    );
  }

  /** Matches in some rows, in their order. */
  within({
    findId,
    fromRow,
    toRow,
  }: ResultRequests["findIn"]["params"]): Promise<
    ResultRequests["findIn"]["result"]
  > {
    return this.ask(findId, (matches, task) =>
      matches.within(task.connection, fromRow, toRow),
    );
  }

  /** A search is over; nothing happens when it was already. */
  close(findId: string): Promise<void> {
    return this.endThose((search) => search.findId === findId);
  }

  /** Ends the searches of results that are released. */
  closeResults(resultIds: readonly string[]): Promise<void> {
    return this.endThose(({ rows }) => resultIds.includes(rows.resultId));
  }

  /** Ends the searches of views that are closed. */
  closeViews(viewIds: readonly string[]): Promise<void> {
    return this.endThose(
      ({ rows }) => rows.viewId !== null && viewIds.includes(rows.viewId),
    );
  }

  private async answer(
    search: Search,
    older: Search | undefined,
    query: FindQuery,
  ): Promise<ResultRequests["find"]["result"]> {
    try {
      // The task is there at once, so that it can be cancelled while it waits.
      const matches = await this.store.on(
        search.taskId,
        search.rows,
        async (task, source) => {
          await this.end(older);
          task.check();
          assertWanted(search);
          const { table, rows } = search;
          const inOrder = () => this.store.views.relation(rows);
          return lookThrough(task, { source, table, inOrder }, query);
        },
      );
      assertWanted(search);
      search.matches = matches;
      return { findId: search.findId, matches: matches.count };
    } catch (error) {
      await this.end(older);
      this.forget(search);
      await this.drop(search);
      assertWanted(search);
      throw error;
    }
  }

  private ask<T>(
    findId: string,
    question: (matches: Matches, task: ResultTask) => Promise<T>,
  ): Promise<T> {
    const search = [...this.searches.values()].find(
      (each) => each.findId === findId,
    );
    const matches = search?.matches;
    if (matches === undefined) {
      throw viaductError("resultGone", "This search is over.");
    }
    return this.store.tasks.run(randomUUID(), (task) =>
      question(matches, task),
    );
  }

  private async endThose(isMeant: (search: Search) => boolean): Promise<void> {
    const meant = [...this.searches.values()].filter(isMeant);
    await Promise.all(meant.map((search) => this.end(search)));
  }

  /** Stops a search that runs, and drops what it has found. */
  private async end(search: Search | undefined): Promise<void> {
    if (search === undefined || search.isOver) {
      return;
    }
    this.forget(search);
    search.isOver = true;
    if (search.matches === undefined) {
      this.store.tasks.cancel(search.taskId);
      await search.answered;
    } else {
      await this.drop(search);
    }
  }

  private forget(search: Search): void {
    const { resultId } = search.rows;
    if (this.searches.get(resultId) === search) {
      this.searches.delete(resultId);
    }
  }

  private drop({ table }: Search): Promise<void> {
    return this.store.tasks.run(randomUUID(), ({ connection }) =>
      connection.run(`DROP TABLE IF EXISTS ${table}`),
    );
  }
}

function assertWanted({ isOver }: Search): void {
  if (isOver) {
    throw viaductError("cancelled", "The search was ended.");
  }
}
