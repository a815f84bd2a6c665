/** Calls back when something has not been used for a while. Nothing is kept alive by waiting. */
export class IdleTimer {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly idleMs: number,
    private readonly onIdle: () => void,
  ) {}

  /** It was used, now: the time begins anew. */
  touch(): void {
    this.stop();
    this.timer = setTimeout(this.onIdle, this.idleMs);
    this.timer.unref();
  }

  /** It is in use, or is not there any more. */
  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}
