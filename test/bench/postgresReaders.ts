import type { Connection, Submittable } from "pg";
import Cursor from "pg-cursor";
import { connectAdmin } from "../support/postgres";

/** Reads a query by binary COPY and throws the bytes away: the limit of the wire. Answers the number of bytes. */
export async function binaryCopy(query: string): Promise<number> {
  const client = await connectAdmin();
  try {
    let bytes = 0;
    await new Promise<void>((resolve, reject) => {
      const copy: Submittable & Record<string, unknown> = {
        submit: (connection: Connection) => {
          (connection as unknown as { query(text: string): void }).query(
            `COPY (${query}) TO STDOUT (FORMAT binary)`,
          );
        },
        handleCopyData: (message: { readonly chunk: Uint8Array }) => {
          bytes += message.chunk.length;
        },
        handleCommandComplete: () => undefined,
        handleReadyForQuery: resolve,
        handleError: reject,
      };
      client.query(copy);
    });
    return bytes;
  } finally {
    await client.end();
  }
}

/** Reads a query through a `pg` cursor with parsed values, as other editors do. Answers the number of rows. */
export async function cursor(query: string): Promise<number> {
  const client = await connectAdmin();
  try {
    const reader = client.query(new Cursor(query, [], { rowMode: "array" }));
    let count = 0;
    for (;;) {
      const rows = await reader.read(10_000);
      if (rows.length === 0) {
        return count;
      }
      count += rows.length;
    }
  } finally {
    await client.end();
  }
}
