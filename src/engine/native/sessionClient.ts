import type { EventEmitter } from "node:events";
import type { Client } from "pg";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import type { Notice } from "../../core/results/result";
import { openClient } from "./connect";

/** What went with a connection that the server, or the network, has ended. */
export type Loss = "nothing" | "settings" | "transaction";

/** What `pg`'s client has that its types do not tell. */
interface Inside {
  readonly processID: number;
  readonly connection: EventEmitter;
}

/** A connection that keeps track of its transaction, and of what is lost with it. */
export class SessionClient {
  /** The server's word at the end of the last statement: `I` idle, `T` in a transaction, `E` in a failed one. */
  private status = "I";
  private hasEnded = false;
  private isClosing = false;

  private constructor(
    readonly client: Client,
    /** What it was opened with: other values need another connection. */
    readonly values: ConnectionValues,
  ) {
    this.inside.connection.on(
      "readyForQuery",
      ({ status }: { readonly status: string }) => {
        this.status = status;
      },
    );
    client.on("end", () => {
      this.hasEnded = true;
    });
  }

  static async open(
    values: ConnectionValues,
    limits: ConnectionLimits,
    onNotice: (notice: Notice) => void,
  ): Promise<SessionClient> {
    const client = await openClient(values, limits);
    client.on("notice", ({ severity, message }) => {
      onNotice({ severity: severity ?? "NOTICE", message: message ?? "" });
    });
    return new SessionClient(client, values);
  }

  /** The server's number of this connection, for a cancel. */
  get processId(): number {
    return this.inside.processID;
  }

  get isUsable(): boolean {
    return !this.hasEnded && !this.isClosing;
  }

  /** What ended with the connection when it was not us who ended it. */
  get loss(): Loss {
    if (!this.hasEnded || this.isClosing) {
      return "nothing";
    }
    return this.status === "I" ? "settings" : "transaction";
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await this.client.end().catch(() => undefined);
  }

  private get inside(): Inside {
    return this.client as unknown as Inside;
  }
}
