import * as vscode from "vscode";
import { errorInfo } from "../../core/errors/makeError";
import type { ErrorInfo } from "../../core/errors/errorInfo";

/** How long an engine may take to end a cancelled run before its process is ended instead. */
const cancelGraceMs = 5_000;

/** When that is told, so that there is time to keep waiting. */
const warnAfterMs = 2_000;

/**
 * The last means against a run that cannot be stopped: DuckDB waits for a server that is silent, and only the end of the
 * process ends that. The user is told before, and can wait instead; and after.
 */
export class ForcedEnd {
  private warning: NodeJS.Timeout | undefined;
  private end: NodeJS.Timeout | undefined;
  private isDone = false;

  constructor(private readonly kill: () => void) {}

  /** A run was cancelled; `stop` when it has ended. */
  begin(): void {
    this.stop();
    this.isDone = false;
    this.end = setTimeout(() => {
      this.isDone = true;
      this.kill();
    }, cancelGraceMs);
    this.warning = setTimeout(() => {
      void this.warn();
    }, warnAfterMs);
  }

  stop(): void {
    clearTimeout(this.warning);
    clearTimeout(this.end);
  }

  /** True when it has come to that. */
  get hasEnded(): boolean {
    return this.isDone;
  }

  /** The error of a run that was ended so; any other as it is. */
  explain(error: ErrorInfo): ErrorInfo {
    return this.isDone && error.class === "engineUnavailable"
      ? errorInfo(
          "cancelled",
          vscode.l10n.t(
            "The run was cancelled by ending the engine, because it waited for a server that does not answer.",
          ),
          {
            hint: vscode.l10n.t(
              "The engine starts again with its attachments; tables in memory, temporary tables and earlier results are gone.",
            ),
            actions: [],
          },
        )
      : error;
  }

  private async warn(): Promise<void> {
    const wait = vscode.l10n.t("Keep Waiting");
    const { end } = this;
    const choice = await vscode.window.showWarningMessage(
      vscode.l10n.t(
        "The run does not stop: the engine waits for a server that does not answer. The engine is ended in {0} s and starts again; tables in memory, temporary tables and earlier results are lost.",
        String((cancelGraceMs - warnAfterMs) / 1000),
      ),
      wait,
    );
    if (choice === wait && end === this.end) {
      this.stop();
    }
  }
}
