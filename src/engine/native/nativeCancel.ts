import type { Client } from "pg";
import type { ActiveRun } from "../runs/activeRun";
import { endClient } from "./endClient";

/** How long a cancelled statement is told to stop, and how often. */
const cancelForMs = 10_000;
const cancelEveryMs = 50;

/** Tells a server to stop what a backend does, until the run has ended; `client` is closed then. */
export async function keepCancelling(
  client: Client,
  processId: number,
  run: ActiveRun,
): Promise<void> {
  const until = performance.now() + cancelForMs;
  try {
    while (!run.isSettled() && performance.now() < until) {
      await client.query("SELECT pg_cancel_backend($1)", [processId]);
      await new Promise((resolve) => setTimeout(resolve, cancelEveryMs));
    }
  } catch {
    // The server is gone, and the statement with it.
  } finally {
    await endClient(client);
  }
}
