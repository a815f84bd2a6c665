import { setImmediate as turn } from "node:timers/promises";

/** How long a close waits for calls that an interrupt does not end, as when a server says nothing. */
const GRACE_MS = 500;
/** An interrupt that comes before the call has begun in its thread is lost. */
const AGAIN_MS = 50;

/**
 * Calls into DuckDB that have not come back. A connection must not be closed under one: the close waits for it and
 * stops the whole process, or the call's thread lets go of the connection last and then waits for itself for ever.
 */
export class OpenCalls {
  private readonly open = new Set<Promise<unknown>>();

  constructor(private readonly graceMs = GRACE_MS) {}

  /** The call's own answer; it is open until then. */
  async track<T>(call: Promise<T>): Promise<T> {
    this.open.add(call);
    try {
      return await call;
    } finally {
      this.open.delete(call);
    }
  }

  /** Calls `interrupt` while one is open, and then `close` without any: at the latest when the last has come back. */
  async closeAfter(interrupt: () => void, close: () => void): Promise<void> {
    if (this.open.size === 0) {
      close();
      return;
    }
    interrupt();
    const again = setInterval(interrupt, AGAIN_MS).unref();
    const closed = this.over(() => {
      clearInterval(again);
      close();
    });
    let timer: NodeJS.Timeout | undefined;
    const grace = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.graceMs).unref();
    });
    await Promise.race([closed, grace]);
    clearTimeout(timer);
  }

  /** Who waited for a call that failed may begin the next at once; `close` comes in a turn in which none is open. */
  private async over(close: () => void): Promise<void> {
    while (this.open.size > 0) {
      await Promise.allSettled(this.open);
      await turn();
    }
    close();
  }
}
