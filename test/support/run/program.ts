import { type ChildProcess, spawn } from "node:child_process";
import { inRepository } from "../paths";
import type { Limit } from "./limit";

/** How a program of a suite ended. */
export interface End {
  readonly code: number;
  readonly reason: string;
  /** It was ended, as it took too long. */
  readonly isLate: boolean;
}

/** What to run, and for how long at most. */
export interface Program {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly limit: Limit;
  /** Takes what it prints; without it that goes to the terminal at once. */
  readonly print?: (text: Buffer) => void;
}

/** Time for a suite to stop what it started, once it has been told to end. */
const GRACE_MS = 20_000;
const running = new Set<ChildProcess>();

/** Runs Node with these arguments; one that hangs is ended. */
export function runProgram(program: Program): Promise<End> {
  const { print, limit } = program;
  return new Promise((resolve) => {
    const output = print === undefined ? "inherit" : "pipe";
    const child = spawn(process.execPath, program.args, {
      cwd: inRepository(),
      env: program.env,
      stdio: ["ignore", output, output],
    });
    running.add(child);
    if (print !== undefined) {
      child.stdout?.on("data", print);
      child.stderr?.on("data", print);
    }
    const late = { yes: false };
    const timer = setTimeout(() => {
      late.yes = true;
      endGently(child);
    }, limit.milliseconds);
    // Not at its exit: what it printed last may still be on its way.
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      running.delete(child);
      const reason = late.yes
        ? limit.reason
        : `ended with ${signal ?? `code ${String(code)}`}`;
      resolve({ code: late.yes ? 1 : (code ?? 1), reason, isLate: late.yes });
    });
  });
}

/** Ctrl-C, or a polite kill, ends what runs and then this process. */
export function endOnSignals(): void {
  const end = (): void => {
    const left = [...running];
    const over = left.map(
      (child) => new Promise((resolve) => child.once("close", resolve)),
    );
    left.forEach(endGently);
    void Promise.all(over).then(() => process.exit(130));
  };
  process.once("SIGINT", end).once("SIGTERM", end);
}

/** At SIGINT the reporter has mocha end its current test, and then run the hooks that stop servers. */
function endGently(child: ChildProcess): void {
  child.kill("SIGINT");
  setTimeout(() => child.kill("SIGKILL"), GRACE_MS).unref();
}
