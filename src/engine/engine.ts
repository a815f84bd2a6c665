import { connectionPrefixes } from "../core/connections/connectionValues";
import { classifyDuckdbError } from "../core/errors/classifyDuckdb";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { viaductError } from "../core/errors/makeError";
import { Redactor } from "../core/errors/redactor";
import { ViaductError } from "../core/errors/viaductError";
import type {
  EngineEventSink,
  EngineHandlers,
  EngineInfo,
  EngineMethod,
  EngineOptions,
  EngineRequests,
} from "../protocol/engine";
import { redactedError } from "./runs/statementRecorder";
import { openSession, type Session } from "./session";

type Result<M extends EngineMethod> = Promise<EngineRequests[M]["result"]>;

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
    return {
      initialize: (options) => this.initialize(options),
      readEnvFile: ({ file }) => this.readEnvFile(file),
      attach: (spec) => this.attach(spec),
      detach: ({ alias }) => this.detach(alias),
      createSecret: async ({ name, source }) => {
        await (await this.ready()).attachments.createSecret(name, source);
        return null;
      },
      listCatalogs: async () => (await this.ready()).catalogs.list(),
      listSchemas: async ({ catalog }) =>
        (await this.ready()).catalogs.schemas(catalog),
      listRelations: async ({ catalog, schema }) =>
        (await this.ready()).catalogs.relations(catalog, schema),
      listColumns: async ({ catalog, schema, relation }) =>
        (await this.ready()).catalogs.columns(catalog, schema, relation),
      run: async (request) => (await this.ready()).runs.run(request),
      cancel: async ({ runId }) => (await this.ready()).runs.cancel(runId),
      page: async ({ resultId, offset, limit }) =>
        (await this.ready()).store.page(resultId, offset, limit),
      releaseResults: async ({ resultIds }) => {
        await (await this.ready()).store.release(resultIds);
        return null;
      },
      testConnection: () => notYet("testConnection"),
      readDbtProfiles: () => notYet("readDbtProfiles"),
      listServices: () => notYet("listServices"),
      answerWrite: () => notYet("answerWrite"),
      updateExtension: () => notYet("updateExtension"),
      verifyExtension: () => notYet("verifyExtension"),
      uninstallExtension: () => notYet("uninstallExtension"),
      diagnose: () => notYet("diagnose"),
      releaseDatabase: () => notYet("releaseDatabase"),
      listExtensions: async () => (await this.ready()).extensions.list(),
      installExtension: async ({ name }) =>
        (await this.ready()).extensions.install(name),
      loadExtension: async ({ name }) =>
        (await this.ready()).extensions.load(name),
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

  private async readEnvFile(file: string): Result<"readEnvFile"> {
    const { files } = await this.ready();
    const names = [...(await files.read(file)).keys()];
    return { names, prefixes: connectionPrefixes(names) };
  }

  private async attach(
    spec: EngineRequests["attach"]["params"],
  ): Result<"attach"> {
    const { attachments, native, catalogs, sentLog } = await this.ready();
    await attachments.attach(spec);
    await native.forget(spec.alias);
    await sentLog.enable();
    return catalogs.find(spec.alias);
  }

  private async detach(alias: string): Promise<null> {
    const { attachments, native } = await this.ready();
    await native.forget(alias);
    await attachments.detach(alias);
    return null;
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

function notYet(method: EngineMethod): Promise<never> {
  return Promise.reject(
    viaductError("engineUnavailable", `${method} is not there yet.`),
  );
}

function describe(error: unknown): ErrorInfo {
  return error instanceof ViaductError
    ? error.info
    : classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
      );
}
