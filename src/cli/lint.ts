import type { Severity } from "../core/credentials/finding";
import {
  allowedValue,
  readAllowedValue,
} from "../core/credentials/fingerprint";
import { deriveHash } from "../files/deriveHash";
import { nearestFolder } from "../files/nodeFiles";
import {
  lintUsage,
  parseLintArguments,
  type LintCommand,
} from "./lintArguments";
import { canJudge, checkedPaths, updateBaseline } from "./lintBaseline";
import {
  collectFiles,
  collectStaged,
  readAll,
  stdinFile,
  type LintFile,
} from "./lintFiles";
import { formatters } from "./lintFormats";
import { withGitNotes } from "./lintGit";
import { lintFile, type FileResult } from "./lintOne";
import {
  newSalt,
  prepareLint,
  runOptions,
  SetupProblem,
  type LintSetup,
} from "./lintSetup";

/** What a CLI command talks to. */
export interface CliIo {
  readonly stdout: {
    write(text: string): unknown;
    /** True for a terminal. */
    readonly isTerminal?: boolean;
  };
  readonly stderr: { write(text: string): unknown };
  readonly cwd: string;
  readonly stdin: AsyncIterable<string | Uint8Array>;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * `viaduct lint [options] PATHS…`. Gives the exit code: 0 nothing found (information apart), 1 findings, 2 could not
 * run.
 */
export async function runLint(
  args: readonly string[],
  io: CliIo,
): Promise<number> {
  const parsed = parseLintArguments(args);
  try {
    switch (parsed.kind) {
      case "help":
        io.stdout.write(lintUsage);
        return 0;
      case "mistake":
        io.stderr.write(`viaduct lint: ${parsed.message}\n\n${lintUsage}`);
        return 2;
      case "hash":
        return await printHash(parsed.config, io);
      case "lint":
        return await check(parsed, io);
    }
  } catch (error) {
    if (error instanceof SetupProblem) {
      io.stderr.write(`viaduct lint: ${error.message}\n`);
      return 2;
    }
    throw error;
  }
}

/** The entry for "allowedValues" of a value that comes from standard input, never from an argument. */
async function printHash(config: string | null, io: CliIo): Promise<number> {
  const bytes = await readAll(io.stdin);
  const value = bytes.toString("utf8").replace(/\r?\n$/, "");
  if (value === "") {
    throw new SetupProblem("--hash reads a value from standard input.");
  }
  const { settings } = await prepareLint({ ...noCommand, config }, io.cwd);
  // Values of one salt are hashed once for all of them.
  const known = settings.allowedValues.map(readAllowedValue);
  const salt = known.find((each) => each !== null)?.salt ?? newSalt();
  io.stdout.write(`${allowedValue(value, salt, deriveHash)}\n`);
  return 0;
}

const noCommand = {
  rules: {},
  include: [],
  exclude: [],
  baseline: null,
  updateBaseline: false,
} as const;

async function check(command: LintCommand, io: CliIo): Promise<number> {
  let setup = await prepareLint(command, io.cwd);
  const files = await filesOf(command, setup, io);
  const checked = checkedPaths(setup, files);
  let run = runOptions(setup, io.cwd);
  let results = await lintAll(files, run.options);
  if (command.updateBaseline && command.staged && files.length === 0) {
    io.stderr.write(
      "viaduct lint: nothing is staged: the baseline stays as it is.\n",
    );
  } else if (command.updateBaseline) {
    const before = setup.baseline?.entries.length ?? 0;
    const baseline = await updateBaseline(setup, run, checked);
    io.stderr.write(
      `viaduct lint: the baseline has ${baseline.entries.length} findings now, and had ${before}.\n`,
    );
    setup = { ...setup, baseline };
    run = runOptions(setup, io.cwd);
    results = await lintAll(files, run.options);
  }
  if (command.gitHistory) {
    results = await withGitNotes(results);
  }
  let isRead = true;
  for (const { problem, isSkipped } of results) {
    if (problem !== null) {
      io.stderr.write(`viaduct lint: ${problem}\n`);
      isRead = isSkipped && isRead;
    }
  }
  const outcome = {
    results,
    root: (await nearestFolder(io.cwd, ".git")) ?? io.cwd,
    staleEntries: run.accepted.stale(canJudge(setup, checked)).length,
    hasColour: hasColour(io),
  };
  io.stdout.write(formatters[command.format](outcome));
  const fails = results.some(({ findings }) =>
    findings.some(({ shown }) => isAtLeast(shown.severity, command.failOn)),
  );
  return fails ? 1 : isRead ? 0 : 2;
}

/** The files of all paths; one that two paths name is checked once. */
async function filesOf(
  command: LintCommand,
  { settings, folder }: LintSetup,
  io: CliIo,
): Promise<readonly LintFile[]> {
  const { include, exclude } = settings;
  const { forceExclude } = command;
  const selection = { include, exclude, forceExclude, globFolder: folder };
  const collected = command.staged
    ? [await collectStaged(command.paths, io.cwd, selection)]
    : [];
  const files = new Map<string | null, LintFile>();
  for (const path of command.staged ? [] : command.paths) {
    if (path === "-") {
      const file = stdinFile(io.stdin, command.stdinFileName, io.cwd);
      files.set(null, file);
    } else {
      const more = await collectFiles(path, io.cwd, selection);
      collected.push(more);
      add(files, more.files);
    }
  }
  for (const each of collected) {
    if (each.problem !== null) {
      throw new SetupProblem(each.problem);
    }
    add(files, each.files);
  }
  return [...files.values()];
}

function add(
  files: Map<string | null, LintFile>,
  more: readonly LintFile[],
): void {
  for (const file of more) {
    if (!files.has(file.absolute)) {
      files.set(file.absolute, file);
    }
  }
}

async function lintAll(
  files: readonly LintFile[],
  options: Parameters<typeof lintFile>[1],
): Promise<FileResult[]> {
  const results: FileResult[] = [];
  for (const file of files) {
    results.push(await lintFile(file, options));
  }
  return results;
}

const ranks: Readonly<Record<Severity | "never", number>> = {
  info: 0,
  warning: 1,
  error: 2,
  never: 3,
};

function isAtLeast(severity: Severity, least: Severity | "never"): boolean {
  return ranks[severity] >= ranks[least];
}

function hasColour({ stdout, env }: CliIo): boolean {
  const isPlain = (env?.["NO_COLOR"] ?? "") !== "" || env?.["TERM"] === "dumb";
  return stdout.isTerminal === true && !isPlain;
}
