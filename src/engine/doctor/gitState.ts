import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isIgnored } from "../../core/connections/gitIgnore";
import type { GitState } from "../../core/doctor/facts";

const gitMs = 3_000;

/** Whether git keeps a file out of commits; without git on the machine, what the `.gitignore` beside it says. */
export async function gitState(file: string): Promise<GitState> {
  const tracked = await git(file, "ls-files", "--error-unmatch");
  if (tracked === null || tracked === 128) {
    return tracked === null ? withoutGit(file) : "noRepository";
  }
  if (tracked === 0) {
    return "tracked";
  }
  return (await git(file, "check-ignore", "-q")) === 0 ? "ignored" : "exposed";
}

/** The exit code; null when git cannot be run. */
function git(file: string, ...command: string[]): Promise<number | null> {
  // A hook's variables (GIT_INDEX_FILE, GIT_DIR) are about another repository or another state of it.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_")),
  );
  return new Promise((resolve) => {
    execFile(
      "git",
      // The repository's configuration must not start a program of its choice.
      ["-c", "core.fsmonitor=false", ...command, "--", basename(file)],
      {
        cwd: dirname(file),
        timeout: gitMs,
        windowsHide: true,
        env: environment,
      },
      (error) => {
        if (error === null) {
          resolve(0);
        } else {
          resolve(typeof error.code === "number" ? error.code : null);
        }
      },
    );
  });
}

async function withoutGit(file: string): Promise<GitState> {
  if (!hasRepository(dirname(file))) {
    return "noRepository";
  }
  const text = await readFile(join(dirname(file), ".gitignore"), "utf8").catch(
    () => "",
  );
  return isIgnored(text, basename(file)) ? "ignored" : "exposed";
}

function hasRepository(folder: string): boolean {
  const parent = dirname(folder);
  return (
    existsSync(join(folder, ".git")) ||
    (parent !== folder && hasRepository(parent))
  );
}
