import { type ChildProcess, spawn } from "node:child_process";

/** How a program is started. */
export interface GroupProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Runs it as another user; only root can. */
  readonly user?: { readonly uid: number; readonly gid: number } | null;
}

/** Longest time between the polite signal and the one that cannot be refused. */
const GRACE_MS = 8000;
const LOG_CHARACTERS = 200_000;

/** A program in a process group of its own, so that stopping it stops everything that it started. */
export class GroupProcess {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #exit: Promise<void>;
  readonly #waiting = new Set<() => void>();
  #log = "";
  #ended = false;

  constructor(options: GroupProcessOptions) {
    this.#name = options.command;
    this.#child = spawn(options.command, options.args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: ["ignore", "pipe", "pipe"],
      detached: process.platform !== "win32",
      ...(options.user ?? {}),
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.#log = (this.#log + text).slice(-LOG_CHARACTERS);
        this.#wake();
      });
    }
    this.#exit = new Promise((resolve) => {
      const end = (why: string): void => {
        this.#log += `\n(${this.#name}: ${why})`;
        this.#ended = true;
        this.#wake();
        resolve();
      };
      this.#child.on("error", (error) => {
        end(error.message);
      });
      this.#child.on("exit", (code, signal) => {
        end(`ended, ${signal ?? `code ${String(code)}`}`);
      });
    });
  }

  /** What it printed, the newest part. */
  get log(): string {
    return this.#log;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Resolves when it has ended, however. */
  async ended(): Promise<void> {
    await this.#exit;
  }

  /** Resolves with the match of what it prints; rejects, with its output, when it ends or is silent too long. */
  async printed(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const match = pattern.exec(this.#log);
      if (match !== null) return match;
      if (this.#ended || Date.now() >= deadline) {
        const what = this.#ended ? "ended" : `did not within ${timeoutMs} ms`;
        throw new Error(
          `${this.#name} was to print ${String(pattern)}, but ${what}:\n${this.#log}`,
        );
      }
      await this.#nextOutput(deadline - Date.now());
    }
  }

  /** Ends the program and everything that it started. */
  async stop(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (!this.#ended) this.#signalGroup(signal);
    const timer = setTimeout(() => {
      this.#signalGroup("SIGKILL");
    }, GRACE_MS);
    await this.#exit;
    clearTimeout(timer);
    // What it left behind in its group: nobody is there any more to wait for it.
    this.#signalGroup("SIGKILL");
  }

  #signalGroup(signal: NodeJS.Signals): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      if (process.platform === "win32") this.#child.kill(signal);
      else process.kill(-pid, signal);
    } catch {
      // The group is gone.
    }
  }

  #nextOutput(timeoutMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#waiting.add(done);
    });
  }

  #wake(): void {
    for (const done of [...this.#waiting]) done();
  }
}
