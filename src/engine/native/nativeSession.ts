import type { Client } from "pg";
import type { ConnectionLimits } from "../../core/connections/secretParameters";
import { errorInfo } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { leadingWords } from "../../core/results/commandTag";
import type { StatementOutcome } from "../../protocol/engine";
import type { Attachment } from "../attachments/attachments";
import { chunkCapacity, textChunk, type StoredColumn } from "../duckdb";
import type { ResultStore } from "../results/resultStore";
import type { ActiveRun } from "../runs/activeRun";
import type { Executor } from "../runs/runs";
import type { StatementRecorder } from "../runs/statementRecorder";
import { openClient, postgresError } from "./connect";
import { Portal, type Field } from "./portal";
import { TypeNames } from "./typeNames";

/** Rows of the first batch, so that it comes soon, and of the others. */
const firstBatch = 512;
const laterBatch = 4 * chunkCapacity;

/** How long a cancelled statement is told to stop. */
const cancelForMs = 10_000;
/** Statements that begin or end a transaction: on a read-only attachment each statement has one of its own. */
const transactionWords = new Set([
  "BEGIN",
  "START",
  "COMMIT",
  "END",
  "ROLLBACK",
  "ABORT",
  "SAVEPOINT",
  "RELEASE",
]);

/** What a native session is made of. */
export interface NativeSessionParts {
  readonly attachment: () => Attachment;
  readonly store: ResultStore;
  readonly limits: (
    purpose: "native" | "control",
    readOnly: boolean,
  ) => ConnectionLimits;
}

/** One native PostgreSQL session, behind one alias. */
export class NativeSession implements Executor {
  private readonly typeNames = new TypeNames();
  private client: Client | undefined;
  private openedFor: Attachment["values"] | undefined;
  private control: Promise<Client> | undefined;
  private recorder: StatementRecorder | undefined;
  /** A cancel on its way to the server; it must not hit the next statement. */
  private cancelling: Promise<void> = Promise.resolve();

  constructor(private readonly parts: NativeSessionParts) {}

