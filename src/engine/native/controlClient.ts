import type { Client } from "pg";
import { endClient } from "./endClient";

/** A connection beside that of the statements, opened when it is asked for and kept until it is closed or lost. */
export class ControlClient {
  private client: Promise<Client> | undefined;

  constructor(private readonly open: () => Promise<Client>) {}

  get(): Promise<Client> {
    this.client ??= this.open().then(
      (client) => {
        client.on("end", () => {
          this.client = undefined;
        });
        return client;
      },
      (error: unknown) => {
        // Not kept: the next statement may be luckier.
        this.client = undefined;
        throw error;
      },
    );
    return this.client;
  }

  /** True while there is a connection, or one is being made. */
  get isKept(): boolean {
    return this.client !== undefined;
  }

  async close(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.then(endClient).catch(() => undefined);
  }
}
