import type { Client } from "pg";
import type { ActiveRun } from "../runs/activeRun";
import { sendCancelRequest } from "./cancelRequest";
import { endClient } from "./endClient";
import type { SessionClient } from "./sessionClient";

/** How long a cancelled statement is told to stop, and how often. */
const cancelForMs = 10_000;
const cancelEveryMs = 50;

/** How long a connection for a cancel may take: the user waits, and the host would end the engine instead. */
const openForMs = 3_000;

/** A connection for a cancel; throws when the server does not give one in time. */
export async function openInTime(opening: Promise<Client>): Promise<Client> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => {
      resolve(null);
    }, openForMs);
  });
  const client = await Promise.race([opening, late]).finally(() => {
    clearTimeout(timer);
  });
  if (client === null) {
    void opening.then(endClient, () => undefined);
    throw new Error("The server gave no connection in time.");
  }
  return client;
}

/** Tells a server to stop what the backend of `session` does, until the run has ended; `client` is closed then. */
export async function keepCancelling(
  client: Client,
  session: SessionClient,
  run: ActiveRun,
): Promise<void> {
  const until = performance.now() + cancelForMs;
  try {
    while (!run.isSettled() && performance.now() < until) {
      await cancelBackend(client, session);
      await new Promise((resolve) => setTimeout(resolve, cancelEveryMs));
    }
  } catch {
    // The server is gone, and the statement with it.
  } finally {
    await endClient(client);
  }
}

/** Tells a server to stop what the backend of `session` does; that it cannot be told is not an error. */
export async function cancelOnce(
  opening: Promise<Client>,
  session: SessionClient,
): Promise<void> {
  try {
    const client = await opening;
    await cancelBackend(client, session).finally(() => endClient(client));
  } catch {
    // The server is gone, and the statement with it.
  }
}

/** Tells a server once; the number that a pooler has given to a session is none of the server's. */
async function cancelBackend(
  client: Client,
  session: SessionClient,
): Promise<void> {
  const { rows } = await client.query<{ done: boolean }>(
    "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = $1 AND application_name = $2) AND pg_cancel_backend($1) AS done",
    [session.processId, session.limits.applicationName],
  );
  if (rows[0]?.done !== true) {
    await sendCancelRequest(session.client);
  }
}
