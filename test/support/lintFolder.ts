import { execFileSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { runLint } from "../../src/cli/lint";

/** What a run of `viaduct lint` left. */
export interface LintRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A temporary folder in which `viaduct lint` and git run. */
export class LintFolder {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), "viaduct-lint-")));

  write(name: string, content: string | Uint8Array): void {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), "utf8");
  }

  /** Runs git here, without the settings of whoever runs the test. */
  git(...args: readonly string[]): string {
    return execFileSync("git", args, {
      cwd: this.path,
      encoding: "utf8",
      env: {
        PATH: process.env["PATH"],
        HOME: this.path,
        GIT_CONFIG_NOSYSTEM: "1",
        GIT_AUTHOR_NAME: "a",
        GIT_AUTHOR_EMAIL: "a@example.org",
        GIT_COMMITTER_NAME: "a",
        GIT_COMMITTER_EMAIL: "a@example.org",
        GIT_COMMITTER_DATE: "2024-03-05T10:00:00Z",
      },
    });
  }

  async lint(
    args: readonly string[],
    given: { input?: string; folder?: string; isTerminal?: boolean } = {},
  ): Promise<LintRun> {
    let stdout = "";
    let stderr = "";
    async function* stdin() {
      await Promise.resolve();
      yield Buffer.from(given.input ?? "");
    }
    const code = await runLint(args, {
      stdout: {
        write: (text) => (stdout += text),
        isTerminal: given.isTerminal ?? false,
      },
      stderr: { write: (text) => (stderr += text) },
      cwd: join(this.path, given.folder ?? ""),
      stdin: stdin(),
      env: {},
    });
    return { code, stdout, stderr };
  }

  /** `file RULE` of each finding. */
  async found(
    args: readonly string[],
    given: Parameters<LintFolder["lint"]>[1] = {},
  ): Promise<string[]> {
    const { stdout } = await this.lint(["--format", "json", ...args], given);
    return (JSON.parse(stdout) as { file: string; rule: string }[]).map(
      ({ file, rule }) => `${file} ${rule}`,
    );
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}
