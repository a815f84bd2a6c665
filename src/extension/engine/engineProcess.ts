import { fork, type ChildProcess } from "node:child_process";
import {
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ResponseError,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import { errorInfo } from "../../core/errors/makeError";
import { toErrorInfo, ViaductError } from "../../core/errors/viaductError";
import type {
  EngineEvent,
  EngineEvents,
  EngineFault,
  EngineMethod,
  EngineRequests,
} from "../../protocol/engine";
import type { Disposable } from "../lifetime/disposableStore";
import type { EngineLink } from "./engineLink";

/** How the engine's process is started. */
export interface EngineProcessOptions {
  /** Absolute path of `dist/engine.js`. */
  readonly path: string;
  /** The Node to run it with; VS Code's own executable needs `ELECTRON_RUN_AS_NODE=1` in `environment`. */
  readonly execPath?: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Options of Node's, before the path. */
  readonly execArgv?: readonly string[];
}

/** Each running query holds a thread of the pool, and reading a file needs one, too (engine-facts 3.3). */
const threadPoolSize = "16";

/** How long a graceful end may take. */
const shutdownMs = 3_000;

/** The engine process as seen from its parent: typed requests and events, and a clear error when it dies. */
export class EngineProcess implements EngineLink {
  private readonly child: ChildProcess;
  private readonly connection: MessageConnection;
  private readonly pending = new Set<(error: ViaductError) => void>();
  private readonly listeners = new Map<
    EngineEvent,
    Set<(payload: never) => void>
  >();
  private readonly exitListeners = new Set<
    (exit: { readonly expected: boolean }) => void
  >();
  private readonly exited: Promise<void>;
  private isEnding = false;
  private hasExited = false;

  constructor(options: EngineProcessOptions) {
    this.child = fork(options.path, [], {
      // A BIGINT or a Map survives, and buffers are not turned into text.
      serialization: "advanced",
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      env: childEnvironment({ ...process.env, ...options.environment }),
      execArgv: [...(options.execArgv ?? [])],
      ...(options.execPath === undefined ? {} : { execPath: options.execPath }),
    });
    this.exited = new Promise((resolve) => {
      const end = (): void => {
        this.handleExit();
        resolve();
      };
      this.child.once("exit", end);
      this.child.once("error", end);
    });
    this.connection = createMessageConnection(
      new IPCMessageReader(this.child),
      new IPCMessageWriter(this.child),
    );
    this.connection.onNotification((event: string, payload: unknown) => {
      // With positional parameters vscode-jsonrpc passes an array.
      const value: unknown = Array.isArray(payload) ? payload[0] : payload;
      this.listeners.get(event as EngineEvent)?.forEach((listener) => {
        (listener as (payload: unknown) => void)(value ?? null);
      });
    });
    // An error of the pipe is followed by the exit, which rejects what is pending.
    this.connection.onError(() => undefined);
    this.connection.listen();
  }

  get processId(): number | undefined {
    return this.child.pid;
  }

  /** Sends a request. Rejects with a `ViaductError`, of class `engineCrashed` when the process dies before the answer. */
  request<M extends EngineMethod>(
    method: M,
    params: EngineRequests[M]["params"],
  ): Promise<EngineRequests[M]["result"]> {
    if (this.hasExited) {
      return Promise.reject(this.deathNotice());
    }
    return new Promise((resolve, reject) => {
      this.pending.add(reject);
      this.connection
        .sendRequest<EngineRequests[M]["result"]>(method, params)
        .then(resolve, (error: unknown) => {
          reject(this.hasExited ? this.deathNotice() : faultOf(error));
        })
        .finally(() => this.pending.delete(reject));
    });
  }

  onEvent<E extends EngineEvent>(
    event: E,
    listener: (payload: EngineEvents[E]) => void,
  ): Disposable {
    const listeners =
      this.listeners.get(event) ?? new Set<(payload: never) => void>();
    this.listeners.set(event, listeners);
    listeners.add(listener);
    return { dispose: () => listeners.delete(listener) };
  }

  /** Fires once, when the process is gone; at once when it is gone already. */
  onExit(listener: (exit: { readonly expected: boolean }) => void): Disposable {
    if (this.hasExited) {
      listener({ expected: this.isEnding });
    }
    this.exitListeners.add(listener);
    return { dispose: () => this.exitListeners.delete(listener) };
  }

  /** Ends the process now. */
  kill(): void {
    this.isEnding = true;
    this.child.kill("SIGKILL");
  }

  /** Asks the process to end, and ends it when it does not within a bound. */
  async dispose(): Promise<void> {
    this.isEnding = true;
    const timer = setTimeout(() => {
      this.child.kill("SIGKILL");
    }, shutdownMs);
    await this.request("shutdown", null).catch(() => undefined);
    await this.exited;
    clearTimeout(timer);
  }

  private handleExit(): void {
    if (this.hasExited) {
      return;
    }
    this.hasExited = true;
    for (const reject of this.pending) {
      reject(this.deathNotice());
    }
    this.pending.clear();
    this.connection.dispose();
    for (const listener of this.exitListeners) {
      listener({ expected: this.isEnding });
    }
  }

  private deathNotice(): ViaductError {
    const how =
      this.child.signalCode ??
      (this.child.exitCode === null
        ? "not started"
        : `code ${this.child.exitCode}`);
    return new ViaductError(
      this.isEnding
        ? errorInfo("engineUnavailable", "The engine process was ended.")
        : errorInfo(
            "engineCrashed",
            `The engine process ended unexpectedly (${how}); this query is lost, nothing else.`,
          ),
    );
  }
}

/** A stray PGHOST or PGPASSWORD would silently fill the gaps of a connection; the options of the session have them. */
function childEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name, value]) => value !== undefined && !/^PG[A-Z]/.test(name),
  );
  return { ...Object.fromEntries(kept), UV_THREADPOOL_SIZE: threadPoolSize };
}

function faultOf(error: unknown): ViaductError {
  if (error instanceof ResponseError && error.data !== undefined) {
    return new ViaductError((error.data as EngineFault).error);
  }
  return new ViaductError(toErrorInfo(error));
}
