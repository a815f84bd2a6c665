import type { Cell } from "../../core/results/result";
import type { PageBroker, PageConsumer } from "../pageBroker";
import { bytesOf, type HeldPage } from "./pageBudget";

/** Rows of one request, and the least of them where there are many columns: its cells are bounded as well. */
const maxPageRows = 256;
const minPageRows = 32;
const maxPageCells = 65_536;
/** Rows beyond the visible ones that are fetched before they are needed. */
const prefetch = 64;

interface StoredPage extends HeldPage {
  readonly rows: readonly (readonly Cell[])[];
  /** Whole lengths of cells that came cut, by row in the page and column. */
  readonly cuts: ReadonlyMap<number, RowCuts>;
  /** Row count when it was asked for: a short page is asked for again only when there can be more. */
  readonly askedAt: number;
}

/** Whole lengths of a row's cells that came cut, by column. */
export type RowCuts = ReadonlyMap<number, number>;

/** Rows that pass filters, in the order of a sort, as the engine keeps them. */
export interface EngineView {
  readonly viewId: string;
  readonly rowCount: number;
}

/** What a store tells its grid. */
export interface RowStoreListener {
  rowsArrived(): void;
  /** Rows could not be read, or (null) can again. */
  failed(message: string | null): void;
}

/**
 * The rows of one result, or of a view of it, that the page holds: pages fetched on demand, the latest wanted range
 * first, and kept within the budget that all results share.
 */
export class RowStore implements PageConsumer {
  readonly #pages = new Map<number, StoredPage>();
  readonly #asked = new Set<number>();
  readonly #failed = new Set<number>();
  readonly #pageRows: number;
  #wanted: ReadonlySet<number> = new Set();
  #wantedEnd = 0;
  #total = 0;
  #view: EngineView | null = null;
  #timeZone: string | null = null;
  /** Counts what rows may be asked of: an answer about another view is dropped. */
  #era = 0;

  constructor(
    readonly resultId: string,
    columnCount: number,
    private readonly broker: PageBroker,
    private readonly listener: RowStoreListener,
  ) {
    this.#pageRows = pageRowsOf(columnCount);
    broker.join(this);
  }

  /** Rows that are shown. */
  get rowCount(): number {
    return this.#view?.rowCount ?? this.#total;
  }

  /** Rows of the result, whether a view has them or not. */
  get total(): number {
    return this.#total;
  }

  /** The view whose rows these are; null for all rows as they came. */
  get viewId(): string | null {
    return this.#view?.viewId ?? null;
  }

  /** The zone in which times with a zone are shown, when one was chosen. */
  get timeZone(): string | null {
    return this.#timeZone;
  }

  /** Rows only arrive; a lower count (a run that was restored) counts too. */
  setRowCount(total: number): void {
    this.#total = total;
  }

  /** From now on these are the rows of a view, or with null all rows as they came. */
  setView(view: EngineView | null): void {
    this.#view = view;
    this.#startOver();
  }

