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
  | "setStoredVariables"
>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function systemHandlers(ready: () => Promise<Session>): SystemHandlers {
  return {
    listExtensions: async () => (await ready()).extensions.list(),
    installExtension: async ({ name, place }) =>
      (await ready()).extensions.install(name, place),
    updateExtension: async ({ name }) =>
      (await ready()).extensions.update(name),
    verifyExtension: async ({ name }) =>
      (await ready()).extensions.verify(name),
    uninstallExtension: async ({ name }) =>
      (await ready()).extensions.uninstall(name),
    loadExtension: async ({ name }) => (await ready()).extensions.load(name),
    diagnose: async (params) =>
      (await ready()).doctor.diagnose(params?.attachments ?? []),
    setStoredVariables: async ({ variables }) => {
      (await ready()).storedVariables.set(variables);
      return null;
    },
    releaseDatabase: async () => ({
      released: await (await ready()).database.release(),
    }),
  };
}
