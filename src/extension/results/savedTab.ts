import type { RunTarget } from "../../protocol/engine";
import type { RunView } from "../../protocol/panel";
import { keyOf, rowsOfRun, type ResultTab } from "./resultTab";

/** What a pinned tab is kept as, beside its rows. Texts are redacted; nothing else of the statements is in it. */
export interface SavedTab {
  readonly version: 1;
  readonly tabId: string;
  readonly title: string;
  /** Milliseconds since the epoch at which it was pinned: tabs come back in this order. */
  readonly pinnedAt: number;
  readonly run: RunView;
  /** Where each statement stood: a document's URI and an offset; null for what Viaduct made. */
  readonly places: readonly ({
    readonly uri: string;
    readonly start: number;
  } | null)[];
  /** No text had anything redacted: it can be run again as it stands here. */
  readonly isIntact: boolean;
  /** Files with rows, by the names that their results had. */
  readonly files: Readonly<Record<string, string>>;
  /** What the page remembers of it; null or absent for nothing. */
  readonly memory?: string | null;
}

/** What of a tab is written. */
export function savedTab(
  tab: ResultTab,
  files: Readonly<Record<string, string>>,
  pinnedAt: number,
): SavedTab {
  const { tabId, title, run, input } = tab;
  return {
    version: 1,
    tabId,
    title,
    pinnedAt,
    run,
    places: (input?.statements ?? []).map(({ place }) =>
      place === null ? null : { uri: place.uri.toString(), start: place.start },
    ),
    isIntact:
      input?.statements.length === run.statements.length &&
      input.statements.every(
        ({ text }, index) => run.statements[index]?.text === text,
      ),
    files,
  };
}

/** The tab that was written; `parseUri` reads a document's URI. */
export function restoredTab<U extends { toString(): string }>(
  saved: SavedTab,
  parseUri: (text: string) => U,
): Omit<ResultTab, "input"> & {
  readonly input: {
    readonly target: RunTarget;
    readonly source: string;
    readonly statements: readonly {
      readonly text: string;
      readonly place: { readonly uri: U; readonly start: number } | null;
    }[];
  } | null;
} {
  // Runs are counted anew in each window: this one must not be taken for one of them.
  const run: RunView = { ...saved.run, runId: `saved-${saved.tabId}` };
  const target: RunTarget = run.native
    ? { engine: "postgres", alias: run.target }
    : { engine: "duckdb" };
  const statements = run.statements.map(({ text }, index) => {
    const place = saved.places[index] ?? null;
    return {
      text,
      place: place === null ? null : { ...place, uri: parseUri(place.uri) },
    };
  });
  const input = { target, source: run.source, statements };
  return {
    tabId: saved.tabId,
    key: keyOf(input),
    title: saved.title,
    run,
    input: saved.isIntact ? input : null,
    pinned: true,
    rows: rowsOfRun(run).length === 0 ? "here" : "saved",
    problem: null,
    listed: true,
    beside: 0,
    shownAt: 0,
  };
}

/** What a file says, when it was written by this version. */
export function readSavedTab(text: string): SavedTab | null {
  try {
    const value = JSON.parse(text) as Partial<SavedTab> | null;
    const isOurs =
      value?.version === 1 &&
      typeof value.tabId === "string" &&
      typeof value.title === "string" &&
      typeof value.pinnedAt === "number" &&
      Array.isArray(value.run?.statements) &&
      Array.isArray(value.places) &&
      typeof value.files === "object" &&
      ["string", "object", "undefined"].includes(typeof value.memory);
    return isOurs ? (value as SavedTab) : null;
  } catch {
    return null;
  }
}
