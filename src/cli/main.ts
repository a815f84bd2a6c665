/** `viaduct`: the same core without an editor. */
import { constants, tmpdir } from "node:os";
import type { Interrupts, ProgramIo } from "./io";
import { ProcessOutput } from "./processOutput";
import { runProgram } from "./program";

/** Set by the build. */
declare const VIADUCT_VERSION: string;

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const interrupts: Interrupts = {
  listen(onSignal) {
    const listeners = signals.map((signal) => {
      const listener = () => {
        onSignal(128 + constants.signals[signal]);
      };
      process.on(signal, listener);
      return () => process.off(signal, listener);
    });
    return () => {
      for (const stop of listeners) stop();
    };
  },
  exit: (code) => process.exit(code),
};

const io: ProgramIo = {
  stdout: new ProcessOutput(process.stdout),
  stderr: process.stderr,
  stdin: process.stdin,
  cwd: process.cwd(),
  env: process.env,
  interrupts,
  programFolder: __dirname,
  temporaryFolder: tmpdir(),
};

// Nobody to tell it to.
process.stderr.on("error", () => undefined);

runProgram(process.argv.slice(2), io, VIADUCT_VERSION).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    process.stderr.write(`viaduct: ${text}\n`);
    process.exitCode = 1;
  },
);
