import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ErrorInfo } from "../../src/core/errors/errorInfo";
import { ViaductError } from "../../src/core/errors/viaductError";
import type { Cell } from "../../src/core/results/result";
import { createEngine } from "../../src/engine/engine";
import type { CatalogInfo } from "../../src/protocol/catalog";
import type {
  EngineEvents,
  EngineHandlers,
  StatementOutcome,
} from "../../src/protocol/engine";
import type { EngineInfo, EngineOptions } from "../../src/protocol/options";
import { inRepository } from "./paths";
import { writeEnvFile } from "./postgres";

/** An event as the engine sent it. */
export type EngineMessage = {
  readonly [E in keyof EngineEvents]: {
    readonly event: E;
    readonly payload: EngineEvents[E];
  };
}[keyof EngineEvents];

/** Options of an engine that works offline and leaves nothing outside of `folder`. */
export function engineOptions(
  folder: string,
  overrides: Partial<EngineOptions> = {},
): EngineOptions {
  return {
    database: null,
    envFiles: [],
    // Shared by all tests: installing copies 50 MB.
    extensionDirectory: inRepository(".cache", "test-extensions"),
    extensionRepositories: [inRepository("dist", "extensions")],
    temporaryDirectory: path.join(folder, "tmp"),
    settings: {},
    connectTimeoutSeconds: 5,
    statementTimeoutSeconds: 0,
    idleInTransactionTimeoutSeconds: 0,
    poolSize: null,
    databaseReadOnly: false,
    releaseDatabaseAfterSeconds: 0,
    dbt: null,
    confirmWrites: false,
    snapshotDirectory: path.join(folder, "snapshots"),
    httpProxy: "",
    ...overrides,
  };
}

/** An engine as a library, with everything that it said. */
export class TestEngine {
  readonly events: EngineMessage[] = [];
  /** Every answer and every error, for the search for secrets. */
  readonly answers: unknown[] = [];
  readonly handlers: EngineHandlers;
  /** Hears of each event when it comes. */
  onEvent: ((message: EngineMessage) => void) | undefined;
  private runs = 0;

  private constructor(
    readonly folder: string,
    readonly options: EngineOptions,
  ) {
    const handlers = createEngine((event, payload) => {
      const message = { event, payload } as EngineMessage;
      this.events.push(message);
      this.onEvent?.(message);
    });
    this.handlers = Object.fromEntries(
      Object.entries(handlers).map(([method, handler]) => [
        method,
        async (params: never) => {
          try {
            const answer: unknown = await handler(params);
            this.answers.push(answer);
            return answer;
          } catch (error) {
            this.answers.push(
              error instanceof ViaductError ? error.info : String(error),
            );
            throw error;
          }
        },
      ]),
    ) as unknown as EngineHandlers;
  }

  /** Makes a folder with an env file `.env` for the suite's server, and an engine on it that is not initialized yet. */
  static async create(
    overrides: Partial<EngineOptions> = {},
  ): Promise<TestEngine> {
    const folder = await mkdtemp(path.join(tmpdir(), "viaduct-engine-test-"));
    const envFile = await writeEnvFile(path.join(folder, ".env"));
    return new TestEngine(
      folder,
      engineOptions(folder, { envFiles: [envFile], ...overrides }),
    );
  }

  /** An engine without a server beside it: DuckDB alone. */
  static async startAlone(
    overrides: Partial<EngineOptions> = {},
  ): Promise<TestEngine> {
    const folder = await mkdtemp(path.join(tmpdir(), "viaduct-engine-test-"));
    const engine = new TestEngine(folder, engineOptions(folder, overrides));
    await engine.initialize();
    return engine;
  }

  static async start(
    overrides: Partial<EngineOptions> = {},
  ): Promise<TestEngine> {
    const engine = await TestEngine.create(overrides);
    await engine.initialize();
    return engine;
  }

  get envFile(): string {
    return path.join(this.folder, ".env");
  }

  initialize(): Promise<EngineInfo> {
    return this.handlers.initialize(this.options);
  }

  attach(
    alias: string,
    {
      readOnly = true,
      file = this.envFile,
    }: { readonly readOnly?: boolean; readonly file?: string } = {},
  ): Promise<CatalogInfo> {
    return this.handlers.attach({
      alias,
      readOnly,
      source: { kind: "envFile", file, prefix: "POSTGRES_" },
    });
  }

  /** Begins a run of one statement, in DuckDB or natively on an alias. */
  begin(
    text: string,
    on?: string,
  ): { readonly runId: string; readonly outcome: Promise<StatementOutcome> } {
    this.runs += 1;
    const runId = `run-${this.runs}`;
    const outcome = this.handlers
      .run({
        runId,
        target:
          on === undefined
            ? { engine: "duckdb" }
            : { engine: "postgres", alias: on },
        statements: [{ text }],
      })
      .then(({ statements: [first] }) => {
        assert.ok(first);
        return first;
      });
    return { runId, outcome };
  }

  run(text: string, on?: string): Promise<StatementOutcome> {
    return this.begin(text, on).outcome;
  }

  /** Runs a statement that has to succeed. */
  async succeed(text: string, on?: string): Promise<StatementOutcome> {
    const outcome = await this.run(text, on);
    assert.equal(outcome.error, null, `${text}: ${outcome.error?.message}`);
    assert.equal(outcome.status, "succeeded");
    return outcome;
  }

  /** Runs a statement that has to fail. */
  async fail(
    text: string,
    on?: string,
  ): Promise<StatementOutcome & { readonly error: ErrorInfo }> {
    const outcome = await this.run(text, on);
    assert.equal(outcome.status, "failed", `${text}: ${outcome.commandTag}`);
    assert.ok(outcome.error);
    assert.equal(outcome.complete, false);
    return { ...outcome, error: outcome.error };
  }

  /** The rows of a statement that has to succeed. */
  async rows(text: string, on?: string): Promise<readonly (readonly Cell[])[]> {
    const { resultId } = await this.succeed(text, on);
    assert.ok(resultId, `${text}: no rows`);
    const page = await this.handlers.page({ resultId, offset: 0, limit: 1000 });
    return page.rows;
  }

  async close(): Promise<void> {
    await this.handlers.shutdown(null);
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The classified error with which a promise is rejected. */
export async function faultOf(promise: Promise<unknown>): Promise<ErrorInfo> {
  try {
    await promise;
  } catch (error) {
    assert.ok(error instanceof ViaductError, String(error));
    return error.info;
  }
  throw new assert.AssertionError({ message: "it did not fail" });
}
