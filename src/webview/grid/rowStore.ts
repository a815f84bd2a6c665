import type { Cell } from "../../core/results/result";
import type { PageBroker, PageConsumer } from "../pageBroker";

/** Rows of one request. */
const pageSize = 256;
/** Rows beyond the visible ones that are fetched before they are needed. */
const prefetch = 64;
/** Cells kept in memory, and the least and most pages that this may come to. */
const maxCells = 1_500_000;
const minPages = 4;
const maxPages = 64;

interface StoredPage {
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
 * The rows of one result, or of a view of it, that the page holds: pages fetched on demand, the latest wanted range first, the least
 * recently wanted dropped.
 */
export class RowStore implements PageConsumer {
  readonly #pages = new Map<number, StoredPage>();
  readonly #asked = new Set<number>();
  readonly #failed = new Set<number>();
  readonly #pageLimit: number;
  #wanted: readonly number[] = [];
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
    const fit = Math.floor(maxCells / (Math.max(1, columnCount) * pageSize));
    this.#pageLimit = Math.min(maxPages, Math.max(minPages, fit));
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
    const page = this.#pages.get(Math.floor(index / pageSize));
    return page?.rows[index % pageSize] ?? null;
  }

  /** Whole lengths of the row's cells that came cut; undefined for none. */
  cuts(index: number): RowCuts | undefined {
    const page = this.#pages.get(Math.floor(index / pageSize));
    return page?.cuts.get(index % pageSize);
  }

  /** Says which rows are to be here: `last` is exclusive. What was wanted before and is not asked for yet is dropped. */
  want(first: number, last: number): void {
    const end = Math.min(this.rowCount, last + prefetch);
    const pages = new Set<number>();
    for (let at = pageOf(first); at * pageSize < last; at += 1) pages.add(at);
    pages.add(pageOf(Math.max(0, first - prefetch)));
    pages.add(pageOf(Math.max(0, end - 1)));
    this.#wanted = this.rowCount === 0 ? [] : [...pages];
    this.#wantedEnd = end;
    for (const page of this.#failed) {
      if (!pages.has(page)) this.#failed.delete(page);
    }
    for (const page of this.#wanted) this.#touch(page);
    this.pump();
  }

  /** Nothing is to be fetched while the result is not shown. */
  rest(): void {
    this.#wanted = [];
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
    const start = page * pageSize;
    const needed = Math.min(pageSize, this.#wantedEnd - start);
    if (needed <= 0) return false;
    const stored = this.#pages.get(page);
    if (stored === undefined) return true;
    return stored.rows.length < needed && stored.askedAt < this.rowCount;
  }

  #ask(page: number): void {
    const askedAt = this.rowCount;
    const offset = page * pageSize;
    const era = this.#era;
    this.#asked.add(page);
    const { resultId, viewId, timeZone } = this;
    const rows = { resultId, viewId, timeZone, offset, limit: pageSize };
    this.broker.request(rows, (answer) => {
      if (era !== this.#era) return;
      this.#asked.delete(page);
      if (typeof answer === "string") {
        this.#fail(page, answer);
        return;
      }
      const cuts = cutsByRow(answer.cut ?? []);
      this.#keep(page, { rows: answer.rows, cuts, askedAt });
      const due = Math.min(pageSize, askedAt - offset);
      if (answer.rows.length < due) {
        this.#fail(page, "The engine sent fewer rows than it announced.");
      }
    });
  }

  /** Other rows than before: none of those that are here, or on their way, is one of them. */
  #startOver(): void {
    this.#era += 1;
    this.#pages.clear();
    this.#asked.clear();
    this.#failed.clear();
    this.#wanted = [];
    this.listener.failed(null);
  }

  #fail(page: number, message: string): void {
    this.#failed.add(page);
    this.listener.failed(message);
  }

  #keep(page: number, arrived: StoredPage): void {
    const had = this.#pages.get(page);
    if (had !== undefined && had.rows.length > arrived.rows.length) return;
    this.#pages.delete(page);
    this.#pages.set(page, arrived);
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= this.#pageLimit) break;
      if (!this.#wanted.includes(old)) this.#pages.delete(old);
    }
    this.listener.rowsArrived();
  }

  #touch(page: number): void {
    const stored = this.#pages.get(page);
    if (stored === undefined) return;
    this.#pages.delete(page);
    this.#pages.set(page, stored);
  }
}

function pageOf(row: number): number {
  return Math.floor(row / pageSize);
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
