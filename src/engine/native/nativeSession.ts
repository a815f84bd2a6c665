import type { Client } from "pg";
import { verbOf } from "../../core/sql/writes";
import type { SentStatement, StatementOutcome } from "../../protocol/engine";
import type { Attachment } from "../attachments/attachment";
import type { LimitsFor } from "../attachments/limits";
import { IdleTimer } from "../idleTimer";
import type { ResultStore } from "../results/resultStore";
import type { ActiveRun } from "../runs/activeRun";
import type { Executor } from "../runs/runs";
import type { StatementRecorder } from "../runs/statementRecorder";
import type { WriteQuestions } from "../runs/writeQuestions";
import { openClient, postgresError } from "./connect";
import { ControlClient } from "./controlClient";
import { endClient } from "./endClient";
import { explain, lostTransaction } from "./nativeErrors";
import { cancelOnce, keepCancelling, openInTime } from "./nativeCancel";
import { leavesState, permission } from "./nativePermission";
import { allowed, refuseEffects, transactionWord } from "./readOnlyTransaction";
import { describedTypes, meantTypes } from "./parameterTypes";
import { Portal } from "./portal";
import { readPortal, type Done } from "./portalRows";
import { watching } from "./serverWatch";
import { SessionClient } from "./sessionClient";
import { TypeNames } from "./typeNames";

/** What a native session is made of. */
export interface NativeSessionParts {
  readonly attachment: () => Attachment;
  readonly store: ResultStore;
  readonly limits: LimitsFor;
  readonly questions: WriteQuestions;
  /** How long a connection is kept that is not used. */
  readonly idleMs: number;
}

/** One native PostgreSQL session, behind one alias. */
export class NativeSession implements Executor {
  private readonly typeNames = new TypeNames();
  /** A connection without a state of its own is given back after a while. */
  private readonly idle: IdleTimer;
  private session: SessionClient | undefined;
  private readonly control: ControlClient;
  private recorder: StatementRecorder | undefined;
  /** Whether a connection that nothing depends on was lost before the statement was heard. */
  private mayRepeat = false;
  /** Whether the server has got the statement. */
  private isSent = false;
  /** A cancel on its way to the server; it must not hit the next statement. */
  private cancelling: Promise<void> = Promise.resolve();

  constructor(private readonly parts: NativeSessionParts) {
    this.idle = new IdleTimer(parts.idleMs, () => void this.giveBack());
    this.control = new ControlClient(() => {
      const { values, spec } = parts.attachment();
      return openClient(values, parts.limits("control", spec));
    });
  }

