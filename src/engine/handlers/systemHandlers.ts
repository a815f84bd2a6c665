import { viaductError } from "../../core/errors/makeError";
import type { EngineHandlers } from "../../protocol/engine";
import type { Session } from "../session";

/** Requests about DuckDB's extensions, its file, and the health of everything. */
export type SystemHandlers = Pick<
  EngineHandlers,
  | "listExtensions"
  | "installExtension"
  | "updateExtension"
  | "verifyExtension"
  | "uninstallExtension"
  | "loadExtension"
  | "diagnose"
  | "releaseDatabase"
>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function systemHandlers(ready: () => Promise<Session>): SystemHandlers {
  return {
    listExtensions: async () => (await ready()).extensions.list(),
    installExtension: async ({ name }) =>
      (await ready()).extensions.install(name),
    updateExtension: () => notYet("updateExtension"),
    verifyExtension: () => notYet("verifyExtension"),
    uninstallExtension: () => notYet("uninstallExtension"),
    loadExtension: async ({ name }) => (await ready()).extensions.load(name),
    diagnose: () => notYet("diagnose"),
    releaseDatabase: () => notYet("releaseDatabase"),
  };
}

function notYet(method: string): Promise<never> {
  return Promise.reject(
    viaductError("engineUnavailable", `${method} is not there yet.`),
  );
}
