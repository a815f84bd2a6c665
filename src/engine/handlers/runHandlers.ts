import type { EngineHandlers } from "../../protocol/engine";
import type { Session } from "../session";

/** Requests about runs. */
export type RunHandlers = Pick<
  EngineHandlers,
  "run" | "describeParameters" | "answerWrite" | "cancel"
>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function runHandlers(ready: () => Promise<Session>): RunHandlers {
  return {
    run: async (request) => (await ready()).runs.run(request),
    describeParameters: async (request) =>
      (await ready()).runs.describe(request),
    answerWrite: async ({ runId, allowed }) => {
      (await ready()).questions.answer(runId, allowed);
      return null;
    },
    cancel: async ({ runId }) => (await ready()).runs.cancel(runId),
  };
}
