import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import type {
  EngineMethod,
  EngineRequests,
  StatementOutcome,
} from "../../src/protocol/engine";
import type { EngineOptions } from "../../src/protocol/options";
import { engineProgram } from "./engineProgram";

/** The real engine in a process of its own, and every byte that ever came out of it. */
export class WatchedEngine {
  /** Answers, errors, events and both output streams, as text. */
  readonly said: string[] = [];
  private readonly child: ChildProcess;
  private readonly connection: MessageConnection;
  private runs = 0;

  constructor() {
    this.child = fork(engineProgram(), [], {
      serialization: "advanced",
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // The suite's own server, password and all, is none of the engine's business.
      env: { ...process.env, VIADUCT_TEST_POSTGRES: undefined },
      execArgv: [],
    });
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on("data", (data: Buffer) => this.said.push(data.toString()));
    }
    this.connection = createMessageConnection(
      new IPCMessageReader(this.child),
      new IPCMessageWriter(this.child),
    );
    this.connection.onNotification((event: string, payload: unknown) => {
      this.said.push(JSON.stringify({ event, payload }));
    });
    this.connection.onError(() => undefined);
    this.connection.listen();
  }

  get processId(): number {
    return this.child.pid ?? 0;
  }

  /** Resolves when the process is gone and its output is read; what is pending is rejected. */
  async gone(): Promise<void> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      await once(this.child, "close");
    }
    this.connection.dispose();
  }

  initialize(options: EngineOptions): Promise<unknown> {
    return this.ask("initialize", options);
  }

  /** Sends a request; what comes back, good or bad, is kept, and undefined is given for an error. */
  async ask<M extends EngineMethod>(
    method: M,
    params: EngineRequests[M]["params"],
  ): Promise<EngineRequests[M]["result"] | undefined> {
    try {
      const answer = await this.connection.sendRequest<
        EngineRequests[M]["result"]
      >(method, params);
      this.said.push(JSON.stringify({ method, answer }));
      return answer;
    } catch (error) {
      const data: unknown = error instanceof ResponseError ? error.data : null;
      this.said.push(JSON.stringify({ method, data }), String(error));
      return undefined;
    }
  }

  /** Runs one statement, and reads its rows. */
  async run(
    text: string,
    alias?: string,
  ): Promise<StatementOutcome | undefined> {
    this.runs += 1;
    const answer = await this.ask("run", {
      runId: `run ${this.runs}`,
      target:
        alias === undefined
          ? { engine: "duckdb" }
          : { engine: "postgres", alias },
      statements: [{ text }],
    });
    const outcome = answer?.statements[0];
    if (typeof outcome?.resultId === "string") {
      await this.ask("page", {
        resultId: outcome.resultId,
        offset: 0,
        limit: 5_000,
      });
    }
    return outcome;
  }

  /** What other programs of the machine see of the process: its arguments and its environment. */
  get visible(): string {
    return process.platform === "linux"
      ? ["cmdline", "environ"]
          .map((name) =>
            readFileSync(`/proc/${this.processId}/${name}`, "utf8"),
          )
          .join("\0")
      : "";
  }

  async end(): Promise<void> {
    await this.ask("shutdown", null);
    await this.gone();
  }
}
