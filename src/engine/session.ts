import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { quoteName } from "../core/connections/alias";
import type { ConnectionLimits } from "../core/connections/secretParameters";
import type { Redactor } from "../core/errors/redactor";
import type {
  EngineEventSink,
  EngineInfo,
  EngineOptions,
} from "../protocol/engine";
import { Attachments } from "./attachments/attachments";
import { Catalogs } from "./catalogs/catalogs";
import { openDatabase, type WorkspaceDatabase } from "./database";
import type { Connection } from "./duckdb";
import { EnvironmentFiles } from "./environment";
import { Extensions } from "./extensions";
import { GetenvGate } from "./getenvGate";
import { NativeSessions } from "./native/nativeSessions";
import { ResultStore } from "./results/resultStore";
import { DuckdbExecutor } from "./runs/duckdbExecutor";
import { Runs } from "./runs/runs";
import { SentLog } from "./runs/sentLog";
import { ServerCancel } from "./runs/serverCancel";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporaryFolder";

/** Everything that lives between `initialize` and `shutdown`. */
export interface Session {
  readonly info: EngineInfo;
  readonly files: EnvironmentFiles;
  readonly extensions: Extensions;
  readonly attachments: Attachments;
  readonly catalogs: Catalogs;
  readonly native: NativeSessions;
  readonly sentLog: SentLog;
  readonly runs: Runs;
  readonly store: ResultStore;
  /** Ends every run and connection and removes the temporary files. */
  close(): Promise<void>;
}

/** One DuckDB connection for each purpose, so that none waits for another. */
interface Connections {
  readonly run: Connection;
  readonly control: Connection;
  readonly catalog: Connection;
  readonly cancel: Connection;
  readonly log: Connection;
}

/** Opens the session: the composition root of the engine. */
export async function openSession(
  options: EngineOptions,
  redactor: Redactor,
  emit: EngineEventSink,
): Promise<Session> {
  const folder = await makeTemporaryFolder(options.temporaryDirectory);
  const database = await openDatabase(
    options.database,
    instanceSettings(options, folder),
  );
  const connections = await connectAll(database);
  const sessionId = randomUUID().slice(0, 8);
  const applicationName = (purpose: string): string =>
    `viaduct-${purpose}-${sessionId}`;
  // Databases that a user's own ATTACH opens get the name from libpq's environment: a cancel has to find them, too.
  process.env["PGAPPNAME"] = applicationName("run");
  const limits = (purpose: string, readOnly: boolean): ConnectionLimits => ({
    connectTimeoutSeconds: options.connectTimeoutSeconds,
    statementTimeoutSeconds: options.statementTimeoutSeconds,
    applicationName: applicationName(purpose),
    readOnly,
  });
  const onCatalogsChanged = (): void => {
    emit("catalogsChanged", null);
  };
  const [[version = "", platform = ""] = []] = (await connections.control.rows(
    "SELECT version(), (SELECT platform FROM pragma_platform())",
  )) as string[][];
  const files = new EnvironmentFiles();
  const extensions = new Extensions(
    connections.control,
    options.extensionRepositories,
    version,
    platform,
  );
  const store = await ResultStore.open(join(folder, "results"));
  const attachments = new Attachments({
    control: connections.control,
    extensions,
    files,
    redactor,
    limits,
    onChanged: onCatalogsChanged,
  });
  const catalogs = new Catalogs(
    connections.catalog,
    attachments,
    database,
    redactor,
    limits,
  );
  const native = new NativeSessions({ attachments, store, limits });
  const gate = new GetenvGate(files, options.envFiles, process.env, redactor);
  connections.run.registerTextFunction("getenv", (name) => gate.answer(name));
  const sentLog = new SentLog(connections.log, () => catalogs.postgresNames());
  const duckdb = new DuckdbExecutor({
    connection: connections.run,
    catalog: database.catalog,
    store,
    attachments,
    extensions,
    gate,
    sentLog,
    serverCancel: new ServerCancel(
      attachments,
      connections.cancel,
      limits("control", true),
      applicationName("run"),
    ),
    onCatalogsChanged,
  });
  const runs = new Runs(
    (target) =>
      target.engine === "duckdb" ? duckdb : native.executorFor(target.alias),
    emit,
    redactor,
  );
  return {
    info: {
      duckdbVersion: version,
      platform,
      processId: process.pid,
      catalog: database.catalog,
      databaseProblem: database.problem,
    },
    files,
    extensions,
    attachments,
    catalogs,
    native,
    sentLog,
    runs,
    store,
    close: async () => {
      await runs.cancelAll();
      await runs.idle();
      await native.close();
      await catalogs.close();
      await store.close();
      closeAll(connections);
      database.instance.close();
      await removeTemporaryFolder(folder);
    },
  };
}

function instanceSettings(
  options: EngineOptions,
  folder: string,
): Record<string, string> {
  const [repository] = options.extensionRepositories;
  return {
    temp_directory: join(folder, "spill"),
    ...options.settings,
    ...(options.extensionDirectory === null
      ? {}
      : { extension_directory: options.extensionDirectory }),
    ...(repository === undefined
      ? {}
      : { custom_extension_repository: repository }),
    autoinstall_known_extensions: "false",
    allow_unredacted_secrets: "false",
  };
}

async function connectAll({
  instance,
  catalog,
}: WorkspaceDatabase): Promise<Connections> {
  const connect = async (): Promise<Connection> => {
    const connection = await instance.connect();
    await connection.run(`USE ${quoteName(catalog)}`);
    await connection.run("SET errors_as_json = true");
    return connection;
  };
  const run = await connect();
  // The bar itself would go to standard output; `progress` is counted only when it is on.
  await run.run("SET enable_progress_bar = true");
  await run.run("SET enable_progress_bar_print = false");
  return {
    run,
    control: await connect(),
    catalog: await connect(),
    cancel: await connect(),
    log: await connect(),
  };
}

function closeAll(connections: Connections): void {
  for (const connection of Object.values(connections) as Connection[]) {
    connection.close();
  }
}
