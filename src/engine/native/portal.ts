import type { EventEmitter } from "node:events";
import type { Connection, Submittable } from "pg";
import type { Cell } from "../../core/results/result";
import type { Zoned } from "./connect";

/** A column as the server describes it. */
export interface Field {
  readonly name: string;
  readonly dataTypeID: number;
  readonly dataTypeModifier: number;
}

/** Some rows of a statement, and whether they were the last. */
export interface Batch {
  readonly rows: readonly (readonly Cell[])[];
  readonly isLast: boolean;
}

/** What `pg`'s connection can do that its types do not tell. */
interface Wire extends EventEmitter, Zoned {
  parse(query: {
    readonly text: string;
    readonly types: readonly number[];
  }): void;
  bind(config: {
    readonly portal: string;
    readonly values: readonly (string | null)[];
  }): void;
  describe(message: { readonly type: "P"; readonly name: string }): void;
  execute(config: { readonly portal: string; readonly rows: number }): void;
  close(message: { readonly type: "P"; readonly name: string }): void;
  flush(): void;
  sync(): void;
  sendCopyFail(message: string): void;
}

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

const portalName = "viaduct";

/**
 * One statement through the extended protocol, read in batches. Every value is the server's own text: nothing is
 * parsed, so nothing is rounded. (pg-cursor hides the command tag and the description of an empty result.)
 */
export class Portal implements Submittable {
  /** The server's last word, such as `INSERT 0 5`; empty until the end. */
  commandTag = "";
  private wire: Wire | undefined;
  private fields: readonly Field[] = [];
  private rows: Cell[][] = [];
  private failure: Error | undefined;
  private isComplete = false;
  private isOver = false;
  private copied = 0;
  private description: Waiting<readonly Field[]> | undefined;
  private reading: Waiting<Batch> | undefined;
  private closing: (() => void) | undefined;
  private readonly described: Promise<readonly Field[]>;

  constructor(
    private readonly text: string,
    /** Values of its parameters, by number. */
    private readonly values: readonly (string | null)[] = [],
    /** OIDs of their types; none where the server infers them. */
    private readonly types: readonly number[] = [],
  ) {
    this.described = new Promise((resolve, reject) => {
      this.description = { resolve, reject };
    });
    this.described.catch(() => undefined);
  }

  /** The columns; none for a statement that returns no rows. */
  columns(): Promise<readonly Field[]> {
    return this.described;
  }

  /** The zone in which the session shows times by now; null for a server that does not say it. */
  get timeZone(): string | null {
    return this.wire?.timeZone ?? null;
  }

  /** Called by `pg` when the connection is free. */
  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    this.wire = wire;
    wire.once("noData", this.handleNoData);
    wire.parse({ text: this.text, types: this.types });
    wire.bind({ portal: portalName, values: this.values });
    wire.describe({ type: "P", name: portalName });
    wire.flush();
  }

  /** The next rows, at most `count`. */
  read(count: number): Promise<Batch> {
    return new Promise((resolve, reject) => {
      if (this.failure !== undefined) {
        reject(this.failure);
        return;
      }
      this.reading = { resolve, reject };
      this.wire?.execute({ portal: portalName, rows: count });
      this.wire?.flush();
    });
  }

  /** Ends the statement before its last row. */
  close(): Promise<void> {
    // After an error `pg` itself waits for the server, and tells this statement no more.
    if (this.isOver || this.failure !== undefined || this.wire === undefined) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      this.closing = resolve;
      this.finish();
    });
  }

  handleRowDescription(message: { readonly fields: readonly Field[] }): void {
    this.fields = message.fields;
    this.wire?.removeListener("noData", this.handleNoData);
    this.description?.resolve(this.fields);
  }

  handleDataRow(message: { readonly fields: Cell[] }): void {
    this.rows.push(message.fields);
  }

  handlePortalSuspended(): void {
    this.answer(false);
  }

  handleCommandComplete(message: { readonly text: string }): void {
    this.commandTag = message.text;
    this.finish();
  }

  handleEmptyQuery(): void {
    this.finish();
  }

  handleCopyInResponse(): void {
    this.wire?.sendCopyFail(
      "COPY … FROM STDIN has nothing to read here: name a file or use INSERT",
    );
  }

  handleCopyData(): void {
    this.copied += 1;
  }

  handleReadyForQuery(): void {
    this.isOver = true;
    if (this.copied > 0) {
      this.fail(
        new Error("COPY … TO STDOUT has nowhere to write here: use a SELECT."),
      );
    }
    if (this.isComplete) {
      this.answer(true);
    }
    this.closing?.();
  }

  handleError(error: Error): void {
    const isFirst = this.failure === undefined && !this.isOver;
    this.fail(error);
    if (isFirst && !this.isComplete) {
      this.isComplete = true;
      // The server skips everything up to a Sync after an error.
      this.wire?.sync();
    }
    this.closing?.();
  }

  private readonly handleNoData = (): void => {
    this.description?.resolve([]);
  };

  private finish(): void {
    if (!this.isComplete) {
      this.isComplete = true;
      this.wire?.close({ type: "P", name: portalName });
      this.wire?.sync();
    }
  }

  private fail(error: Error): void {
    this.failure ??= error;
    this.wire?.removeListener("noData", this.handleNoData);
    this.description?.reject(this.failure);
    this.reading?.reject(this.failure);
    this.reading = undefined;
  }

  private answer(isLast: boolean): void {
    const { rows } = this;
    this.rows = [];
    this.reading?.resolve({ rows, isLast });
    this.reading = undefined;
  }
}
