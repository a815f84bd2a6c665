import type { Connection } from "../duckdb";

/** A transaction around one statement; none where the user has one open, which is not ours to begin or to end. */
export class OwnTransaction {
  private isOpen = false;

  constructor(
    private readonly connection: Connection,
    /** False in a transaction of the user's. */
    readonly isOurs: boolean,
  ) {}

  async begin(mode: "" | "READ ONLY"): Promise<void> {
    if (this.isOurs) {
      await this.connection.run(`BEGIN TRANSACTION ${mode}`);
      this.isOpen = true;
    }
  }

  async commit(): Promise<void> {
    if (this.isOpen) {
      this.isOpen = false;
      await this.connection.run("COMMIT");
    }
  }

  /** Ends it unless it has ended; after a failure (an interrupt of its end, too) nothing of it is left in any case. */
  async rollback(hasFailed = false): Promise<void> {
    if (this.isOpen || (hasFailed && this.isOurs)) {
      this.isOpen = false;
      await this.connection.run("ROLLBACK").catch(() => undefined);
    }
  }
}
