import type { CatalogInfo } from "../../protocol/catalog";
import type { EngineSession } from "../engine/engineSession";

/**
 * True when a session has nothing that a user has put there: only its database in memory, without a table. The engine
 * may run for a question of the wizard alone, and the ways in are what is wanted then.
 */
export async function isEmptySession(
  session: Pick<EngineSession, "request" | "state">,
  catalogs: readonly CatalogInfo[],
): Promise<boolean> {
  const [only] = catalogs;
  const { state } = session;
  if (
    only === undefined ||
    catalogs.length > 1 ||
    state.kind !== "ready" ||
    only.name !== state.info.catalog ||
    only.problem !== null
  ) {
    return false;
  }
  const catalog = only.name;
  const [schema, ...others] = await session.request("listSchemas", { catalog });
  if (schema === undefined || others.length > 0) {
    return others.length === 0;
  }
  const relations = await session.request("listRelations", { catalog, schema });
  return relations.length === 0;
}
