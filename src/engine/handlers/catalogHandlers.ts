import type { EngineHandlers } from "../../protocol/engine";
import type { Session } from "../session";

/** Requests about what is in the databases, and about local copies of it. */
export type CatalogHandlers = Pick<
  EngineHandlers,
  | "listCatalogs"
  | "listSchemas"
  | "listRelations"
  | "listColumns"
  | "takeSnapshot"
  | "cancelSnapshot"
  | "listSnapshots"
  | "dropSnapshot"
  | "dropSnapshots"
>;

/** Answers them; `ready` gives the session, or says that there is none. */
export function catalogHandlers(
  ready: () => Promise<Session>,
): CatalogHandlers {
  return {
    listCatalogs: async () => (await ready()).catalogs.list(),
    listSchemas: async ({ catalog }) =>
      (await ready()).catalogs.schemas(catalog),
    listRelations: async ({ catalog, schema }) =>
      (await ready()).catalogs.relations(catalog, schema),
    listColumns: async ({ catalog, schema, relation }) =>
      (await ready()).catalogs.columns(catalog, schema, relation),
    takeSnapshot: async (key) => {
      const { attachments, snapshots } = await ready();
      await attachments.bringBack(
        (alias) => alias.toLowerCase() === key.alias.toLowerCase(),
      );
      return snapshots.take(key);
    },
    cancelSnapshot: async () => {
      (await ready()).snapshots.cancel();
      return null;
    },
    listSnapshots: async ({ alias }) => (await ready()).snapshots.list(alias),
    dropSnapshot: async (key) => {
      await (await ready()).snapshots.drop(key);
      return null;
    },
    dropSnapshots: async (spec) => {
      const { attachments, snapshots, sources } = await ready();
      // Whose copies they are is told by where they are from, and that needs no password.
      const values =
        attachments.get(spec.alias)?.values ??
        (await sources.connections.read({ ...spec, password: "" }));
      await snapshots.dropAll({ alias: spec.alias, values });
      return null;
    },
  };
}
