import { readFileSync } from "node:fs";

/** How long the engine's thread may be kept from answering. */
export const mostMs = 100;
const tickMs = 5;

/** Looks when the thread gets its turn: the engine is in this process, and is asked nothing while it is held. */
export class LoopWatch {
  private last = now();
  private longest = 0;
  private overlong = 0;
  private readonly timer = setInterval(() => {
    this.tick();
  }, tickMs);

  /** What was since the last time it was asked. */
  take(): { readonly overlong: number; readonly longest: number } {
    this.tick();
    const { overlong, longest } = this;
    this.overlong = 0;
    this.longest = 0;
    return { overlong, longest };
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private tick(): void {
    const at = now();
    const gap = at - this.last;
    this.last = at;
    this.longest = Math.max(this.longest, gap);
    this.overlong += gap > mostMs ? 1 : 0;
  }
}

/** Milliseconds in which the thread ran or waited for something else than a processor: others may be at work on this machine. */
function now(): number {
  const clock = performance.now();
  try {
    const [, waited = "0"] = readFileSync(
      `/proc/self/task/${process.pid}/schedstat`,
      "latin1",
    ).split(" ");
    return clock - Number(waited) / 1e6;
  } catch {
    return clock;
  }
}
