import { join } from "node:path";
import type { Redactor } from "../core/errors/redactor";
import type {
  EngineEventSink,
  EngineInfo,
  EngineOptions,
} from "../protocol/engine";
import { Attachments } from "./attachments/attachments";
import { idleTime, sessionLimits, type LimitsFor } from "./attachments/limits";
import { Catalogs } from "./catalogs/catalogs";
import {
  closeConnections,
  instanceSettings,
  openConnections,
  type Connections,
} from "./connections";
import { WorkspaceDatabase } from "./database";
import type { DbtProfileReader } from "./dbt/dbtProfiles";
import { Doctor } from "./doctor/doctor";
import type { EnvironmentFiles } from "./environment";
import { Extensions } from "./extensions/extensions";
import { ScratchInstances } from "./extensions/scratch";
import { GetenvGate } from "./getenvGate";
import { Journal } from "./journal/journal";
import { NativeSessions } from "./native/nativeSessions";
import { ConnectionTest } from "./sources/connectionTest";
import { composeSources, type Sources } from "./sources/composeSources";
import { ResultStore } from "./results/resultStore";
import { DuckdbExecutor } from "./runs/duckdbExecutor";
import { DuckdbStatements } from "./runs/duckdbStatement";
import { Runs } from "./runs/runs";
import { SentLog } from "./runs/sentLog";
import { Secrecy } from "./secrecy/secrecy";
import { ServerCancel } from "./runs/serverCancel";
import { StatementGuard } from "./runs/statementGuard";
import { WriteQuestions } from "./runs/writeQuestions";
import { Snapshots } from "./snapshots/snapshots";
import { SessionPreparation } from "./settings/sessionPreparation";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporaryFolder";

/** Everything that lives between `initialize` and `shutdown`. */
export interface Session {
  readonly info: EngineInfo;
  readonly files: EnvironmentFiles;
  readonly sources: Sources;
  readonly connectionTest: ConnectionTest;
  readonly profiles: DbtProfileReader;
  readonly extensions: Extensions;
  readonly database: WorkspaceDatabase;
  readonly attachments: Attachments;
  readonly catalogs: Catalogs;
  readonly native: NativeSessions;
  readonly sentLog: SentLog;
  readonly questions: WriteQuestions;
  readonly runs: Runs;
  readonly store: ResultStore;
  readonly snapshots: Snapshots;
  readonly doctor: Doctor;
  /** Ends every run and connection and removes the temporary files. */
  close(): Promise<void>;
}

/** What the parts of a session are made from. */
interface Base {
  readonly options: EngineOptions;
  readonly redactor: Redactor;
  readonly emit: EngineEventSink;
  readonly onChanged: () => void;
  readonly database: WorkspaceDatabase;
  readonly connections: Connections;
  readonly store: ResultStore;
  readonly journal: Journal;
  readonly version: string;
  readonly platform: string;
  /** The session's own, for temporary files. */
  readonly folder: string;
  readonly preparation: SessionPreparation;
}

/** Opens the session. */
export async function openSession(
  options: EngineOptions,
  redactor: Redactor,
  emit: EngineEventSink,
): Promise<Session> {
  const folder = await makeTemporaryFolder(options.temporaryDirectory);
  try {
    const preparation = await SessionPreparation.begin(options, redactor);
    const database = await WorkspaceDatabase.open(
      { ...options, database: preparation.database },
      { ...instanceSettings(options, folder), ...preparation.startValues },
    );
    const connections = await openConnections(database);
    const [row] = await connections.control.rows(
      "SELECT version(), (SELECT platform FROM pragma_platform())",
    );
    const store = await ResultStore.open(join(folder, "results"));
    const journal = await Journal.open(connections.journal, redactor);
    const session = await compose({
      options,
      redactor,
      emit,
      onChanged: () => {
        emit("catalogsChanged", null);
      },
      database,
      connections,
      store,
      journal,
      version: row?.[0] ?? "",
      platform: row?.[1] ?? "",
      folder,
      preparation,
    });
    return {
      ...session,
      close: async () => {
        try {
          await session.runs.cancelAll();
          await session.runs.idle();
          await session.native.close();
          await session.catalogs.close();
          await session.attachments.close();
          await store.close();
          closeConnections(connections);
          database.close();
        } finally {
          session.sources.environment.restore();
          await removeTemporaryFolder(folder);
        }
      },
    };
  } catch (error) {
    await removeTemporaryFolder(folder);
    throw error;
  }
}

