/** Which list lies open under the rows. */
export type Drawer = "messages" | "sent";

/** What the page remembers by itself: the host sends everything else again. */
export interface ViewState {
  readonly runId: string | null;
  /** The statement that the user chose; null follows the run. */
  readonly chosen: number | null;
  readonly drawer: Drawer | null;
  /** Place in the rows by result, in pixels. */
  readonly places: Readonly<Record<string, Place>>;
}

/** A place in the rows, in logical pixels. */
export interface Place {
  readonly top: number;
  readonly left: number;
}

/** A page that remembers nothing. */
export const freshState: ViewState = {
  runId: null,
  chosen: null,
  drawer: null,
  places: {},
};

/** Reads what an earlier life of the page stored; anything else is forgotten. */
export function readViewState(stored: unknown): ViewState {
  if (typeof stored !== "object" || stored === null) return freshState;
  const { runId, chosen, drawer, places } = stored as Record<string, unknown>;
  return {
    runId: typeof runId === "string" ? runId : null,
    chosen: typeof chosen === "number" ? chosen : null,
    drawer: drawer === "messages" || drawer === "sent" ? drawer : null,
    places: readPlaces(places),
  };
}

function readPlaces(stored: unknown): Record<string, Place> {
  const places: Record<string, Place> = {};
  if (typeof stored !== "object" || stored === null) return places;
  for (const [resultId, place] of Object.entries(stored)) {
    const { top, left } = (place ?? {}) as Record<string, unknown>;
    if (typeof top === "number" && typeof left === "number") {
      places[resultId] = { top, left };
    }
  }
  return places;
}
