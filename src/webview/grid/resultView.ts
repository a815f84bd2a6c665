import type { ResultFilter, SortKey } from "../../core/results/view";
import type { ResultApi } from "../resultCalls";
import type { RowStore } from "./rowStore";

/** Which rows are asked for, and in which order. */
export interface ViewOrder {
  readonly sort: readonly SortKey[];
  readonly filters: readonly ResultFilter[];
  /** True while it is as it was in the run before: nobody has asked for it in this one. */
  readonly carried?: boolean;
}

/** A view that is being made. */
export interface PendingView extends ViewOrder {
  /** Rows gone through, as far as the engine tells. */
  readonly rows: number;
}

interface Applied extends ViewOrder {
  readonly viewId: string | null;
  /** Rows of the result that it was made of. */
  readonly of: number;
}

const asTheyCame: Applied = { sort: [], filters: [], viewId: null, of: 0 };

/**
 * How one result is sorted and filtered. The engine makes the view; until it is there the rows before it stay, and they
 * stay as well when it cannot be made.
 */
export class ResultView {
  readonly #listeners = new Set<() => void>();
  readonly #restarts = new Set<() => void>();
  #applied = asTheyCame;
  #pending: (PendingView & { readonly taskId: string }) | null = null;
  #error: string | null = null;
  /** What failed, to try it again. */
  #failed: ViewOrder | null = null;
  #ended = false;

  constructor(
    private readonly api: ResultApi,
    private readonly rows: RowStore,
  ) {}

  /** The order of the rows that are shown. */
  get sort(): readonly SortKey[] {
    return this.#applied.sort;
  }

  /** What the rows that are shown have passed. */
  get filters(): readonly ResultFilter[] {
    return this.#applied.filters;
  }

  /** What was asked for last: what is shown, or what is being made. */
  get wanted(): ViewOrder {
    return this.#pending ?? this.#applied;
  }

  /** The rows shown are sorted and filtered as they were in the run before. */
  get isCarried(): boolean {
    return this.#applied.carried === true;
  }

  /** What is being made; null when nothing is. */
  get pending(): PendingView | null {
    return this.#pending;
  }

  /** Why the last view could not be made. */
  get error(): string | null {
    return this.#error;
  }

  /** Rows that arrived after the view was made, and are in none of its pages. */
  get missed(): number {
    const { viewId, of } = this.#applied;
    return viewId === null ? 0 : Math.max(0, this.rows.total - of);
  }

  /** Hears of every change of state. */
  onChanged(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Hears when other rows are shown than before. */
  onRowsReplaced(listener: () => void): () => void {
    this.#restarts.add(listener);
    return () => this.#restarts.delete(listener);
  }

  /** Sorts by these columns; by none brings the rows back as they came. */
  setSort(sort: readonly SortKey[]): void {
    this.#make({ filters: this.wanted.filters, sort });
  }

  /** Shows only rows that pass these filters. */
  setFilters(filters: readonly ResultFilter[]): void {
    this.#make({ sort: this.wanted.sort, filters });
  }

  /** Sorts and filters at once. */
  set(order: ViewOrder): void {
    this.#make(order);
  }

  /** Makes the view again, of all rows that are there by now; after a failure what failed. */
  again(): void {
    this.#make(this.#failed ?? this.wanted);
  }

  /** Gives up what is being made; the rows stay as they are. */
  cancel(): void {
    if (this.#pending === null) return;
    this.#drop();
    this.#changed();
  }

  /** Takes the message about a failure away. */
  dismissError(): void {
    this.#error = null;
    this.#failed = null;
    this.#changed();
  }

  /** So many rows there are, and whether more may come. A view of fewer is made again when the last one is there. */
  totalChanged(total: number, ended: boolean): void {
    const before = this.missed;
    this.rows.setRowCount(total);
    const isOver = ended && !this.#ended;
    this.#ended = ended;
    if (isOver) this.#completeView();
    else if (this.missed !== before) this.#changed();
  }

  #completeView(): void {
    if (this.missed > 0 && this.#pending === null) this.again();
  }

  #make(order: ViewOrder): void {
    this.#drop();
    this.#error = null;
    this.#failed = null;
    if (order.sort.length === 0 && order.filters.length === 0) {
      if (this.#applied.viewId !== null) this.#apply(asTheyCame, 0);
      else this.#changed();
      return;
    }
    const taskId = this.api.newTask(({ rows }) => {
      if (this.#pending?.taskId !== taskId) return;
      this.#pending = { ...this.#pending, rows };
      this.#changed();
    });
    this.#pending = { ...order, taskId, rows: 0 };
    this.#changed();
    void this.#open(order, taskId, this.rows.total);
  }

  async #open(order: ViewOrder, taskId: string, of: number): Promise<void> {
    const { sort, filters, carried = false } = order;
    const { resultId } = this.rows;
    try {
      const view = await this.api.call("openView", {
        taskId,
        resultId,
        sort,
        filters,
      });
      if (this.#pending?.taskId !== taskId) {
        this.#close(view.viewId);
        return;
      }
      this.#pending = null;
      // Without filters it has every row that was there, also those that came while it was made.
      const covered = filters.length === 0 ? Math.max(of, view.rowCount) : of;
      this.#apply(
        { sort, filters, carried, viewId: view.viewId, of: covered },
        view.rowCount,
      );
      if (this.#ended) this.#completeView();
    } catch (error) {
      if (this.#pending?.taskId !== taskId) return;
      this.#pending = null;
      this.#error = error instanceof Error ? error.message : String(error);
      this.#failed = order;
      this.#changed();
    }
  }

  #apply(applied: Applied, rowCount: number): void {
    const { viewId } = this.#applied;
    this.#applied = applied;
    this.rows.setView(
      applied.viewId === null ? null : { viewId: applied.viewId, rowCount },
    );
    if (viewId !== null) this.#close(viewId);
    for (const listener of this.#restarts) listener();
    this.#changed();
  }

  /** Nobody waits for what is being made any more. */
  #drop(): void {
    const taskId = this.#pending?.taskId;
    this.#pending = null;
    if (taskId === undefined) return;
    // It may have ended by itself meanwhile.
    this.api.call("cancelTask", { taskId }).catch(() => undefined);
  }

  #close(viewId: string): void {
    // With the result its views are gone as well.
    this.api.call("closeViews", { viewIds: [viewId] }).catch(() => undefined);
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** The sort keys after a press on a column: ascending, then descending, then none; `add` leaves the other keys. */
export function cycleSort(
  sort: readonly SortKey[],
  column: number,
  add: boolean,
): readonly SortKey[] {
  const before = sort.find((key) => key.column === column);
  const next =
    before === undefined
      ? { column, descending: false }
      : before.descending
        ? null
        : { column, descending: true };
  return setKey(sort, column, next?.descending ?? null, add);
}

/** Sort keys with a column in a direction (null: not by it); without `add` it is the only one. */
export function setKey(
  sort: readonly SortKey[],
  column: number,
  descending: boolean | null,
  add: boolean,
): readonly SortKey[] {
  if (!add) return descending === null ? [] : [{ column, descending }];
  const at = sort.findIndex((key) => key.column === column);
  const others = sort.filter((key) => key.column !== column);
  if (descending === null) return others;
  const key = { column, descending };
  return at < 0 ? [...others, key] : sort.with(at, key);
}
