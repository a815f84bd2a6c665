import { readFile, readdir } from "node:fs/promises";
import { until } from "../until";

/** A process that outlived the suite that started it. */
export interface Leftover {
  readonly pid: number;
  readonly command: string;
}

const GRACE_MS = 5000;

/**
 * Processes that still carry this mark in their environment a few seconds after a suite has ended. Every process that
 * a suite starts inherits it. Linux only: elsewhere another process's environment cannot be read.
 */
export async function leftovers(mark: string): Promise<readonly Leftover[]> {
  if (process.platform !== "linux") return [];
  try {
    await until(
      "processes to end",
      async () => (await marked(mark)).length === 0,
      GRACE_MS,
    );
    return [];
  } catch {
    return marked(mark);
  }
}

async function marked(mark: string): Promise<readonly Leftover[]> {
  const found: Leftover[] = [];
  for (const name of await readdir("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    // A process may end, or be another user's, while it is looked at.
    const environment = await read(`/proc/${name}/environ`);
    if (environment.split("\0").includes(mark)) {
      const command = (await read(`/proc/${name}/cmdline`)).replaceAll(
        "\0",
        " ",
      );
      // A zombie has no command any more: it has ended, and waits for its parent.
      if (command !== "") found.push({ pid, command: command.slice(0, 120) });
    }
  }
  return found;
}

async function read(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}
