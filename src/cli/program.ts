import { argumentRedactor } from "./argumentSecrets";
import type { ProgramIo } from "./io";

/** What `viaduct --help` prints. */
const usage = `Usage: viaduct COMMAND [options]

One SQL over DuckDB and the PostgreSQL databases attached to it.

Commands:
  run     run a SQL file in DuckDB with PostgreSQL attached, or natively in PostgreSQL
  lint    find hard-coded credentials in SQL and YAML
  doctor  examine DuckDB, its extensions and files, and an attached PostgreSQL

Options:
  --help       this text; viaduct COMMAND --help for a command's own
  --version    the version
`;

/** Runs one command line. Gives the exit code. */
export async function runProgram(
  args: readonly string[],
  processIo: ProgramIo,
  version: string,
): Promise<number> {
  const redactor = argumentRedactor(args);
  const io: ProgramIo = {
    ...processIo,
    stderr: {
      write: (text) => processIo.stderr.write(redactor.redact(text)),
    },
  };
  const [command, ...rest] = args;
  switch (command) {
    case "run": {
      const { runRun } = await import("./run");
      return runRun(rest, io);
    }
    case "lint": {
      const { runLint } = await import("./lint");
      return runLint(rest, io);
    }
    case "doctor": {
      const { runDoctor } = await import("./doctor");
      return runDoctor(rest, io);
    }
    case "--help":
    case "-h":
    case "help":
      io.stdout.write(usage);
      return 0;
    case "--version":
    case "-v":
      io.stdout.write(`${version}\n`);
      return 0;
    case undefined:
      io.stderr.write(usage);
      return 2;
    default: {
      const what = command.startsWith("-") ? "option" : "command";
      io.stderr.write(`viaduct: unknown ${what} "${command}"\n\n${usage}`);
      return 2;
    }
  }
}
