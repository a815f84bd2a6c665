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
