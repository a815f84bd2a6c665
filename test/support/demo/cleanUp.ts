/** What is to be stopped, last started first; once, whether the end comes by a signal or by itself. */
export class CleanUp {
  readonly #steps: (() => Promise<void>)[] = [];
  #running: Promise<void> | null = null;

  /** Adds a step; when the end has begun, it is done at once. */
  add(step: () => Promise<void>): void {
    if (this.#running === null) this.#steps.push(step);
    else this.#running = this.#running.then(step);
  }

  /** Does all steps, and goes on after one that fails. */
  async run(): Promise<void> {
    this.#running ??= this.#runAll();
    await this.#running;
  }

  /** Ctrl-C, `kill` and a closed terminal end the program after the steps are done. */
  runAtSignals(): void {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
      process.on(signal, () => {
        if (this.#running !== null) return;
        console.log("\n• Stopping …");
        void this.run().then(() =>
          process.exit(signal === "SIGINT" ? 130 : 143),
        );
      });
    }
  }

  async #runAll(): Promise<void> {
    for (const step of [...this.#steps].reverse()) {
      try {
        await step();
      } catch (error) {
        console.error(error instanceof Error ? error.message : error);
      }
    }
  }
}