  async execute(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<StatementOutcome> {
    const { spec } = this.parts.attachment();
    const sent = (): SentStatement[] =>
      this.isSent ? [{ alias: spec.alias, sql }] : [];
    const firstWord = spec.readOnly ? transactionWord(sql) : null;
    if (firstWord !== null) {
      const message = `"${spec.alias}" is attached read-only: each statement runs in a read-only transaction of its own, so ${firstWord} has no effect.`;
      recorder.notice({ severity: "WARNING", message });
      return recorder.succeeded(firstWord, 0, []);
    }
    this.recorder = recorder;
    this.isSent = false;
    this.mayRepeat = false;
    try {
      const done = await this.performed(sql, recorder, run).catch(
        (error: unknown) => {
          // The kept connection had died without a word; what only reads can be said again on a new one.
          if (
            this.mayRepeat &&
            spec.readOnly &&
            recorder.rows === undefined &&
            !run.isCancelled()
          ) {
            return this.performed(sql, recorder, run);
          }
          throw error;
        },
      );
      return recorder.succeeded(done.commandTag, done.rowCount, sent());
    } catch (error) {
      const limits = this.parts.limits("native", spec);
      const { info } = explain(postgresError(error, sql), spec, limits);
      if (info.class === "connectionLost") {
        await this.drop();
      }
      return run.isCancelled() || info.class === "cancelled"
        ? recorder.cancelled(sent())
        : recorder.failed(info, sent());
    } finally {
      this.recorder = undefined;
      this.idle.touch();
      if (run.isCancelled()) {
        run.settle();
        await this.cancelling;
      }
    }
  }

  /** Which types the server expects the parameters of a statement to have. */
  async describe(
    sql: string,
    names: readonly string[],
  ): Promise<readonly (string | null)[]> {
    const { session, control, typeNames } = this;
    this.idle.touch();
    return describedTypes(sql, names, { session, control, typeNames });
  }

  async cancel(run: ActiveRun): Promise<number> {
    const { session } = this;
    if (session === undefined) {
      // It still connects, and is not waited for.
      return 0;
    }
    let client: Client;
    try {
      client = await openInTime(this.openControl(session));
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
    this.cancelling = keepCancelling(client, session, run);
    return 1;
  }

  /** Ends what runs and closes the connections; the next statement opens new ones. */
  async close(): Promise<void> {
    const { session } = this;
    if (session !== undefined && this.recorder !== undefined) {
      // A server goes on with a statement although its connection is closed.
      await cancelOnce(this.openControl(session), session);
    }
    await this.drop();
  }

  /** A server that takes no connection any more does not answer the statement either, nor one that never got it. */
  private async dropIfGone(session: SessionClient): Promise<void> {
    try {
      const client = await this.openControl(session);
      const isUnheard = await session
        .isUnheard(client)
        .finally(() => endClient(client));
      if (isUnheard) {
        this.mayRepeat = !session.mustStay;
        await this.drop();
      }
    } catch {
      await this.drop();
    }
  }

  /** After a while without use: what a new connection would not have keeps its own. */
  private async giveBack(): Promise<void> {
    const { session } = this;
    if (this.recorder !== undefined) {
      return;
    }
    await (session?.mustStay === true ? this.control.close() : this.drop());
  }

  private async drop(): Promise<void> {
    const { session } = this;
    this.idle.stop();
    this.session = undefined;
    await session?.close();
    await this.control.close();
  }

  /** A connection to where `session` is, whatever the alias stands for by now. */
  private openControl({ values, limits }: SessionClient): Promise<Client> {
    return openClient(values, this.parts.limits("control", limits));
  }

  private async performed(
    sql: string,
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    const { questions, attachment } = this.parts;
    const { spec } = attachment();
    const how = spec.readOnly
      ? refuseEffects(sql)
      : await permission(questions, { sql, spec, recorder, run });
    const session = await this.open(recorder, run);
    const connections = { session, control: this.control };
    const types = await meantTypes(sql, recorder.parameters, connections);
    run.throwIfCancelled();
    const perform = (): Promise<Done> =>
      this.perform(session.client, { sql, types }, recorder, run);
    try {
      return await watching(
        allowed(perform, {
          session,
          how: spec.readOnly ? "readOnly" : how,
          ask: () =>
            questions.ask(spec.alias, verbOf(sql), {
              run,
              index: recorder.index,
            }),
        }),
        session.limits.connectTimeoutSeconds * 1000,
        () => this.dropIfGone(session),
      );
    } finally {
      session.isStateful ||= leavesState(sql);
    }
  }

  private async perform(
    client: Client,
    { sql, types }: { readonly sql: string; readonly types: readonly number[] },
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<Done> {
    this.isSent = true;
    const { texts } = recorder.parameters;
    const portal = client.query(new Portal(sql, texts, types));
    try {
      return await readPortal({
        portal,
        store: this.parts.store,
        recorder,
        run,
        typeNames: (fields) =>
          this.typeNames.wordsOf(fields, () => this.control.get()),
      });
    } finally {
      // Whatever went wrong here: the connection is free only when the server has ended the statement.
      await portal.close();
    }
  }

  private async open(
    recorder: StatementRecorder,
    run: ActiveRun,
  ): Promise<SessionClient> {
    const { values, spec } = this.parts.attachment();
    const known = this.session;
    this.idle.stop();
    if (known?.isUsable === true && known.values === values) {
      return known;
    }
    const loss = known?.loss;
    await this.drop();
    if (known !== undefined && loss === "transaction") {
      throw lostTransaction(known, spec.alias);
    }
    const session = await SessionClient.open(
      values,
      this.parts.limits("native", spec),
      (notice) => this.recorder?.notice(notice),
      run,
    );
    if (loss === "settings") {
      const message = `The connection to "${spec.alias}" was lost and has been opened anew: what SET has changed and temporary tables are gone.`;
      recorder.notice({ severity: "WARNING", message });
    }
    this.session = session;
    return session;
  }
}