/** The composition root of the engine. */
async function compose(base: Base): Promise<Omit<Session, "close">> {
  const { options, redactor, database, connections, store, onChanged } = base;
  const { preparation } = base;
  const { files } = preparation;
  const { nameFor, limits, change } = sessionLimits(options);
  // Databases that a user's own ATTACH opens get the name from libpq's environment: a cancel has to find them, too.
  process.env["PGAPPNAME"] = nameFor("run");
  // libpq's own default is to wait for ever.
  process.env["PGCONNECT_TIMEOUT"] = String(options.connectTimeoutSeconds);
  const sources = composeSources(files, redactor, preparation.profiles);
  const extensions = composeExtensions(base);
  const attachments = new Attachments({
    control: connections.control,
    extensions,
    sources: sources.connections,
    workspaceCatalog: database.catalog,
    limits,
    poolSize: options.poolSize,
    idleMs: idleTime(options),
    connect: () => database.instance.connect(),
    onChanged,
  });
  const connectionTest = new ConnectionTest({
    control: connections.control,
    extensions,
    sources: sources.connections,
    limits,
    poolSize: null,
  });
  const catalogs = new Catalogs(
    connections.catalog,
    attachments,
    database,
    redactor,
    limits,
    idleTime(options),
  );
  const sentLog = new SentLog(connections.log, () => catalogs.postgresNames());
  const questions = new WriteQuestions({
    isAsked: options.confirmWrites,
    emit: base.emit,
    attachments,
    volatileFunctions: (alias, names) =>
      catalogs.volatileFunctions(alias, names),
  });
  const native = new NativeSessions({
    attachments,
    store,
    limits,
    questions,
    idleMs: idleTime(options),
  });
  const duckdb = await composeDuckdb(base, {
    files,
    extensions,
    attachments,
    questions,
    sentLog,
    limits,
    serverCancel: new ServerCancel(
      attachments,
      connections.cancel,
      limits("control", { readOnly: true }),
      nameFor("run"),
    ),
  });
  const snapshots = new Snapshots(
    connections.snapshots,
    options.snapshotDirectory,
  );
  const runs = new Runs(
    (target) =>
      target.engine === "duckdb" ? duckdb : native.executorFor(target.alias),
    base.emit,
    redactor,
    base.journal,
  );
  const info = {
    ...infoOf(base),
    ...(await preparation.finish({
      connections,
      extensions,
      changeTimeouts: change,
    })),
  };
  return {
    info,
    doctor: new Doctor({
      info,
      files,
      sources: sources.connections,
      attachments,
      limits,
      database,
      redactor,
    }),
    files,
    sources,
    connectionTest,
    profiles: preparation.profiles,
    extensions,
    database,
    attachments,
    catalogs,
    native,
    sentLog,
    questions,
    runs,
    store,
    snapshots,
  };
}

function composeExtensions(base: Base): Extensions {
  const { options, redactor, connections, version, platform, folder } = base;
  const connection = connections.control;
  return new Extensions({
    connection,
    scratch: new ScratchInstances({
      connection,
      httpProxy: options.httpProxy,
      environment: { ...process.env },
      hide: (secret) => {
        redactor.add(secret);
      },
    }),
    repositories: options.extensionRepositories,
    target: { version, platform },
    folder,
    mayDownload: options.downloadExtensions ?? false,
  });
}

/** What the DuckDB side needs of the other parts. */
interface DuckdbNeeds {
  readonly files: EnvironmentFiles;
  readonly extensions: Extensions;
  readonly attachments: Attachments;
  readonly questions: WriteQuestions;
  readonly sentLog: SentLog;
  readonly serverCancel: ServerCancel;
  readonly limits: LimitsFor;
}

async function composeDuckdb(
  base: Base,
  needs: DuckdbNeeds,
): Promise<DuckdbExecutor> {
  const { options, redactor, database, connections, store } = base;
  const { files, extensions, attachments, sentLog, serverCancel } = needs;
  const { questions } = needs;
  const gate = new GetenvGate(files, options.envFiles, process.env, redactor);
  connections.run.registerTextFunction("getenv", (name) => gate.answer(name));
  const statements = new DuckdbStatements({
    connection: connections.run,
    store,
    guard: new StatementGuard({
      connection: connections.run,
      lookup: connections.log,
      attachments,
      questions,
    }),
    questions,
    extensions,
    onCatalogsChanged: async () => {
      await sentLog.enable().catch(() => undefined);
      await attachments.forgetDetached();
      await database.lookAgain();
      base.onChanged();
    },
  });
  await database.serve({
    connection: connections.run,
    mustStay: () => statements.isInTransaction,
    onChanged: base.onChanged,
  });
  return new DuckdbExecutor({
    connection: connections.run,
    database,
    statements,
    attachments,
    gate,
    secrecy: new Secrecy(connections.run, redactor),
    sentLog,
    serverCancel,
    limits: needs.limits,
  });
}

function infoOf({ version, platform, database }: Base): EngineInfo {
  return {
    duckdbVersion: version,
    platform,
    processId: process.pid,
    catalog: database.catalog,
    databaseProblem: database.problem,
    settings: [],
    dbtProblems: [],
  };
}
