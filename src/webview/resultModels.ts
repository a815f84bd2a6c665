import type { RunView, StatementView } from "../protocol/panel";
import type { GridModel } from "./grid/gridModel";
import { describeResult, newGridModel } from "./grid/gridModel";
import type { RowStoreListener } from "./grid/rowStore";
import { RowStore } from "./grid/rowStore";
import type { PageBroker } from "./pageBroker";
import type { ResultApi } from "./resultCalls";
import { rowsOf } from "./texts";
import { applyLook, findLook, lookName, lookOf } from "./resultLook";
import type { Look, Place, TabState } from "./viewState";

/** Looks that are kept of a tab's statements. */
const keptLooks = 20;

/** The grid's models of results, each kept while a tab has its run. */
export class ResultModels {
  readonly #models = new Map<string, GridModel>();
  #timeZone: string | null = null;

  constructor(
    private readonly broker: PageBroker,
    private readonly api: ResultApi,
    private readonly listenerOf: (resultId: string) => RowStoreListener,
  ) {}

  /** The model of a statement's rows, with as many rows as there are by now; a new one begins as the tab remembers it. */
  of(
    run: RunView,
    statement: StatementView,
    state: TabState,
  ): GridModel | null {
    const rows = rowsOf(statement);
    if (rows === null) return null;
    const { resultId, columns, rowCount, timeZone = null } = rows;
    const known = this.#models.get(resultId);
    let model = known;
    if (model === undefined) {
      const listener = this.listenerOf(resultId);
      model = newGridModel(
        columns,
        new RowStore(resultId, columns.length, this.broker, listener),
        `Rows of statement ${statement.index + 1} of ${run.statements.length}`,
        this.api,
      );
      Object.assign(model, state.places[statement.index]);
      model.rows.setTimeZone(this.#timeZone);
      this.#models.set(resultId, model);
    }
    describeResult(model, columns, timeZone);
    model.view.totalChanged(rowCount, statement.outcome !== null);
    if (known === undefined) {
      const look = findLook(state.looks, lookName(run, statement), columns);
      if (look !== undefined) applyLook(model, look, run.startedAt);
    }
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

  /** The state of a run's tab, with where its results stand and what they look like now. */
  noted(run: RunView, { places, looks }: TabState): Partial<TabState> {
    const nowPlaces = new Map<string, Place>(Object.entries(places));
    const nowLooks = new Map<string, Look>(Object.entries(looks));
    for (const statement of run.statements) {
      const model = this.#models.get(rowsOf(statement)?.resultId ?? "");
      if (model === undefined) continue;
      const { top, left } = model;
      nowPlaces.set(String(statement.index), { top, left });
      const name = lookName(run, statement);
      const look = lookOf(model, run.startedAt);
      // Again at the end: the last one is what other statements with these columns begin with.
      nowLooks.delete(name);
      if (look !== null) nowLooks.set(name, look);
    }
    return {
      places: Object.fromEntries(nowPlaces),
      looks: Object.fromEntries([...nowLooks].slice(-keptLooks)),
    };
  }
}