  /** Shows times with a zone in another one; null for the session's. */
  setTimeZone(timeZone: string | null): void {
    if (timeZone === this.#timeZone) return;
    this.#timeZone = timeZone;
    this.#startOver();
  }

  /** The row's cells, or null while it is not here. */
  row(index: number): readonly Cell[] | null {
    const page = this.#pages.get(this.#pageOf(index));
    return page?.rows[index % this.#pageRows] ?? null;
  }

  /** Whole lengths of the row's cells that came cut; undefined for none. */
  cuts(index: number): RowCuts | undefined {
    const page = this.#pages.get(this.#pageOf(index));
    return page?.cuts.get(index % this.#pageRows);
  }

  /**
   * Says which rows are to be here: `last` is exclusive, and `ahead` of them will be passed soon (less than 0 upwards).
   * What was wanted before and is not asked for yet is dropped.
   */
  want(first: number, last: number, ahead = 0): void {
    const from = Math.max(0, first - prefetch + Math.min(0, ahead));
    const to = last + prefetch + Math.max(0, ahead);
    const end = Math.min(this.rowCount, to);
    const top = this.#pageOf(first);
    const bottom = this.#pageOf(Math.max(first, last - 1));
    const before = pagesFrom(top - 1, this.#pageOf(from), -1);
    const after = pagesFrom(bottom + 1, this.#pageOf(end - 1), 1);
    const near = ahead < 0 ? [...before, ...after] : [...after, ...before];
    const pages = new Set([...pagesFrom(top, bottom, 1), ...near]);
    if (this.rowCount === 0) pages.clear();
    this.#wanted = pages;
    this.#wantedEnd = end;
    for (const page of this.#failed) {
      if (!pages.has(page)) this.#failed.delete(page);
    }
    for (const page of pages) {
      const held = this.#pages.get(page);
      if (held !== undefined) this.broker.budget.touch(held);
    }
    this.pump();
  }

  /** Nothing is to be fetched while the result is not shown. */
  rest(): void {
    this.#wanted = new Set();
  }

  /** The result is not shown any more. */
  close(): void {
    this.#forget();
  }

  /** Asks again for what failed. */
  retry(): void {
    this.#failed.clear();
    this.listener.failed(null);
    this.pump();
  }

  /** The host forgot what it was asked (it was restarted). */
  forgetAsked(): void {
    this.#asked.clear();
  }

  /** Sends what is wanted while the broker has room. */
  pump(): void {
    for (const page of this.#wanted) {
      if (!this.broker.hasRoom()) return;
      if (this.#isMissing(page)) this.#ask(page);
    }
  }

  #isMissing(page: number): boolean {
    if (this.#asked.has(page) || this.#failed.has(page)) return false;
    const start = page * this.#pageRows;
    const needed = Math.min(this.#pageRows, this.#wantedEnd - start);
    if (needed <= 0) return false;
    const stored = this.#pages.get(page);
    if (stored === undefined) return true;
    return stored.rows.length < needed && stored.askedAt < this.rowCount;
  }

  #ask(page: number): void {
    const askedAt = this.rowCount;
    const limit = this.#pageRows;
    const offset = page * limit;
    const era = this.#era;
    this.#asked.add(page);
    const { resultId, viewId, timeZone } = this;
    const rows = { resultId, viewId, timeZone, offset, limit };
    this.broker.request(rows, (answer) => {
      if (era !== this.#era) return;
      this.#asked.delete(page);
      if (typeof answer === "string") {
        this.#fail(page, answer);
        return;
      }
      const cuts = cutsByRow(answer.cut ?? []);
      this.#keep(page, {
        rows: answer.rows,
        cuts,
        askedAt,
        bytes: bytesOf(answer.rows),
        isWanted: () => this.#wanted.has(page),
        drop: () => this.#pages.delete(page),
      });
      const due = Math.min(limit, askedAt - offset);
      if (answer.rows.length < due) {
        this.#fail(page, "The engine sent fewer rows than it announced.");
      }
    });
  }

  /** Other rows than before: none of those that are here, or on their way, is one of them. */
  #startOver(): void {
    this.#forget();
    this.listener.failed(null);
  }

  #forget(): void {
    this.#era += 1;
    for (const page of this.#pages.values()) this.broker.budget.release(page);
    this.#pages.clear();
    this.#asked.clear();
    this.#failed.clear();
    this.rest();
  }

  #fail(page: number, message: string): void {
    this.#failed.add(page);
    this.listener.failed(message);
  }

  #keep(page: number, arrived: StoredPage): void {
    const had = this.#pages.get(page);
    if (had !== undefined && had.rows.length > arrived.rows.length) return;
    if (had !== undefined) this.broker.budget.release(had);
    this.#pages.set(page, arrived);
    this.broker.budget.hold(arrived);
    this.listener.rowsArrived();
  }

  #pageOf(row: number): number {
    return Math.floor(row / this.#pageRows);
  }
}

/** Pages from one to another, upwards or downwards. */
function pagesFrom(first: number, last: number, step: 1 | -1): number[] {
  const count = Math.max(0, (last - first) * step + 1);
  return Array.from({ length: count }, (_, at) => first + at * step);
}

function pageRowsOf(columnCount: number): number {
  let rows = maxPageRows;
  while (rows > minPageRows && rows * columnCount > maxPageCells) rows /= 2;
  return rows;
}

function cutsByRow(
  cut: readonly (readonly [number, number, number])[],
): ReadonlyMap<number, RowCuts> {
  const rows = new Map<number, Map<number, number>>();
  for (const [row, column, length] of cut) {
    let cells = rows.get(row);
    if (cells === undefined) rows.set(row, (cells = new Map<number, number>()));
    cells.set(column, length);
  }
  return rows;
}
