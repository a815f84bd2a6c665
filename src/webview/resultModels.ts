import type { RunView, StatementView } from "../protocol/panel";
import type { GridModel } from "./grid/gridModel";
import { describeResult, newGridModel } from "./grid/gridModel";
import type { RowStoreListener } from "./grid/rowStore";
import { RowStore } from "./grid/rowStore";
import type { PageBroker } from "./pageBroker";
import type { ResultApi } from "./resultCalls";
import { rowsOf } from "./texts";
import type { Place } from "./viewState";

/** The grid's models of results, each kept while a tab has its run. */
export class ResultModels {
  readonly #models = new Map<string, GridModel>();
  #timeZone: string | null = null;

  constructor(
    private readonly broker: PageBroker,
    private readonly api: ResultApi,
    private readonly listenerOf: (resultId: string) => RowStoreListener,
  ) {}

  /** The model of a statement's rows, with as many rows as there are by now; `place` is where a new one begins. */
  of(
    run: RunView,
    statement: StatementView,
    place: Place | undefined,
  ): GridModel | null {
    const rows = rowsOf(statement);
    if (rows === null) return null;
    const { resultId, columns, rowCount } = rows;
    let model = this.#models.get(resultId);
    if (model === undefined) {
      const listener = this.listenerOf(resultId);
      model = newGridModel(
        columns,
        new RowStore(resultId, columns.length, this.broker, listener),
        `Rows of statement ${statement.index + 1} of ${run.statements.length}`,
        this.api,
      );
      Object.assign(model, place);
      model.rows.setTimeZone(this.#timeZone);
      this.#models.set(resultId, model);
    }
    describeResult(model, columns, statement.outcome?.timeZone ?? null);
    model.view.totalChanged(rowCount, statement.outcome !== null);
    return model;
  }

  /** Shows times in another zone from now on; null for that of each run. */
  showTimesIn(timeZone: string | null): void {
    this.#timeZone = timeZone;
    for (const { rows } of this.#models.values()) rows.setTimeZone(timeZone);
  }

  /** Drops the models of runs that no tab has. */
  keepOnly(runs: Iterable<RunView>): void {
    const ids = new Set<string | undefined>();
    for (const { statements } of runs) {
      for (const statement of statements) ids.add(rowsOf(statement)?.resultId);
    }
    for (const id of this.#models.keys()) {
      if (!ids.has(id)) this.#models.delete(id);
    }
    const stores = [...this.#models.values()].map(({ rows }) => rows);
    this.broker.keepOnly(new Set(stores));
  }

  /** Where each result of a run stands, by its statement's index. */
  places(run: RunView): Record<string, Place> {
    const places: Record<string, Place> = {};
    for (const statement of run.statements) {
      const model = this.#models.get(rowsOf(statement)?.resultId ?? "");
      if (model === undefined) continue;
      places[statement.index] = { top: model.top, left: model.left };
    }
    return places;
  }
}
