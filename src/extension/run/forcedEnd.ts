import type { ErrorInfo } from "../../core/errors/errorInfo";
import type { Disposable } from "../lifetime/disposableStore";

/** How long an engine may take to end a cancelled run before its process is ended instead. */
const cancelGraceMs = 5_000;

/** When that is told, so that there is time to keep waiting. */
const warnAfterMs = 2_000;

/** What `ForcedEnd` does, and what it says. */
export interface ForcedEndParts {
  /** Ends the engine's process. */
  readonly kill: () => void;
  /** Tells the user that it is about to; true when the user would rather wait. */
  readonly askToWait: (seconds: number) => Promise<boolean>;
  /** The error of a run that was ended so. */
  readonly error: () => ErrorInfo;
}

/**
 * The last means against a run that cannot be stopped: DuckDB waits for a server that is silent, and only the end of the
 * process ends that. The user is told before, and can wait instead; and after.
 */
export class ForcedEnd implements Disposable {
  private warning: NodeJS.Timeout | undefined;
  private end: NodeJS.Timeout | undefined;
  private isDone = false;

  constructor(private readonly parts: ForcedEndParts) {}

  /** A run was cancelled; `stop` when it has ended. Whoever cancels it again does not put the end off. */
  begin(): void {
    if (this.end !== undefined || this.isDone) {
      return;
    }
    this.end = setTimeout(() => {
      this.isDone = true;
      this.parts.kill();
    }, cancelGraceMs);
    this.warning = setTimeout(() => {
      void this.warn();
    }, warnAfterMs);
  }

  stop(): void {
    clearTimeout(this.warning);
    clearTimeout(this.end);
    this.end = undefined;
  }

  /** Another run begins: what came of the one before says nothing about it. */
  reset(): void {
    this.stop();
    this.isDone = false;
  }

  dispose(): void {
    this.stop();
  }

  /** True when it has come to that. */
  get hasEnded(): boolean {
    return this.isDone;
  }

  /** The error of a run that was ended so; any other as it is. */
  explain(error: ErrorInfo): ErrorInfo {
    return this.isDone && error.class === "engineUnavailable"
      ? this.parts.error()
      : error;
  }

  private async warn(): Promise<void> {
    const { end } = this;
    const seconds = (cancelGraceMs - warnAfterMs) / 1000;
    if ((await this.parts.askToWait(seconds)) && end === this.end) {
      this.stop();
    }
  }
}
