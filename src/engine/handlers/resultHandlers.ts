import { viaductError } from "../../core/errors/makeError";
import type { EngineHandlers } from "../../protocol/engine";
import type { ResultRequests } from "../../protocol/results";
import type { Session } from "../session";

/** Requests about results that are kept. */
export type ResultHandlers = Pick<EngineHandlers, keyof ResultRequests>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function resultHandlers(ready: () => Promise<Session>): ResultHandlers {
  return {
    page: async (params) => (await ready()).store.page(params),
    releaseResults: async ({ resultIds }) => {
      await (await ready()).store.release(resultIds);
      return null;
    },
    cancelTask: async ({ taskId }) => {
      (await ready()).store.tasks.cancel(taskId);
      return null;
    },
    openView: async (params) => (await ready()).store.views.open(params),
    closeViews: async ({ viewIds }) => {
      await (await ready()).store.views.close(viewIds);
      return null;
    },
    cellText: notYet("cellText"),
    cellBytes: notYet("cellBytes"),
    find: notYet("find"),
    findNext: notYet("findNext"),
    findIn: notYet("findIn"),
    closeFind: notYet("closeFind"),
    columnStatistics: notYet("columnStatistics"),
    distinctValues: notYet("distinctValues"),
    aggregate: notYet("aggregate"),
    copyText: notYet("copyText"),
    chartData: notYet("chartData"),
    exportResult: notYet("exportResult"),
    materialise: notYet("materialise"),
    saveResult: notYet("saveResult"),
    openSaved: notYet("openSaved"),
  };
}

function notYet(method: keyof ResultRequests): () => Promise<never> {
  return () =>
    Promise.reject(
      viaductError("engineUnavailable", `${method} is not offered yet.`),
    );
}
