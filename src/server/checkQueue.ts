/** Waits until the messages that have come in are read. */
export type Yield = (next: () => void) => void;

/**
 * Documents that are to be checked: each once, however often it changed meanwhile, one at a time, and with the pending
 * messages read between two of them, so that a keystroke is never behind a check. There is no delay to wait out.
 */
export class CheckQueue {
  private readonly waiting = new Set<string>();
  private isScheduled = false;
  private isDisposed = false;

  constructor(
    private readonly check: (uri: string) => void,
    private readonly afterMessages: Yield,
  ) {}

  /** Asks for a check; a document that waits already goes to the end, because it is being typed in. */
  add(uri: string): void {
    this.waiting.delete(uri);
    this.waiting.add(uri);
    this.schedule();
  }

  /** Forgets a document that is closed. */
  drop(uri: string): void {
    this.waiting.delete(uri);
  }

  /** Forgets all and takes no more. */
  dispose(): void {
    this.isDisposed = true;
    this.waiting.clear();
  }

  private schedule(): void {
    if (this.isScheduled || this.isDisposed) {
      return;
    }
    this.isScheduled = true;
    this.afterMessages(() => {
      this.isScheduled = false;
      this.checkNext();
    });
  }

  private checkNext(): void {
    const [next] = this.waiting;
    if (next === undefined) {
      return;
    }
    this.waiting.delete(next);
    try {
      this.check(next);
    } finally {
      if (this.waiting.size > 0) {
        this.schedule();
      }
    }
  }
}
