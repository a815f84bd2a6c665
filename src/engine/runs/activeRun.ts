/** A run while it is queued or going on. */
export class ActiveRun {
  private cancelRequested = false;
  private statementsDone = false;

  constructor(readonly runId: string) {}

  isCancelled(): boolean {
    return this.cancelRequested;
  }

  /** True when there is nothing left that a cancel could stop. */
  isSettled(): boolean {
    return this.statementsDone;
  }

  cancel(): void {
    this.cancelRequested = true;
  }

  settle(): void {
    this.statementsDone = true;
  }
}
