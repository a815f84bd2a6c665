import { existsSync } from "node:fs";
import path from "node:path";
import { missingFileCheck } from "../core/doctor/fileChecks";
import { envFileCheck } from "../core/doctor/sourceChecks";
import type { DoctorReport, WantedAttachment } from "../core/doctor/report";
import { countChecks, reportText } from "../core/doctor/reportText";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { toErrorInfo, ViaductError } from "../core/errors/viaductError";
import type { EngineHandlers } from "../protocol/engine";
import type { DoctorOptions } from "./doctorArguments";
import { doctorUsage, parseDoctorArguments } from "./doctorArguments";
import type { ProgramIo } from "./io";
import { Output, OutputClosed } from "./io";
import { engineOptions } from "./runSession";

/** Time that the engine gets to end after a signal, before the process is left anyway. */
const graceMs = 2_000;
/** As a shell tells a process that was ended because nobody read its output. */
const brokenPipe = 141;

/** `viaduct doctor`. Gives the exit code. */
export async function runDoctor(
  args: readonly string[],
  io: ProgramIo,
): Promise<number> {
  const command = parseDoctorArguments(args);
  switch (command.kind) {
    case "help":
      io.stdout.write(doctorUsage);
      return 0;
    case "mistake":
      io.stderr.write(`viaduct doctor: ${command.message}\n\n${doctorUsage}`);
      return 2;
    case "doctor":
      return examine(command.options, io);
  }
}

async function examine(options: DoctorOptions, io: ProgramIo): Promise<number> {
  const envFile = envFileOf(options, io);
  if (envFile === null && options.attach !== null) {
    io.stderr.write(
      "viaduct doctor: --attach needs --env FILE, or a .env in this folder.\n",
    );
    return 2;
  }
  // Loaded here, so that --help and lint need not wait for two database clients.
  const { createEngine } = await import("../engine/engine");
  const engine = createEngine(() => undefined);
  const stopListening = io.interrupts.listen((exitCode) => {
    const leave = (): void => {
      io.interrupts.exit(exitCode);
    };
    setTimeout(leave, graceMs).unref();
    engine.shutdown(null).then(leave, leave);
  });
  try {
    const report = await diagnose(engine, options, envFile, io);
    const text =
      options.format === "json"
        ? `${JSON.stringify(report, null, 2)}\n`
        : reportText(report);
    await new Output(io.stdout).write(text);
    return countChecks(report).fail > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof OutputClosed) return brokenPipe;
    if (!(error instanceof ViaductError)) throw error;
    const { class: errorClass, message, hint } = error.info;
    io.stderr.write(
      `viaduct doctor: ${errorClass}: ${message}\nNext step: ${hint}\n`,
    );
    return 2;
  } finally {
    stopListening();
    await engine.shutdown(null);
  }
}

async function diagnose(
  engine: EngineHandlers,
  options: DoctorOptions,
  envFile: string | null,
  io: ProgramIo,
): Promise<DoctorReport> {
  const bundled = path.join(io.programFolder, "extensions");
  const file = options.db === null ? null : path.resolve(io.cwd, options.db);
  const isMissing = file !== null && !existsSync(file);
  await engine.initialize(
    engineOptions(
      {
        ...options,
        db: isMissing ? null : options.db,
        file: "-",
        on: null,
        format: "json",
      },
      envFile,
      existsSync(bundled) ? bundled : null,
      io,
    ),
  );
  const report = await examined(engine, options, envFile);
  return isMissing
    ? {
        checks: report.checks.map((check) =>
          check.id === "file.open" ? missingFileCheck(file) : check,
        ),
      }
    : report;
}

async function examined(
  engine: EngineHandlers,
  options: DoctorOptions,
  envFile: string | null,
): Promise<DoctorReport> {
  if (envFile === null || options.attach === null) {
    const report = await engine.diagnose(null);
    return options.env === null || envFile === null
      ? report
      : { checks: [...report.checks, await fileCheck(engine, envFile)] };
  }
  const request: WantedAttachment = {
    alias: options.attach,
    readOnly: !options.write,
    source: { kind: "envFile", file: envFile, prefix: options.prefix },
  };
  // A failure is what the doctor is here to explain.
  const problem = await engine.attach(request).then(() => null, toErrorInfo);
  return engine.diagnose({
    attachments: [problem === null ? request : { ...request, problem }],
  });
}

/** A named env file that nothing is attached from has to be readable all the same. */
async function fileCheck(engine: EngineHandlers, file: string) {
  const problem: ErrorInfo | null = await engine
    .readEnvFile({ file })
    .then(() => null, toErrorInfo);
  return envFileCheck(file, problem);
}

function envFileOf({ env }: DoctorOptions, io: ProgramIo): string | null {
  if (env !== null) return path.resolve(io.cwd, env);
  const beside = path.join(io.cwd, ".env");
  return existsSync(beside) ? beside : null;
}
