import type { CliIo } from "./lint";

/** What stops the program from outside. */
export interface Interrupts {
  /** Calls back at each signal to stop; answers how to stop listening. */
  listen(onSignal: (exitCode: number) => void): () => void;
  /** Leaves at once. */
  exit(code: number): void;
}

/** What the commands talk to: the process, or a test. */
export interface ProgramIo extends CliIo {
  readonly stdout: CliIo["stdout"] & OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly interrupts: Interrupts;
  /** Absolute folder that the program lies in: extensions may lie beside it. */
  readonly programFolder: string;
  readonly temporaryFolder: string;
}

/** A stream that says when it is full. */
export interface OutputStream {
  /** False when the stream wants to drain first. */
  write(text: string): boolean;
  /** Answers when a full stream has drained, or nobody reads it any more. */
  drained(): Promise<void>;
  /** False when nobody reads any more. */
  readonly isOpen: boolean;
}

/** Nobody reads the output any more. */
export class OutputClosed extends Error {}

/** Writes as fast as the reader reads, so that memory stays bounded whatever the size of the result. */
export class Output {
  constructor(private readonly stream: OutputStream) {}

  /** Writes, and waits while the stream is full. Throws `OutputClosed` when its reader has gone. */
  async write(text: string): Promise<void> {
    if (this.stream.isOpen && !this.stream.write(text))
      await this.stream.drained();
    if (!this.stream.isOpen) throw new OutputClosed();
  }
}
