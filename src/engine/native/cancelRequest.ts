import { connect } from "node:net";
import type { Client } from "pg";

/** PostgreSQL's code of a CancelRequest, in place of a protocol version. */
const cancelCode = 80877102;

/** What `pg`'s client has that its types do not tell. */
interface Inside {
  readonly processID: number | null;
  readonly secretKey: number | null;
}

/**
 * The protocol's own cancel, to whoever has answered a connection: a pooler passes it on to the backend that works for
 * it, whose number we do not know. Like libpq before 17 it goes without TLS; it carries no password. Waits until it is
 * taken; that nobody takes it is not an error.
 */
export function sendCancelRequest(client: Client): Promise<void> {
  const { processID, secretKey } = client as unknown as Inside;
  if (processID === null || secretKey === null) {
    return Promise.resolve();
  }
  const message = Buffer.alloc(16);
  for (const [index, word] of [
    16,
    cancelCode,
    processID,
    secretKey,
  ].entries()) {
    // Both numbers are signed or not as the library reads them; on the wire that is the same.
    message.writeUInt32BE(word >>> 0, index * 4);
  }
  return new Promise((resolve) => {
    const socket = client.host.startsWith("/")
      ? connect(`${client.host}/.s.PGSQL.${client.port}`)
      : connect(client.port, client.host);
    socket.setTimeout(longestMs, () => socket.destroy());
    socket.on("error", () => undefined);
    socket.on("close", () => {
      resolve();
    });
    // It is closed without an answer. We must not be the first: PgBouncer 1.18 has ended altogether by that (measured).
    socket.resume();
    socket.write(message);
  });
}

const longestMs = 5_000;
