import { existsSync } from "node:fs";
import path from "node:path";
import { redactSql } from "../core/credentials/redactSql";
import { ViaductError } from "../core/errors/viaductError";
import type { Statement } from "../core/sql/statements";
import { splitStatements } from "../core/sql/statements";
import type { StatementOutcome } from "../protocol/engine";
import type { EngineOptions } from "../protocol/options";
import type { ProgramIo } from "./io";
import { Output, OutputClosed } from "./io";
import type { ResultWriter } from "./resultWriters";
import { resultWriter } from "./resultWriters";
import type { RunOptions } from "./runArguments";
import { parseRunArguments, runUsage } from "./runArguments";
import { errorText, noError } from "./runErrors";
import { fileParameters, type FileParameters } from "./parameterArguments";
import { neededProblem, profileProblems, writeProblem } from "./profileNeeds";
import { chooseProfile, type ChosenProfile } from "./runProfile";
import { RunSession, engineOptions } from "./runSession";
import { readSql } from "./readSql";
import { shellCommands, shellCommandText } from "./shellCommands";

/** Time that a run gets to end after a signal, before the process is left anyway. */
const graceMs = 5_000;
/** As a shell tells a process that was ended because nobody read its output. */
const brokenPipe = 141;

/** `viaduct run`. Gives the exit code. */
export async function runRun(
  args: readonly string[],
  io: ProgramIo,
): Promise<number> {
  const command = parseRunArguments(args, io.env);
  switch (command.kind) {
    case "help":
      io.stdout.write(runUsage);
      return 0;
    case "mistake":
      io.stderr.write(`viaduct run: ${command.message}\n\n${runUsage}`);
      return 2;
    case "run":
      return new RunCommandExecution(command.options, io).execute();
  }
}

class RunCommandExecution {
  /** Exit code of the signal that came; null while none did. */
  #stopped: number | null = null;

  constructor(
    private readonly options: RunOptions,
    private readonly io: ProgramIo,
  ) {}

  async execute(): Promise<number> {
    const { io, options } = this;
    const envFile = this.#envFile();
    if (envFile === null && options.attach !== null && options.on === null) {
      io.stderr.write(
        "viaduct run: --attach needs --env FILE, or a .env in this folder.\n",
      );
      return 2;
    }
    const text = await readSql(options.file, this.#fileName(), io);
    if (text === null) return 2;
    const parameters = this.#parameters(splitStatements(text), text);
    if (parameters.missing.length > 0) {
      for (const line of parameters.missing)
        this.#tell(`viaduct run: ${line}\n`);
      return 2;
    }
    // Loaded here, so that --help and lint need not wait for two database clients.
    const { createEngine } = await import("../engine/engine");
    const session = new RunSession(
      createEngine(() => undefined),
      options.on === null
        ? { engine: "duckdb" }
        : { engine: "postgres", alias: options.on },
    );
    const stopListening = io.interrupts.listen((exitCode) => {
      this.#stop(exitCode, session);
    });
    try {
      return await this.#runAll(session, text, envFile, parameters);
    } finally {
      stopListening();
      await session.close();
    }
  }

  async #runAll(
    session: RunSession,
    text: string,
    envFile: string | null,
    parameters: FileParameters,
  ): Promise<number> {
    const { io, options } = this;
    const writer = resultWriter(options.format, new Output(io.stdout));
    try {
      await writer.begin();
      try {
        const bundled = path.join(io.programFolder, "extensions");
        const setup = engineOptions(
          options,
          envFile,
          existsSync(bundled) ? bundled : null,
          io,
        );
        await this.#open(session, setup, envFile, text);
        return await this.#runStatements(session, text, writer, parameters);
      } catch (error) {
        if (!(error instanceof ViaductError)) throw error;
        this.#tell(errorText(error.info, null));
        return this.#exitCode(1);
      } finally {
        await writer.end();
      }
    } catch (error) {
      if (error instanceof OutputClosed) return brokenPipe;
      throw error;
    }
  }

