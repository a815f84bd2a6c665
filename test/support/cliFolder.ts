import { spawn, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { inRepository } from "./paths";
import { writeEnvFile } from "./postgres";

/** How the built program ended and what it said. */
export interface CliResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** One statement of `--format json`. */
export interface JsonStatement {
  readonly statement: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly rowCount: number;
  readonly complete: boolean;
  readonly commandTag: string;
  readonly notices: readonly {
    readonly severity: string;
    readonly message: string;
  }[];
  readonly elapsedMs: number;
}

/** The built `dist/cli.js` in a folder whose `.env` names the suite's server. */
export class CliFolder {
  /** All that the program ever said, for the search for secrets. */
  everything = "";

  private constructor(readonly folder: string) {}

  static async create(): Promise<CliFolder> {
    const folder = await mkdtemp(path.join(tmpdir(), "viaduct-cli-test-"));
    await writeEnvFile(path.join(folder, ".env"));
    return new CliFolder(folder);
  }

  /** Starts the program; its standard input is open. */
  start(
    args: readonly string[],
    env: Readonly<Record<string, string | undefined>> = {},
  ): {
    readonly child: ChildProcessWithoutNullStreams;
    readonly ended: Promise<CliResult>;
  } {
    const child = spawn(
      process.execPath,
      [inRepository("dist", "cli.js"), ...args],
      {
        cwd: this.folder,
        env: {
          ...process.env,
          TZ: "UTC",
          VIADUCT_EXTENSION_DIRECTORY: inRepository(
            ".cache",
            "test-extensions",
          ),
          ...env,
        },
      },
    );
    let out = "";
    let err = "";
    child.stdout.on("data", (data: Buffer) => (out += data.toString()));
    child.stderr.on("data", (data: Buffer) => (err += data.toString()));
    const ended = once(child, "close").then(([code]): CliResult => {
      this.everything += out + err;
      return { code: code as number | null, out, err };
    });
    return { child, ended };
  }

  /** Runs the program to its end. */
  async run(
    args: readonly string[],
    input = "",
    env: Readonly<Record<string, string | undefined>> = {},
  ): Promise<CliResult> {
    const { child, ended } = this.start(args, env);
    child.stdin.end(input);
    return ended;
  }

  /** Runs SQL from standard input with `--format json`. */
  async json(
    sql: string,
    ...args: readonly string[]
  ): Promise<CliResult & { readonly statements: readonly JsonStatement[] }> {
    const result = await this.run(
      ["run", "-", "--format", "json", ...args],
      sql,
    );
    try {
      const statements = JSON.parse(result.out) as JsonStatement[];
      return { ...result, statements };
    } catch {
      throw new Error(`not JSON: ${result.out}\n${result.err}`);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
