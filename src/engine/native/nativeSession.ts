import type { Client } from "pg";
import { errorInfo, viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { leadingWords } from "../../core/results/commandTag";
import type { StatementOutcome } from "../../protocol/engine";
import type { Attachment } from "../attachments/attachments";
import type { LimitsFor } from "../attachments/limits";
import type { ResultStore } from "../results/resultStore";
import type { ActiveRun } from "../runs/activeRun";
import type { Executor } from "../runs/runs";
import type { StatementRecorder } from "../runs/statementRecorder";
import { openClient, postgresError } from "./connect";
import { Portal } from "./portal";
import { readPortal, type Done } from "./portalRows";
import { SessionClient } from "./sessionClient";
import { TypeNames } from "./typeNames";

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
  readonly limits: LimitsFor;
}

/** One native PostgreSQL session, behind one alias. */
export class NativeSession implements Executor {
  private readonly typeNames = new TypeNames();
  private session: SessionClient | undefined;
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
      const done = await this.performed(sql, recorder, run);
      return recorder.succeeded(done.commandTag, done.rowCount, sent);
    } catch (error) {
      const { info } = explain(postgresError(error, sql), spec.readOnly);
      if (info.class === "connectionLost") {
        await this.drop();
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
    const { session } = this;
    if (session === undefined) {
      // It still connects: it looks whether it is cancelled before it sends anything.
      return 0;
    }
    let client: Client;
    try {
      client = await this.openControl(session);
    } catch {
      if (!run.isSettled()) {
        this.recorder?.notice({
          severity: "WARNING",
          message:
            "The server could not be told to stop the statement: its connection was closed instead.",
        });
        await this.drop();
      }
      return 0;
    }
    this.cancelling = this.keepCancelling(
      client,
      session.processId,
      run,
      performance.now() + cancelForMs,
    );
    return 1;
  }

  /** Ends what runs and closes the connections; the next statement opens new ones. */
  async close(): Promise<void> {
    const { session } = this;
    if (session !== undefined && this.recorder !== undefined) {
      // A server goes on with a statement although its connection is closed.
      await this.cancelOnce(session).catch(() => undefined);
    }
    await this.drop();
  }

  /** Closes the connections. */
  private async drop(): Promise<void> {
    const { session, control } = this;
    this.session = undefined;
    this.control = undefined;
    await session?.close();
    await control?.then((one) => one.end()).catch(() => undefined);
  }

  private async cancelOnce(session: SessionClient): Promise<void> {
    const client = await this.openControl(session);
    try {
      await client.query("SELECT pg_cancel_backend($1)", [session.processId]);
    } finally {
      await client.end();
    }
  }

  /** A connection to where `session` is, whatever the alias stands for by now. */
  private openControl({ values }: SessionClient): Promise<Client> {
    return openClient(values, this.parts.limits("control", { readOnly: true }));
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

  private async performed(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const { client } = await this.open(recorder);
    if (run.isCancelled()) {
      throw viaductError("cancelled", "The statement was cancelled.");
    }
    return this.parts.attachment().spec.readOnly
      ? this.guarded(() => this.perform(client, sql, recorder, run), client)
      : this.perform(client, sql, recorder, run);
  }

  /** A transaction that has taken its snapshot cannot be made read-write any more, whatever the statement says. */
  private async guarded(
    task: () => Promise<Done>,
    client: Client,
  ): Promise<Done> {
    try {
      await client.query("BEGIN READ ONLY; SELECT 1");
      const done = await task();
      await client.query("COMMIT");
      return done;
    } catch (error) {
      // A session whose transaction would stay open is not used again.
      await client.query("ROLLBACK").catch(() => this.drop());
      throw error;
    }
  }

  private async perform(
    client: Client,
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const portal = client.query(new Portal(sql));
    try {
      return await readPortal({
        portal,
        store: this.parts.store,
        recorder,
        run,
        typeNames: (fields) =>
          this.typeNames.of(fields, () => this.controlClient()),
      });
    } finally {
      // Whatever went wrong here: the connection is free only when the server has ended the statement.
      await portal.close();
    }
  }

  private async open(recorder: StatementRecorder): Promise<SessionClient> {
    const { values, spec } = this.parts.attachment();
    const known = this.session;
    if (known?.isUsable === true && known.values === values) {
      return known;
    }
    const loss = known?.loss;
    await this.drop();
    if (loss === "transaction") {
      throw viaductError(
        "connectionLost",
        `The connection to "${spec.alias}" was lost, and with it the transaction that was open: nothing of it is kept, and this statement was not run.`,
        { origin: "postgres" },
      );
    }
    const session = await SessionClient.open(
      values,
      this.parts.limits("native", spec),
      (notice) => this.recorder?.notice(notice),
    );
    if (loss === "settings") {
      const message = `The connection to "${spec.alias}" was lost and has been opened anew: what SET has changed and temporary tables are gone.`;
      recorder.notice({ severity: "WARNING", message });
    }
    this.session = session;
    return session;
  }

  private controlClient(): Promise<Client> {
    this.control ??= openClient(
      this.parts.attachment().values,
      this.parts.limits("control", { readOnly: true }),
    ).then(
      (client) => {
        client.on("end", () => {
          this.control = undefined;
        });
        return client;
      },
      (error: unknown) => {
        // Not kept: the next statement may be luckier.
        this.control = undefined;
        throw error;
      },
    );
    return this.control;
  }
}

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
