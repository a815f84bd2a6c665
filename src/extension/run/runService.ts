import * as vscode from "vscode";
import { redactSql } from "../../core/credentials/redactSql";
import { toErrorInfo } from "../../core/errors/viaductError";
import type {
  CancelOutcome,
  RunOutcome,
  RunTarget,
} from "../../protocol/engine";
import type { RunView } from "../../protocol/panel";
import type { EngineSession } from "../engine/engineSession";
import type { Disposable } from "../lifetime/disposableStore";
import { DisposableStore } from "../lifetime/disposableStore";
import { Emitter } from "../lifetime/emitter";
import { Throttle } from "../lifetime/throttle";
import {
  applyEvent,
  cancelling,
  closeRun,
  confirming,
  failRun,
  openRun,
} from "../results/runModel";
import { ForcedEnd } from "./forcedEnd";
import { forcedEndWords } from "./forcedEndWords";
import type { DocumentStatement, RunDiagnostics } from "./runDiagnostics";
import { environmentOf } from "./runEnvironment";

/** What is to be run, where it comes from and where it goes. */
export interface RunInput {
  readonly target: RunTarget;
  /** Name for the panel: a file name, or what made the statement. */
  readonly source: string;
  readonly statements: readonly DocumentStatement[];
  /** The tab that it is shown in; absent for that of the document, or a new one. */
  readonly tabId?: string;
}

/** A run that begins, and what it was given. */
export interface OpenedRun {
  readonly run: RunView;
  readonly input: RunInput;
}

/** How often the view of a run is handed on at most while it only grows. */
const tellEveryMs = 40;

/** The runs of this window: one at a time, its view kept for the panel, its errors put into the document. */
export class RunService implements Disposable {
  private readonly store = new DisposableStore();
  private readonly runEmitter = this.store.add(new Emitter<RunView>());
  private readonly openedEmitter = this.store.add(new Emitter<OpenedRun>());
  /** A file of thousands of statements, or a loop of notices, changes the view thousands of times. */
  private readonly telling = this.store.add(
    new Throttle<RunView>(tellEveryMs, (view) => {
      this.runEmitter.fire(view);
    }),
  );
  private shown: RunView | null = null;
  private finished: Promise<unknown> = Promise.resolve();
  private readonly forcedEnd = this.store.add(
    new ForcedEnd({
      ...forcedEndWords,
      kill: () => {
        this.log.warn(
          "The engine did not end the cancelled run: it is started again.",
        );
        this.session.kill();
      },
    }),
  );
  private count = 0;

  constructor(
    private readonly session: EngineSession,
    private readonly diagnostics: RunDiagnostics,
    private readonly log: vscode.LogOutputChannel,
    /** Asks for the values of parameters; undefined when the user gave up. */
    private readonly fill: (input: RunInput) => Promise<RunInput | undefined>,
  ) {
    this.store.add(
      session.onEvent((message) => {
        if (this.shown !== null) {
          this.show(applyEvent(this.shown, message));
        }
      }),
    );
  }

  /** The shown run, whenever it changes. */
  readonly onRunChanged = this.runEmitter.event;

  /** A run begins: heard before it is handed on as changed. */
  readonly onRunOpened = this.openedEmitter.event;

  /** The newest run; null when nothing was run. */
  get current(): RunView | null {
    return this.shown;
  }

  get running(): boolean {
    return (
      this.shown?.state === "running" || this.shown?.state === "cancelling"
    );
  }

  /** Runs statements and answers when the last one has ended; undefined when the user would rather wait. */
  async run(given: RunInput): Promise<RunView | undefined> {
    if (this.running && !(await this.mayReplaceRunning())) {
      return undefined;
    }
    const input = await this.fill(given);
    // Another run may have begun while the user was asked.
    if (
      input === undefined ||
      (this.running && !(await this.mayReplaceRunning()))
    ) {
      return undefined;
    }
    const view = this.open(input);
    const ended = this.execute(view.runId, input);
    this.finished = ended;
    return ended;
  }

