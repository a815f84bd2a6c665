import type { Writable } from "node:stream";
import type { OutputStream } from "./io";

/**
 * Standard output whose reader may leave (`| head`). The process's own stream stays `writable` after EPIPE, so what
 * happened is kept here.
 */
export class ProcessOutput implements OutputStream {
  #isOpen = true;
  #waiting: (() => void)[] = [];

  constructor(private readonly stream: Writable) {
    stream.on("drain", () => {
      this.#wake();
    });
    stream.on("error", () => {
      this.#isOpen = false;
      this.#wake();
    });
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** True for a terminal. */
  get isTerminal(): boolean {
    return (this.stream as { isTTY?: boolean }).isTTY === true;
  }

  write(text: string): boolean {
    return !this.#isOpen || this.stream.write(text);
  }

  drained(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
