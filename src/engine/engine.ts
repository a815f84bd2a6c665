import { connectionPrefixes } from "../core/connections/connectionValues";
import type { ErrorInfo } from "../core/errors/errorInfo";
import { viaductError } from "../core/errors/makeError";
import { classifyDuckdbError } from "../core/errors/classifyDuckdb";
import { Redactor } from "../core/errors/redactor";
import { ViaductError } from "../core/errors/viaductError";
import type {
  EngineEventSink,
  EngineHandlers,
  EngineMethod,
  EngineRequests,
} from "../protocol/engine";
import { redactedError } from "./runs/statementRecorder";
import { openSession, type Session } from "./session";

/** The engine as a library: one function for each request. Every error that leaves it is a `ViaductError`, redacted. */
export function createEngine(emit: EngineEventSink): EngineHandlers {
  const redactor = new Redactor();
  let session: Promise<Session> | undefined;
  const ready = (): Promise<Session> => {
    if (session === undefined) {
      throw viaductError(
        "engineUnavailable",
        "The engine was not initialized.",
      );
    }
    return session;
  };
  /** A handler whose errors are classified and redacted. */
  const safe =
    <M extends EngineMethod>(
      handler: (
        params: EngineRequests[M]["params"],
      ) => Promise<EngineRequests[M]["result"]>,
    ) =>
    async (
      params: EngineRequests[M]["params"],
    ): Promise<EngineRequests[M]["result"]> => {
      try {
        return await handler(params);
      } catch (error) {
        throw new ViaductError(redactedError(describe(error), redactor));
      }
    };
  return {
    initialize: safe<"initialize">(async (options) => {
      if (session !== undefined) {
        throw viaductError(
          "engineUnavailable",
          "The engine was initialized already.",
        );
      }
      session = openSession(options, redactor, emit);
      // A failed start can be tried again, with other options.
      session.catch(() => {
        session = undefined;
      });
      return (await session).info;
    }),
    readEnvFile: safe<"readEnvFile">(async ({ file }) => {
      const names = [...(await (await ready()).files.read(file)).keys()];
      return { names, prefixes: connectionPrefixes(names) };
    }),
    attach: safe<"attach">(async (spec) => {
      const { attachments, native, catalogs, sentLog } = await ready();
      await native.forget(spec.alias);
      await attachments.attach(spec);
      await sentLog.enable();
      return catalogs.find(spec.alias);
    }),
    detach: safe<"detach">(async ({ alias }) => {
      const { attachments, native } = await ready();
      await native.forget(alias);
      await attachments.detach(alias);
      return null;
    }),
    createSecret: safe<"createSecret">(async ({ name, source }) => {
      await (await ready()).attachments.createSecret(name, source);
      return null;
    }),
    ...catalogHandlers(ready, safe),
    run: safe<"run">(async (request) => (await ready()).runs.run(request)),
    cancel: safe<"cancel">(async ({ runId }) =>
      (await ready()).runs.cancel(runId),
    ),
    page: safe<"page">(async ({ resultId, offset, limit }) =>
      (await ready()).store.page(resultId, offset, limit),
    ),
    releaseResults: safe<"releaseResults">(async ({ resultIds }) => {
      await (await ready()).store.release(resultIds);
      return null;
    }),
    shutdown: safe<"shutdown">(async () => {
      const closing = session;
      session = undefined;
      await (await closing)?.close();
      return null;
    }),
  };
}

type Safe = <M extends EngineMethod>(
  handler: (
    params: EngineRequests[M]["params"],
  ) => Promise<EngineRequests[M]["result"]>,
) => (
  params: EngineRequests[M]["params"],
) => Promise<EngineRequests[M]["result"]>;

type CatalogMethod =
  | "listCatalogs"
  | "listSchemas"
  | "listRelations"
  | "listColumns"
  | "listExtensions"
  | "installExtension"
  | "loadExtension";

function catalogHandlers(
  ready: () => Promise<Session>,
  safe: Safe,
): Pick<EngineHandlers, CatalogMethod> {
  return {
    listCatalogs: safe<"listCatalogs">(async () =>
      (await ready()).catalogs.list(),
    ),
    listSchemas: safe<"listSchemas">(async ({ catalog }) =>
      (await ready()).catalogs.schemas(catalog),
    ),
    listRelations: safe<"listRelations">(async ({ catalog, schema }) =>
      (await ready()).catalogs.relations(catalog, schema),
    ),
    listColumns: safe<"listColumns">(async ({ catalog, schema, relation }) =>
      (await ready()).catalogs.columns(catalog, schema, relation),
    ),
    listExtensions: safe<"listExtensions">(async () =>
      (await ready()).extensions.list(),
    ),
    installExtension: safe<"installExtension">(async ({ name }) =>
      (await ready()).extensions.install(name),
    ),
    loadExtension: safe<"loadExtension">(async ({ name }) =>
      (await ready()).extensions.load(name),
    ),
  };
}

function describe(error: unknown): ErrorInfo {
  return error instanceof ViaductError
    ? error.info
    : classifyDuckdbError(
        error instanceof Error ? error.message : String(error),
      );
}
