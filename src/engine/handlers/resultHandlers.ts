import type { EngineHandlers } from "../../protocol/engine";
import type { ResultRequests } from "../../protocol/results";
import { aggregate } from "../results/aggregates";
import { chartData } from "../results/charts";
import { copyText } from "../results/copies";
import { exportResult } from "../results/export/exportResult";
import { materialise } from "../results/keep/materialise";
import { openSaved, saveResult } from "../results/keep/savedResults";
import { columnStatistics, distinctValues } from "../results/statistics";
import type { Session } from "../session";

/** Requests about results that are kept. */
export type ResultHandlers = Pick<EngineHandlers, keyof ResultRequests>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function resultHandlers(ready: () => Promise<Session>): ResultHandlers {
  return {
    page: async (params) => (await ready()).store.page(params),
    releaseResults: async ({ resultIds }) => {
      const { store, finds, comparisons } = await ready();
      await finds.closeResults(resultIds);
      await comparisons.closeResults(resultIds);
      await store.release(resultIds);
      return null;
    },
    cancelTask: async ({ taskId }) => {
      (await ready()).store.tasks.cancel(taskId);
      return null;
    },
    openView: async (params) => (await ready()).store.views.open(params),
    closeViews: async ({ viewIds }) => {
      const { store, finds, comparisons } = await ready();
      await finds.closeViews(viewIds);
      await comparisons.closeViews(viewIds);
      await store.views.close(viewIds);
      return null;
    },
    cellText: async (params) => (await ready()).store.cells.text(params),
    cellBytes: async (params) => (await ready()).store.cells.bytes(params),
    find: async (params) => (await ready()).finds.find(params),
    findNext: async (params) => (await ready()).finds.next(params),
    findIn: async (params) => (await ready()).finds.within(params),
    closeFind: async ({ findId }) => {
      await (await ready()).finds.close(findId);
      return null;
    },
    compareResults: async (params) =>
      (await ready()).comparisons.compare(params),
    nextDifference: async (params) => (await ready()).comparisons.next(params),
    differencesIn: async (params) => (await ready()).comparisons.within(params),
    closeComparison: async ({ compareId }) => {
      await (await ready()).comparisons.close(compareId);
      return null;
    },
    columnStatistics: async (params) =>
      columnStatistics((await ready()).store, params),
    distinctValues: async (params) =>
      distinctValues((await ready()).store, params),
    aggregate: async (params) => aggregate((await ready()).store, params),
    copyText: async (params) => copyText((await ready()).store, params),
    chartData: async (params) => chartData((await ready()).store, params),
    exportResult: async (params) => exportResult((await ready()).store, params),
    materialise: async (params) => materialise(await ready(), params),
    saveResult: async (params) => saveResult((await ready()).store, params),
    openSaved: async (params) => openSaved((await ready()).store, params),
  };
}