  async #open(
    session: RunSession,
    setup: EngineOptions,
    envFile: string | null,
    text: string,
  ): Promise<void> {
    const { io, options } = this;
    const chosen =
      options.dbt === undefined || options.dbt === null
        ? null
        : await chooseProfile(
            options.dbt,
            setup.envFiles,
            options.db !== null,
            io,
          );
    this.#tellNotes(chosen);
    const refused =
      chosen === null || !options.write || options.attach !== null
        ? null
        : writeProblem(chosen, options.on);
    if (refused !== null) throw new ViaductError(refused);
    const info = await session.open(setup, chosen);
    for (const problem of profileProblems(info)) {
      this.#tell(errorText(problem, null));
    }
    const needed = chosen === null ? null : neededProblem(info, chosen, text);
    if (needed !== null) throw new ViaductError(needed);
    await session.attach(options, envFile, chosen);
  }

  #tellNotes(chosen: ChosenProfile | null): void {
    const { write } = this.options;
    for (const note of [
      ...(chosen?.notes ?? []),
      ...(write ? (chosen?.readOnly ?? []) : []).map(
        (alias) =>
          `"${alias}" stays read-only: the profile says read_only: true.`,
      ),
    ]) {
      this.#tell(`viaduct run: note: ${note}\n`);
    }
  }

  async #runStatements(
    session: RunSession,
    text: string,
    writer: ResultWriter,
    parameters: FileParameters,
  ): Promise<number> {
    const statements = splitStatements(text);
    const steps = [...statements, ...shellCommands(text)];
    const starts = statements.map(({ start }) => start);
    for (const statement of steps.sort((a, b) => a.start - b.start)) {
      if (this.#stopped !== null) break;
      if ("kind" in statement) {
        const { start } = statement;
        const place = { file: this.#fileName(), text, start };
        this.#tell(shellCommandText(statement, place));
        if (statement.isHarmless) continue;
        return this.#exitCode(1);
      }
      const outcome = await session.run(
        statement.text,
        parameters.of(starts.indexOf(statement.start)),
      );
      if (outcome.status === "succeeded" || outcome.resultId !== null) {
        await writer.statement({
          text: redactSql(statement.text),
          outcome,
          pages: session.pages(outcome),
        });
      }
      this.#tellNotices(outcome, writer);
      const isShort = outcome.resultId !== null && !outcome.complete;
      if (outcome.status === "succeeded" && !isShort) continue;
      this.#tellEnd(outcome, statement, text);
      return this.#exitCode(1);
    }
    return this.#exitCode(0);
  }

  #parameters(statements: readonly Statement[], text: string): FileParameters {
    const { on, parameters = new Map() } = this.options;
    const dialect = on === null ? "duckdb" : "postgres";
    const place = { file: this.#fileName(), text };
    return fileParameters(statements, dialect, parameters, place);
  }

  #tellNotices(outcome: StatementOutcome, writer: ResultWriter): void {
    if (writer.hasNotices && outcome.status === "succeeded") return;
    for (const { severity, message } of outcome.notices) {
      this.#tell(`${severity}: ${message}\n`);
    }
  }

  #tellEnd(outcome: StatementOutcome, at: Statement, text: string): void {
    if (outcome.resultId !== null && outcome.rowCount > 0) {
      this.#tell(
        `viaduct run: the result is incomplete: only the first ${outcome.rowCount} rows arrived.\n`,
      );
    }
    const place = { file: this.#fileName(), text, start: at.start };
    this.#tell(
      errorText(outcome.error ?? noError(outcome), place, this.options.write),
    );
  }

  /** A signal decides over what came of the run. */
  #exitCode(otherwise: number): number {
    return this.#stopped ?? otherwise;
  }

  #stop(exitCode: number, session: RunSession): void {
    const isFirst = this.#stopped === null;
    this.#stopped = exitCode;
    if (!isFirst) this.io.interrupts.exit(exitCode);
    // Neither an engine that does not answer nor a connection that is being made may keep the user waiting.
    setTimeout(() => {
      this.io.interrupts.exit(exitCode);
    }, graceMs).unref();
    session.cancel().catch(() => {
      this.io.interrupts.exit(exitCode);
    });
  }

  #envFile(): string | null {
    const { env } = this.options;
    if (env !== null) return path.resolve(this.io.cwd, env);
    const beside = path.join(this.io.cwd, ".env");
    return existsSync(beside) ? beside : null;
  }

  #fileName(): string {
    return this.options.file === "-" ? "<stdin>" : this.options.file;
  }

  #tell(text: string): void {
    this.io.stderr.write(text);
  }
}