  async execute(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<StatementOutcome> {
    const { spec } = this.parts.attachment();
    const sent = [{ alias: spec.alias, sql }];
    const [firstWord = ""] = leadingWords(sql, 1);
    if (spec.readOnly && transactionWords.has(firstWord)) {
      const message = `"${spec.alias}" is attached read-only: each statement runs in a read-only transaction of its own, so ${firstWord} has no effect.`;
      recorder.notice({ severity: "WARNING", message });
      return recorder.succeeded(firstWord, 0, []);
    }
    this.recorder = recorder;
    try {
      const done = await (spec.readOnly
        ? this.guarded(sql, run)
        : this.perform(await this.open(), sql, run));
      return recorder.succeeded(done.commandTag, done.rowCount, sent);
    } catch (error) {
      const { info } = explain(postgresError(error, sql), spec.readOnly);
      if (info.class === "connectionLost") {
        await this.close();
      }
      return run.isCancelled() || info.class === "cancelled"
        ? recorder.cancelled(sent)
        : recorder.failed(info, sent);
    } finally {
      this.recorder = undefined;
      if (run.isCancelled()) {
        run.settle();
        await this.cancelling;
      }
    }
  }

  async cancel(run: ActiveRun): Promise<number> {
    const processId = (
      this.client as unknown as { readonly processID?: number } | undefined
    )?.processID;
    if (processId === undefined) {
      return 0;
    }
    const client = await openClient(
      this.parts.attachment().values,
      this.parts.limits("control", true),
    );
    this.cancelling = this.keepCancelling(
      client,
      processId,
      run,
      performance.now() + cancelForMs,
    );
    return 1;
  }

  /** Closes the connections; the next statement opens new ones. */
  async close(): Promise<void> {
    const { client, control } = this;
    this.client = undefined;
    this.control = undefined;
    await client?.end().catch(() => undefined);
    await control?.then((one) => one.end()).catch(() => undefined);
  }

  private async keepCancelling(
    client: Client,
    processId: number,
    run: ActiveRun,
    until: number,
  ): Promise<void> {
    try {
      while (!run.isSettled() && performance.now() < until) {
        await client.query("SELECT pg_cancel_backend($1)", [processId]);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    } catch {
      // The server is gone, and the statement with it.
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** A transaction that has taken its snapshot cannot be made read-write any more, whatever the statement says. */
  private async guarded(sql: string, run: ActiveRun): Promise<Done> {
    const client = await this.open();
    await client.query("BEGIN READ ONLY; SELECT 1");
    try {
      const done = await this.perform(client, sql, run);
      await client.query("COMMIT");
      return done;
    } catch (error) {
      // A session whose transaction would stay open is not used again.
      await client.query("ROLLBACK").catch(() => this.close());
      throw error;
    }
  }

  private async perform(
    client: Client,
    sql: string,
    run: ActiveRun,
  ): Promise<Done> {
    const portal = client.query(new Portal(sql));
    const fields = await portal.columns();
    const first = portal.read(firstBatch);
    // It may fail while the names are asked for; it is awaited after that.
    first.catch(() => undefined);
    // The names are asked for while the server makes the first rows.
    const names =
      fields.length === 0
        ? []
        : await this.typeNames.of(fields, () => this.controlClient());
    let batch = await first;
    if (fields.length === 0) {
      return {
        commandTag: portal.commandTag,
        rowCount: countOf(portal.commandTag),
      };
    }
    const writer = await this.parts.store.create(columnsOf(fields, names), {
      timeZone: "UTC",
      calendar: "gregorian",
    });
    for (;;) {
      for (let at = 0; at < batch.rows.length; at += chunkCapacity) {
        writer.append(
          textChunk(batch.rows.slice(at, at + chunkCapacity), fields.length),
        );
      }
      if (this.recorder?.rows === undefined) {
        this.recorder?.opened(writer, columnsOf(fields, names));
      } else {
        this.recorder.progress(null);
      }
      if (batch.isLast) {
        break;
      }
      if (run.isCancelled()) {
        await portal.close();
        throw new ViaductError(
          errorInfo("cancelled", "The statement was cancelled."),
        );
      }
      batch = await portal.read(laterBatch);
    }
    const isSelect = portal.commandTag.startsWith("SELECT ");
    // Read in batches, the server's tag counts the last batch only.
    return {
      commandTag: isSelect ? `SELECT ${writer.rowCount}` : portal.commandTag,
      rowCount: writer.rowCount,
    };
  }

  private async open(): Promise<Client> {
    const { values, spec } = this.parts.attachment();
    if (this.client !== undefined && this.openedFor === values) {
      return this.client;
    }
    await this.close();
    const client = await openClient(
      values,
      this.parts.limits("native", spec.readOnly),
    );
    client.on("notice", ({ severity, message }) => {
      this.recorder?.notice({
        severity: severity ?? "NOTICE",
        message: message ?? "",
      });
    });
    client.on("end", () => {
      if (this.client === client) {
        this.client = undefined;
      }
    });
    this.client = client;
    this.openedFor = values;
    return client;
  }

  private controlClient(): Promise<Client> {
    this.control ??= openClient(
      this.parts.attachment().values,
      this.parts.limits("control", true),
    ).then((client) => {
      client.on("end", () => {
        this.control = undefined;
      });
      return client;
    });
    return this.control;
  }
}

interface Done {
  readonly commandTag: string;
  readonly rowCount: number;
}

function columnsOf(
  fields: readonly Field[],
  names: readonly string[],
): StoredColumn[] {
  return fields.map(({ name }, index) => ({
    name,
    type: names[index] ?? "",
    storage: "VARCHAR",
  }));
}

const countOf = (tag: string): number => Number(/(\d+)$/.exec(tag)?.[1] ?? 0);

/** What cannot run in a transaction cannot run on a read-only attachment. */
function explain(error: ViaductError, readOnly: boolean): ViaductError {
  const { info } = error;
  return readOnly && info.code === "25001"
    ? new ViaductError(
        errorInfo("readOnly", info.message, {
          origin: "postgres",
          code: info.code,
        }),
      )
    : error;
}
