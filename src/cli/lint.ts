import { lintUsage, parseLintArguments } from "./lintArguments";
import { collectFiles, type LintFile } from "./lintFiles";
import { formatters } from "./lintFormats";
import { lintFile } from "./lintOne";

/** What a CLI command talks to. */
export interface CliIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly cwd: string;
  readonly stdin: AsyncIterable<string | Uint8Array>;
}

/**
 * `viaduct lint [--format text|json|sarif] PATHS…`. Gives the exit code: 0 nothing found (information apart),
 * 1 findings, 2 could not run.
 */
export async function runLint(
  args: readonly string[],
  io: CliIo,
): Promise<number> {
  const parsed = parseLintArguments(args);
  switch (parsed.kind) {
    case "help":
      io.stdout.write(lintUsage);
      return 0;
    case "mistake":
      io.stderr.write(`viaduct lint: ${parsed.message}\n\n${lintUsage}`);
      return 2;
    case "lint":
      break;
  }
  const files: LintFile[] = [];
  const seen = new Set<string | null>();
  for (const path of parsed.paths) {
    const collected = await collectFiles(path, io.cwd);
    if (collected.problem !== null) {
      io.stderr.write(`viaduct lint: ${collected.problem}\n`);
      return 2;
    }
    // A file that two paths name is checked once.
    for (const file of collected.files) {
      if (!seen.has(file.absolute)) {
        seen.add(file.absolute);
        files.push(file);
      }
    }
  }
  const findings = [];
  let isRead = true;
  for (const file of files) {
    const result = await lintFile(file, io.stdin);
    findings.push(...result.findings);
    if (result.problem !== null) {
      io.stderr.write(`viaduct lint: ${result.problem}\n`);
      isRead = result.isSkipped && isRead;
    }
  }
  io.stdout.write(formatters[parsed.format](findings, files.length));
  if (findings.some(({ severity }) => severity !== "info")) {
    return 1;
  }
  return isRead ? 0 : 2;
}
