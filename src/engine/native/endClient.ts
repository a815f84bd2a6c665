import type { Socket } from "node:net";
import type { Client } from "pg";

/** How long a server has to take its leave. */
const patienceMs = 1_000;

/** Closes a connection; never throws, and waits for no server that says nothing any more. */
export async function endClient(client: Client): Promise<void> {
  const inside = client as unknown as {
    readonly connection: { readonly stream: Socket };
  };
  const timer = setTimeout(() => {
    inside.connection.stream.destroy();
  }, patienceMs);
  try {
    await client.end();
  } catch {
    // It is closed all the same.
  } finally {
    clearTimeout(timer);
  }
}
