import { viaductError } from "../../core/errors/makeError";

/** A run while it is queued or going on. */
export class ActiveRun {
  /** Aliases, in lower case, that the user has allowed this run to write to. */
  readonly writable = new Set<string>();
  /** Resolves when the run is cancelled. */
  readonly cancelled: Promise<void>;
  private tellCancelled: () => void = () => undefined;
  private cancelRequested = false;
  private statementsDone = false;

  constructor(readonly runId: string) {
    this.cancelled = new Promise((resolve) => {
      this.tellCancelled = resolve;
    });
  }

  /**
   * What `work` answers; throws once the run is cancelled. The work goes on behind it: what it waits for, such as a server
   * that says nothing, is no reason for the user to wait, too.
   */
  async unlessCancelled<T>(work: Promise<T>): Promise<T> {
    await Promise.race([this.cancelled, work]);
    this.throwIfCancelled();
    return work;
  }

  throwIfCancelled(): void {
    if (this.cancelRequested) {
      throw viaductError("cancelled", "The statement was cancelled.");
    }
  }

  isCancelled(): boolean {
    return this.cancelRequested;
  }

  /** True when there is nothing left that a cancel could stop. */
  isSettled(): boolean {
    return this.statementsDone;
  }

  cancel(): void {
    this.cancelRequested = true;
    this.tellCancelled();
  }

  settle(): void {
    this.statementsDone = true;
  }
}
