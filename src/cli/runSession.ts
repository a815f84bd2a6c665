import path from "node:path";
import type { Cell } from "../core/results/result";
import { ViaductError } from "../core/errors/viaductError";
import type {
  EngineHandlers,
  RunTarget,
  StatementOutcome,
} from "../protocol/engine";
import type { StatementParameter } from "../protocol/parameters";
import type { EngineInfo, EngineOptions } from "../protocol/options";
import type { ProgramIo } from "./io";
import type { RunOptions } from "./runArguments";
import type { ChosenProfile } from "./runProfile";

/** Rows that are read from the engine at a time, and cells that this may come to. */
const pageRows = 4_096;
const pageCells = 65_536;

/** The engine's options for a run. */
export function engineOptions(
  options: RunOptions,
  envFile: string | null,
  bundledExtensions: string | null,
  io: Pick<ProgramIo, "cwd" | "env" | "temporaryFolder">,
): EngineOptions {
  return {
    database: options.db === null ? null : path.resolve(io.cwd, options.db),
    // Without one in this folder there may still be one of a dbt target.
    envFiles: [envFile ?? path.join(io.cwd, ".env")],
    extensionDirectory: io.env["VIADUCT_EXTENSION_DIRECTORY"] ?? null,
    // The engine tries DuckDB's own server after these.
    extensionRepositories:
      bundledExtensions === null ? [] : [bundledExtensions],
    temporaryDirectory: io.temporaryFolder,
    settings: {},
    connectTimeoutSeconds: 10,
    statementTimeoutSeconds: 0,
    idleInTransactionTimeoutSeconds: 0,
    poolSize: null,
    databaseReadOnly: false,
    releaseDatabaseAfterSeconds: 0,
    dbt: null,
    confirmWrites: false,
    snapshotDirectory: null,
    httpProxy: "",
    // Whoever runs a script has asked for what it needs; the help says so.
    downloadExtensions: true,
  };
}

/** One engine, in this process, and the runs that the command line asks of it. */
export class RunSession {
  #runs = 0;
  #current: string | null = null;

  constructor(
    private readonly engine: EngineHandlers,
    private readonly target: RunTarget,
  ) {}

  /** Opens the database. */
  async open(
    engineSetup: EngineOptions,
    chosen: ChosenProfile | null,
  ): Promise<EngineInfo> {
    const info = await this.engine.initialize({
      ...engineSetup,
      dbt: chosen?.selection ?? null,
    });
    // An editor goes on without its file; a script that named one must not.
    if (info.databaseProblem !== null)
      throw new ViaductError(info.databaseProblem);
    return info;
  }

  /** Attaches what is to be attached. */
  async attach(
    options: RunOptions,
    envFile: string | null,
    chosen: ChosenProfile | null,
  ): Promise<void> {
    for (const spec of chosen?.attachments ?? []) {
      const mayWrite =
        options.write && chosen?.readOnly.includes(spec.alias) !== true;
      await this.engine.attach({ ...spec, readOnly: !mayWrite });
    }
    if (options.attach === null || envFile === null) {
      // Nothing reads it until a getenv() asks; a file that was named has to be there all the same.
      if (options.env !== null && envFile !== null) {
        const { EnvironmentFiles } = await import("../engine/environment");
        await new EnvironmentFiles().read(envFile);
      }
      return;
    }
    await this.engine.attach({
      alias: options.attach,
      readOnly: !options.write,
      source: { kind: "envFile", file: envFile, prefix: options.prefix },
    });
  }

  /** Runs one statement to its end. */
  async run(
    text: string,
    parameters?: readonly StatementParameter[],
  ): Promise<StatementOutcome> {
    this.#runs += 1;
    const runId = `cli-${this.#runs}`;
    this.#current = runId;
    try {
      const outcome = await this.engine.run({
        runId,
        target: this.target,
        statements: [
          parameters === undefined ? { text } : { text, parameters },
        ],
      });
      const [statement] = outcome.statements;
      if (statement === undefined) throw new Error("The engine ran nothing.");
      return statement;
    } finally {
      this.#current = null;
    }
  }

  /** Stops what runs, in both engines. */
  async cancel(): Promise<void> {
    if (this.#current !== null)
      await this.engine.cancel({ runId: this.#current });
  }

  /** The rows of a statement, then forgets them. */
  async *pages(
    outcome: StatementOutcome,
  ): AsyncGenerator<readonly (readonly Cell[])[]> {
    const { resultId, rowCount, columns } = outcome;
    if (resultId === null) return;
    const limit = Math.max(
      1,
      Math.min(pageRows, Math.floor(pageCells / Math.max(1, columns.length))),
    );
    try {
      for (let offset = 0; offset < rowCount;) {
        const page = await this.engine.page({ resultId, offset, limit });
        if (page.rows.length === 0) return;
        yield page.rows;
        offset += page.rows.length;
      }
    } finally {
      await this.engine.releaseResults({ resultIds: [resultId] });
    }
  }

  async close(): Promise<void> {
    await this.engine.shutdown(null);
  }
}
