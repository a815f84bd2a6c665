/** Which list lies open under the rows. */
export type Drawer = "messages" | "sent";

/** A place in the rows, in logical pixels. */
export interface Place {
  readonly top: number;
  readonly left: number;
}

/** What the page remembers of a tab. */
export interface TabState {
  /** The run that it is about, by when it began: another run in the tab begins anew. */
  readonly startedAt: number;
  /** The statement that the user chose; null follows the run. */
  readonly chosen: number | null;
  /** Place in the rows by the statement's index. */
  readonly places: Readonly<Record<string, Place>>;
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

/** The state of a tab that shows a run for the first time. */
export function freshTab(startedAt: number): TabState {
  return { startedAt, chosen: null, places: {} };
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
  const { startedAt, chosen, places } = stored;
  if (typeof startedAt !== "number") return null;
  return {
    startedAt,
    chosen: typeof chosen === "number" ? chosen : null,
    places: readEach(places, readPlace),
  };
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
