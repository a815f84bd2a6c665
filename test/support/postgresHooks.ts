import type { RootHookObject } from "mocha";
import { startTestServer } from "./postgres";

/** One PostgreSQL for the whole engine suite. */
export const mochaHooks: RootHookObject = (() => {
  let stop: (() => Promise<void>) | undefined;
  return {
    async beforeAll(this: Mocha.Context) {
      this.timeout(120_000);
      stop = await startTestServer();
    },
    async afterAll(this: Mocha.Context) {
      this.timeout(30_000);
      await stop?.();
    },
  };
})();
