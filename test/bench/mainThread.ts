import type { CDPSession, Page } from "playwright-core";

/** What a page's main thread does and holds, as the browser tells. */
export class MainThread {
  private constructor(private readonly session: CDPSession) {}

  /** Begins to count. */
  static async of(page: Page): Promise<MainThread> {
    const session = await page.context().newCDPSession(page);
    // Of the thread's own time: what others do on the same cores is not counted.
    await session.send("Performance.enable", { timeDomain: "threadTicks" });
    return new MainThread(session);
  }

  /** Milliseconds of work since it began to count. */
  async busyMs(): Promise<number> {
    const { metrics } = await this.session.send("Performance.getMetrics");
    const found = metrics.find(({ name }) => name === "TaskDuration");
    return (found?.value ?? 0) * 1_000;
  }

  /** Bytes that are in use after what is not needed has gone. */
  async heapBytes(): Promise<number> {
    await this.session.send("HeapProfiler.enable");
    await this.session.send("HeapProfiler.collectGarbage");
    return (await this.session.send("Runtime.getHeapUsage")).usedSize;
  }
}
