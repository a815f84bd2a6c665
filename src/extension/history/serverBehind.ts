import type { EngineSession } from "../engine/engineSession";

/** The user and the server that an alias stands for, such as `ann at db.example:5432`; empty when it is not known. */
export async function serverBehind(
  session: Pick<EngineSession, "attachments" | "request">,
  alias: string,
): Promise<string> {
  const spec = session.attachments.get(alias);
  if (spec === undefined) {
    return "";
  }
  return session.request("sourceServer", spec).then(
    ({ server }) => server,
    () => "",
  );
}
