import { viaductError } from "../../core/errors/makeError";
import { namedColumns, orderTerms } from "../../core/results/viewSql";
import type { ResultFilter, SortKey } from "../../core/results/view";
import type { ResultRequests, RowsRef } from "../../protocol/results";
import type { Connection } from "../duckdb";
import {
  headRows,
  makeView,
  viewTableNames,
  type ViewPlan,
  type ViewTables,
} from "./makeView";
import {
  viewRelation,
  wholeRelation,
  type ResultRelation,
} from "./resultRelation";
import type { ResultTasks } from "./resultTasks";
import type { RowSource } from "./rowSource";
import { setText, type ResultTables, type StoredResult } from "./resultTables";
import { checkExpression } from "./viewExpression";
import { conditionsOf } from "./viewFilters";

type Opening = ResultRequests["openView"];

interface StoredView extends Omit<ViewTables, "finish"> {
  readonly name: string;
  readonly result: StoredResult;
  /** When all rows are in order; fails when they cannot be. */
  readonly ready: Promise<void>;
}

/** Sorted and filtered views of results: lists of rowids, however large a result is. */
export class ResultViews {
  private readonly views = new Map<string, StoredView>();
  private count = 0;

  constructor(
    private readonly tables: ResultTables,
    private readonly tasks: ResultTasks,
    private readonly connection: Connection,
  ) {}

  /** Makes a view of the rows that there are by now; the order of a large one is made after the answer. */
  async open({
    taskId,
    resultId,
    sort,
    filters,
  }: Opening["params"]): Promise<Opening["result"]> {
    const result = this.tables.find(resultId);
    this.count += 1;
    const name = `v${this.count}`;
    try {
      const { finish, ...tables } = await this.tasks.run(
        taskId,
        async (task) => {
          await setText(task.connection, result.text);
          const plan = await planOf(task.connection, result, sort, filters);
          return makeView(task, { ...plan, name, result });
        },
      );
      // It may have been released meanwhile.
      this.tables.find(resultId);
      const viewId = `${resultId}-${name}`;
      const ready =
        finish === null
          ? Promise.resolve()
          : this.tasks.run(viewId, async (task) => {
              await setText(task.connection, result.text);
              await finish(task);
            });
      // Whoever asks for rows further on is told.
      ready.catch(() => undefined);
      this.views.set(viewId, { ...tables, name, result, ready });
      return { viewId, rowCount: tables.rowCount };
    } catch (error) {
      await this.drop(name);
      throw error;
    }
  }

  /** The rows that are meant; with `end`, those before it, which may be there before the others. */
  async relation(
    { resultId, viewId }: RowsRef,
    end = Infinity,
  ): Promise<ResultRelation> {
    const { table, columns, writer, places } = this.tables.find(resultId, end);
    const view = this.check({ resultId, viewId });
    if (view === null) {
      return wholeRelation(table, columns, writer.rowCount, places.areKnown);
    }
    const { rowCount, head, all, ready } = view;
    if (head !== null && end <= headRows) {
      return viewRelation(table, head, columns, rowCount);
    }
    await ready;
    return all === null
      ? wholeRelation(table, columns, rowCount, places.areKnown)
      : viewRelation(table, all, columns, rowCount);
  }

  /** What the rows are kept in. */
  source({ resultId, viewId }: RowsRef): RowSource {
    const { table, columns, writer, places } = this.tables.find(resultId);
    const kept = { table, columns, hasPlaces: places.areKnown };
    const view = this.check({ resultId, viewId });
    if (view === null) {
      const { rowCount } = writer;
      return { ...kept, total: rowCount, rowCount, filter: null, order: null };
    }
    const { total, rowCount, filter, all } = view;
    const order = all === filter?.passing ? null : all;
    return { ...kept, total, rowCount, filter, order };
  }

  /** Throws when the result or the view is not there any more. Answers the view, null for none. */
  check({ resultId, viewId }: RowsRef): StoredView | null {
    this.tables.find(resultId, 0);
    if (viewId === null) {
      return null;
    }
    const view = this.views.get(viewId);
    if (view?.result.id !== resultId) {
      throw viaductError("resultGone", "This view is not there any more.");
    }
    return view;
  }

  /** Drops views; an unknown one is not an error. */
  async close(viewIds: readonly string[]): Promise<void> {
    for (const viewId of viewIds) {
      const view = this.views.get(viewId);
      if (view !== undefined) {
        this.views.delete(viewId);
        this.tasks.cancel(viewId);
        await view.ready.catch(() => undefined);
        await this.drop(view.name);
      }
    }
  }

  /** Drops the views of a result. */
  async closeOf(resultId: string): Promise<void> {
    const views = [...this.views].filter(
      ([, { result }]) => result.id === resultId,
    );
    await this.close(views.map(([viewId]) => viewId));
  }

  private async drop(name: string): Promise<void> {
    for (const table of viewTableNames(name)) {
      await this.connection.run(`DROP TABLE IF EXISTS ${table}`);
    }
  }
}

async function planOf(
  connection: Connection,
  { columns }: StoredResult,
  sort: readonly SortKey[],
  filters: readonly ResultFilter[],
): Promise<Pick<ViewPlan, "conditions" | "expressions" | "order">> {
  const expressions = filters.flatMap((filter) =>
    filter.kind === "expression" ? [filter.sql] : [],
  );
  for (const sql of expressions) {
    await checkExpression(connection, sql, namedColumns(columns));
  }
  return {
    conditions: await conditionsOf(connection, columns, filters),
    expressions,
    order: orderTerms(columns, sort),
  };
}
