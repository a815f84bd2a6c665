import type { Disposable } from "./disposableStore";

/** Hands values on at once, and when many come, only the newest of them and not more often than every `intervalMs`. */
export class Throttle<T> implements Disposable {
  private waiting: { readonly value: T } | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly intervalMs: number,
    private readonly handOn: (value: T) => void,
  ) {}

  /** `urgent` does not wait. */
  push(value: T, urgent: boolean): void {
    if (this.timer !== undefined && !urgent) {
      this.waiting = { value };
      return;
    }
    this.dispose();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      if (this.waiting !== undefined) {
        this.push(this.waiting.value, true);
      }
    }, this.intervalMs);
    this.handOn(value);
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.waiting = undefined;
  }
}
