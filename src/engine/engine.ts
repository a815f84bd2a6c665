import { classifyDuckdbError } from "../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { viaductError } from "../core/errors/makeError";
import { Redactor } from "../core/errors/redactor";
import { ViaductError } from "../core/errors/viaductError";
import type { EngineEventSink, EngineHandlers } from "../protocol/engine";
import type { EngineInfo, EngineOptions } from "../protocol/options";
import { catalogHandlers } from "./handlers/catalogHandlers";
import { connectionHandlers } from "./handlers/connectionHandlers";
import { resultHandlers } from "./handlers/resultHandlers";
import { runHandlers } from "./handlers/runHandlers";
import { systemHandlers } from "./handlers/systemHandlers";
import { redactedError } from "./runs/statementRecorder";
import { openSession, type Session } from "./session";

/** The engine as a library: one function for each request. Every error that leaves it is a `ViaductError`, redacted. */
export function createEngine(emit: EngineEventSink): EngineHandlers {
  const engine = new Engine(emit);
  const handlers = engine.handlers();
  const safe = Object.entries(handlers).map(([method, handler]) => [
    method,
    async (params: never): Promise<unknown> => {
      try {
        return await (handler as (params: never) => Promise<unknown>)(params);
      } catch (error) {
        throw engine.fault(error);
      }
    },
  ]);
  return Object.fromEntries(safe) as EngineHandlers;
}

class Engine {
  private readonly redactor = new Redactor();
  private session: Promise<Session> | undefined;

  constructor(private readonly emit: EngineEventSink) {}

  handlers(): EngineHandlers {
    const ready = (): Promise<Session> => this.ready();
    return {
      initialize: (options) => this.initialize(options),
      ...connectionHandlers(ready),
      ...catalogHandlers(ready),
      ...runHandlers(ready),
      ...resultHandlers(ready),
      ...systemHandlers(ready),
      shutdown: () => this.shutdown(),
    };
  }

  /** Any error as it may leave the engine. */
  fault(error: unknown): ViaductError {
    return new ViaductError(redactedError(describe(error), this.redactor));
  }

  private async initialize(options: EngineOptions): Promise<EngineInfo> {
    if (this.session !== undefined) {
      throw viaductError(
        "engineUnavailable",
        "The engine was initialized already.",
      );
    }
    const session = openSession(options, this.redactor, this.emit);
    this.session = session;
    try {
      return (await session).info;
    } catch (error) {
      // A failed start can be tried again, with other options.
      this.session = undefined;
      throw error;
    }
  }

  private async shutdown(): Promise<null> {
    const { session } = this;
    this.session = undefined;
    await (await session)?.close();
    return null;
  }

  private ready(): Promise<Session> {
    return (
      this.session ??
      Promise.reject(
        viaductError("engineUnavailable", "The engine was not initialized."),
      )
    );
  }
}

function describe(error: unknown): ErrorInfo {
  return error instanceof ViaductError
    ? error.info
    : classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
      );
}
