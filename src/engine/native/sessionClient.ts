import type { EventEmitter } from "node:events";
import type { Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "pg";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import type { Notice } from "../../core/results/result";
import type { ActiveRun } from "../runs/activeRun";
import { openClient } from "./connect";
import { endClient } from "./endClient";

/** What went with a connection that the server, or the network, has ended. */
export type Loss = "nothing" | "settings" | "transaction";

/** Whether a transaction is open: `I` idle, `T` in a transaction, `E` in a failed one. */
export type TransactionStatus = "I" | "T" | "E";

/** How long an answer that is on its way may take. */
const settledMs = 1_000;

/** What `pg`'s client has that its types do not tell. */
interface Inside {
  /** False while an answer is awaited. */
  readonly readyForQuery: boolean;
  readonly processID: number;
  readonly connection: EventEmitter & { readonly stream: Socket };
}

/** A connection that keeps track of its transaction, and of what is lost with it. */
export class SessionClient {
  private current: TransactionStatus = "I";
  private hasEnded = false;
  private isClosing = false;
  private lastWord: string | undefined;
  /** True once a statement may have left something in the session that a new connection would not have. */
  isStateful = false;

  private constructor(
    readonly client: Client,
    /** What it was opened with: other values need another connection. */
    readonly values: ConnectionValues,
    readonly limits: ConnectionLimits,
  ) {
    this.inside.connection.on(
      "readyForQuery",
      ({ status }: { readonly status: TransactionStatus }) => {
        this.current = status;
      },
    );
    this.inside.connection.on(
      "errorMessage",
      ({ code }: { readonly code?: string }) => {
        this.lastWord = code;
      },
    );
    client.on("end", () => {
      this.hasEnded = true;
    });
  }

  /** Throws when the run is cancelled first. */
  static async open(
    values: ConnectionValues,
    limits: ConnectionLimits,
    onNotice: (notice: Notice) => void,
    run: Pick<ActiveRun, "unlessCancelled">,
  ): Promise<SessionClient> {
    const opening = openClient(values, limits);
    const client = await run
      .unlessCancelled(opening)
      .catch((error: unknown) => {
        // One that comes too late is not kept.
        void opening.then(endClient, () => undefined);
        throw error;
      });
    client.on("notice", ({ severity, message }) => {
      onNotice({ severity: severity ?? "NOTICE", message: message ?? "" });
    });
    return new SessionClient(client, values, limits);
  }

  /** The server's number of this connection, for a cancel. */
  get processId(): number {
    return this.inside.processID;
  }

  get isUsable(): boolean {
    return !this.hasEnded && !this.isClosing;
  }

  /** The server's word at the end of the last statement. */
  get status(): TransactionStatus {
    return this.current;
  }

  /** True while a new connection would not do the same. */
  get mustStay(): boolean {
    return this.isStateful || this.current !== "I";
  }

  /** The SQLSTATE with which the server has ended the connection, when it said one. */
  get lossCode(): string | undefined {
    return this.lastWord;
  }

  /** What ended with the connection when it was not us who ended it. */
  get loss(): Loss {
    if (!this.hasEnded || this.isClosing) {
      return "nothing";
    }
    if (this.current !== "I") {
      return "transaction";
    }
    return this.isStateful ? "settings" : "nothing";
  }

  /**
   * True when the server waits for us while we wait for it: what was sent has not come, because the connection has died
   * without a word. `other` is a connection that lives. A pooler's numbers say nothing.
   */
  async isUnheard(other: Client): Promise<boolean> {
    const first = await this.idleSince(other);
    await pause(settledMs);
    return first !== null && (await this.idleSince(other)) === first;
  }

  /** Since when the server waits for this connection while an answer is awaited, as text with all that came so far. */
  private async idleSince(other: Client): Promise<string | null> {
    if (this.inside.readyForQuery) {
      return null;
    }
    const { rows } = await other.query<{ since: string }>(
      `SELECT state_change::text AS since FROM pg_stat_activity
       WHERE pid = $1 AND application_name = $2 AND state LIKE 'idle%'`,
      [this.processId, this.limits.applicationName],
    );
    const { bytesRead } = this.inside.connection.stream;
    const since = rows[0]?.since;
    return since === undefined ? null : `${since} ${bytesRead}`;
  }

  async close(): Promise<void> {
    this.isClosing = true;
    await endClient(this.client);
  }

  private get inside(): Inside {
    return this.client as unknown as Inside;
  }
}
