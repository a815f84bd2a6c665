/** After this many crashes within `crashWindowMs` the engine stays down until it is asked for again. */
const crashLimit = 3;
const crashWindowMs = 60_000;

/** Tells an engine that dies again and again from one that died once. */
export class CrashCounter {
  private crashes: readonly number[] = [];

  constructor(private readonly now: () => number) {}

  /** Counts a crash; true when there were too many of late. */
  count(): boolean {
    const now = this.now();
    this.crashes = [
      ...this.crashes.filter((at) => now - at < crashWindowMs),
      now,
    ];
    return this.crashes.length >= crashLimit;
  }

  reset(): void {
    this.crashes = [];
  }
}
