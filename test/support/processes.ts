import { readFileSync, readdirSync } from "node:fs";

/** A process as any other process of the same user sees it. */
export interface SeenProcess {
  /** Its arguments, separated by spaces. */
  readonly arguments: string;
  /** Its environment when it was started, `NAME=value`, separated by spaces. */
  readonly environment: string;
}

/**
 * All processes of the machine that may be looked at, but for those of a suite that runs beside this one: it plants
 * the same passwords. None where there is no /proc.
 */
export function seenProcesses(): readonly SeenProcess[] {
  if (process.platform !== "linux") {
    return [];
  }
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({
      arguments: textOf(`/proc/${name}/cmdline`),
      environment: textOf(`/proc/${name}/environ`),
    }))
    .filter(({ environment }) => !isOfAnotherSuite(environment));
}

/** By the mark that the runner gives each suite, which everything that a suite starts inherits. */
function isOfAnotherSuite(environment: string): boolean {
  const mark = /(?:^| )VIADUCT_TEST_RUN=(\S+)/.exec(environment)?.[1];
  return mark !== undefined && mark !== process.env["VIADUCT_TEST_RUN"];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8").replaceAll("\0", " ");
  } catch {
    // Gone by now, or another user's.
    return "";
  }
}
