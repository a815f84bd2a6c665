import type {
  RunView,
  TabsView,
  TabView,
} from "../../../../src/protocol/panel";
import { ended, memoryColumns, run } from "./runs";

/** A run with rows of this name. */
function runOf(name: string): RunView {
  const outcome = {
    resultId: name,
    columns: memoryColumns,
    rowCount: 1284,
    commandTag: "SELECT 1284",
  };
  return run([ended(0, `SELECT '${name}'`, outcome)], {
    runId: `run-${name}`,
    source: `sql/${name}.sql`,
  });
}

/** A tab of this name. */
export function tabOf(name: string, changes: Partial<TabView> = {}): TabView {
  return {
    tabId: name,
    title: `${name}.sql`,
    pinned: false,
    runId: `run-${name}`,
    target: "DuckDB",
    native: false,
    startedAt: 1_700_000_000_000,
    state: "succeeded",
    rows: "here",
    problem: null,
    canRerun: true,
    ...changes,
  };
}

/** What the host tells of these tabs. */
export function state(
  tabs: readonly TabView[],
  active: string,
  alone = false,
): { readonly type: "state" } & TabsView {
  const runs = tabs.map(({ tabId }) => runOf(tabId));
  return { type: "state", tabs, active, runs, alone };
}