  /** Stops the current run in both engines; a process that does not answer is ended and started again. */
  async cancel(): Promise<CancelOutcome | undefined> {
    const run = this.shown;
    if (run === null || !this.running) {
      return undefined;
    }
    this.show(cancelling(run));
    this.forcedEnd.begin();
    const done = this.finished.finally(() => {
      this.forcedEnd.stop();
    });
    try {
      return await this.session.request("cancel", { runId: run.runId });
    } catch (error) {
      if (this.forcedEnd.hasEnded) {
        return { cancelled: true, serverBackends: 0 };
      }
      throw error;
    } finally {
      await done;
    }
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    while (this.running) {
      await this.finished;
    }
  }

  /** Shows that a statement waits for the user's answer, or that it has it. */
  showConfirming(
    statement: { readonly runId: string; readonly index: number },
    isOpen: boolean,
  ): void {
    if (this.shown !== null) {
      this.show(confirming(this.shown, statement, isOpen));
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private open(input: RunInput): RunView {
    this.count += 1;
    this.forcedEnd.reset();
    this.diagnostics.clear(input.statements);
    const view = openRun({
      runId: `run-${String(this.count)}`,
      target: input.target,
      source: input.source,
      startedAt: Date.now(),
      environment: environmentOf(input, this.session.attachments),
      statements: input.statements.map(({ text }) => ({
        text: redactSql(text),
      })),
    });
    this.log.info(
      `${view.runId} on ${view.target}: ${String(view.statements.length)} statement(s)`,
    );
    this.openedEmitter.fire({ run: view, input });
    this.show(view);
    return view;
  }

  private async execute(runId: string, input: RunInput): Promise<RunView> {
    const statements = input.statements.map(({ text, parameters }) =>
      parameters === undefined ? { text } : { text, parameters },
    );
    try {
      const outcome = await this.session.request("run", {
        runId,
        target: input.target,
        statements,
      });
      this.report(outcome, input);
      return this.close(runId, (view) => closeRun(view, outcome));
    } catch (error) {
      const info = this.forcedEnd.explain(toErrorInfo(error));
      this.log.error(`${runId} failed: ${info.message}`);
      return this.close(runId, (view) => failRun(view, info));
    }
  }

  private close(runId: string, change: (view: RunView) => RunView): RunView {
    const view = this.shown;
    if (view?.runId !== runId) {
      throw new Error(`Run ${runId} is not the one that is shown.`);
    }
    const closed = change(view);
    this.show(closed);
    return closed;
  }

  private report(outcome: RunOutcome, input: RunInput): void {
    for (const {
      index,
      status,
      error,
      elapsedMs,
      rowCount,
    } of outcome.statements) {
      this.log.info(
        `${outcome.runId}#${String(index)} ${status}: ${String(rowCount)} rows, ${String(Math.round(elapsedMs))} ms`,
      );
      const statement = input.statements[index];
      if (error !== null && statement !== undefined) {
        this.log.warn(
          `${outcome.runId}#${String(index)} ${error.class}: ${error.message}`,
        );
        this.diagnostics.show(statement, error);
      }
    }
  }

  private async mayReplaceRunning(): Promise<boolean> {
    const replace = vscode.l10n.t("Cancel It and Run");
    const choice = await vscode.window.showInformationMessage(
      vscode.l10n.t("A run is still going on."),
      replace,
    );
    if (choice !== replace) {
      // Also when the run has ended meanwhile: closing a message must not start anything.
      return false;
    }
    await this.cancel();
    return !this.running;
  }

  private show(view: RunView): void {
    const before = this.shown;
    if (view !== before) {
      this.shown = view;
      const isTurn =
        view.runId !== before?.runId || view.state !== before.state;
      this.telling.push(view, isTurn);
    }
  }
}
