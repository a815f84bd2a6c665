import type { ResultFilter, SortKey } from "../core/results/view";
import type { ArrangementState } from "./grid/columnArrangement";

/** Which list lies open under the rows. */
export type Drawer = "messages" | "sent";

/** A place in the rows, in logical pixels. */
export interface Place {
  readonly top: number;
  readonly left: number;
}

/** How the user has arranged, sorted and filtered a result. Columns by their place in it. */
export interface Look {
  /** Begin of the run in which it was so. */
  readonly startedAt: number;
  /** Tells results with other columns apart. */
  readonly columns: string;
  readonly arrangement: ArrangementState;
  readonly sort: readonly SortKey[];
  readonly filters: readonly ResultFilter[];
  /** Filters, by their place, that are remembered in this life of the page only. */
  readonly private: readonly number[];
}

/** What the page remembers of a tab. */
export interface TabState {
  /** The run that it is about, by when it began: another run in the tab begins anew. */
  readonly startedAt: number;
  /** The statement that the user chose; null follows the run. */
  readonly chosen: number | null;
  /** Place in the rows by the statement's index. */
  readonly places: Readonly<Record<string, Place>>;
  /** Looks of its results by the names of their statements, those of runs before among them. */
  readonly looks: Readonly<Record<string, Look>>;
}

/** What the page remembers by itself: the host sends everything else again. */
export interface ViewState {
  /** The one tab of a page in an editor; null for the panel. VS Code gives it back with the editor after a reload. */
  readonly alone: string | null;
  readonly drawer: Drawer | null;
  readonly tabs: Readonly<Record<string, TabState>>;
}

/** A page that remembers nothing. */
const freshState: ViewState = { alone: null, drawer: null, tabs: {} };

/** The state of a tab that shows a run for the first time; looks are those of the run before. */
export function freshTab(
  startedAt: number,
  looks: TabState["looks"] = {},
): TabState {
  return { startedAt, chosen: null, places: {}, looks };
}

/** The state without what must not outlive this life of the page. */
export function storable(state: ViewState): ViewState {
  return { ...state, tabs: mapValues(state.tabs, storableTab) };
}

function storableTab(tab: TabState): TabState {
  const looks = mapValues(tab.looks, (look) => ({
    ...look,
    filters: look.filters.filter((_, at) => !look.private.includes(at)),
    private: [],
  }));
  return { ...tab, looks };
}

/** What the host keeps of a tab's state for later windows; the place in the rows is this page's own. */
export function memoryOf(tab: TabState): string {
  return JSON.stringify({ ...storableTab(tab), places: {} });
}

/** Reads what the host has kept; null when it is nothing of ours. */
export function readMemory(memory: string): TabState | null {
  try {
    return readTab((JSON.parse(memory) ?? {}) as Record<string, unknown>);
  } catch {
    return null;
  }
}

/** Reads what an earlier life of the page stored; anything else is forgotten. */
export function readViewState(stored: unknown): ViewState {
  if (typeof stored !== "object" || stored === null) return freshState;
  const { alone, drawer, tabs } = stored as Record<string, unknown>;
  return {
    alone: typeof alone === "string" ? alone : null,
    drawer: drawer === "messages" || drawer === "sent" ? drawer : null,
    tabs: readEach(tabs, readTab),
  };
}

function readTab(stored: Record<string, unknown>): TabState | null {
  const { startedAt, chosen, places, looks } = stored;
  if (typeof startedAt !== "number") return null;
  return {
    startedAt,
    chosen: typeof chosen === "number" ? chosen : null,
    places: readEach(places, readPlace),
    looks: readEach(looks, readLook),
  };
}

/** The engine refuses sort keys and filters that it does not know, and the rows stay as they came. */
function readLook(stored: Record<string, unknown>): Look | null {
  const { startedAt, columns, arrangement, sort, filters } = stored;
  const { order, hidden, frozen, widths } = (arrangement ?? {}) as Record<
    string,
    unknown
  >;
  const isLook =
    typeof startedAt === "number" &&
    typeof columns === "string" &&
    typeof frozen === "number" &&
    [order, hidden, widths, sort, filters].every(Array.isArray);
  return isLook ? { ...(stored as unknown as Look), private: [] } : null;
}

function readPlace({ top, left }: Record<string, unknown>): Place | null {
  return typeof top === "number" && typeof left === "number"
    ? { top, left }
    : null;
}

function readEach<T>(
  stored: unknown,
  read: (value: Record<string, unknown>) => T | null,
): Record<string, T> {
  const found: [string, T][] = [];
  for (const [name, value] of Object.entries(stored ?? {})) {
    const one = read((value ?? {}) as Record<string, unknown>);
    if (one !== null) found.push([name, one]);
  }
  return Object.fromEntries(found);
}

function mapValues<T, U>(
  record: Readonly<Record<string, T>>,
  map: (value: T) => U,
): Record<string, U> {
  return Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, map(value)]),
  );
}
