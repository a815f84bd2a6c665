import type { EngineHandlers } from "../../protocol/engine";
import type { Session } from "../session";

/** Requests about runs and their results. */
export type RunHandlers = Pick<
  EngineHandlers,
  "run" | "answerWrite" | "cancel" | "page" | "releaseResults"
>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function runHandlers(ready: () => Promise<Session>): RunHandlers {
  return {
    run: async (request) => (await ready()).runs.run(request),
    answerWrite: async ({ runId, allowed }) => {
      (await ready()).questions.answer(runId, allowed);
      return null;
    },
    cancel: async ({ runId }) => (await ready()).runs.cancel(runId),
    page: async ({ resultId, offset, limit }) =>
      (await ready()).store.page(resultId, offset, limit),
    releaseResults: async ({ resultIds }) => {
      await (await ready()).store.release(resultIds);
      return null;
    },
  };
}
