import { join } from "node:path";
import type { Redactor } from "../core/errors/redactor";
import type {
  EngineEventSink,
  EngineInfo,
  EngineOptions,
} from "../protocol/engine";
import { Attachments } from "./attachments/attachments";
import { sessionLimits } from "./attachments/limits";
import { Catalogs } from "./catalogs/catalogs";
import {
  closeConnections,
  instanceSettings,
  openConnections,
  type Connections,
} from "./connections";
import { WorkspaceDatabase } from "./database";
import { EnvironmentFiles } from "./environment";
import { Extensions } from "./extensions";
import { GetenvGate } from "./getenvGate";
import { Journal } from "./journal/journal";
import { NativeSessions } from "./native/nativeSessions";
import { ConnectionSources } from "./sources/connectionSources";
import { ResultStore } from "./results/resultStore";
import { DuckdbExecutor } from "./runs/duckdbExecutor";
import { DuckdbStatements } from "./runs/duckdbStatement";
import { Runs } from "./runs/runs";
import { SentLog } from "./runs/sentLog";
import { ServerCancel } from "./runs/serverCancel";
import { Snapshots } from "./snapshots/snapshots";
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
  readonly snapshots: Snapshots;
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
}

/** Opens the session. */
export async function openSession(
  options: EngineOptions,
  redactor: Redactor,
  emit: EngineEventSink,
): Promise<Session> {
  const folder = await makeTemporaryFolder(options.temporaryDirectory);
  try {
    const database = await WorkspaceDatabase.open(
      options.database,
      instanceSettings(options, folder),
    );
    const connections = await openConnections(database);
    const [row] = await connections.control.rows(
      "SELECT version(), (SELECT platform FROM pragma_platform())",
    );
    const store = await ResultStore.open(join(folder, "results"));
    const journal = await Journal.open(connections.journal, redactor);
    const session = compose({
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
    });
    return {
      ...session,
      close: async () => {
        try {
          await session.runs.cancelAll();
          await session.runs.idle();
          await session.native.close();
          await session.catalogs.close();
          await store.close();
          closeConnections(connections);
          database.instance.close();
        } finally {
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
function compose(base: Base): Omit<Session, "close"> {
  const { options, redactor, database, connections, store, onChanged } = base;
  const { nameFor, limits } = sessionLimits(options);
  // Databases that a user's own ATTACH opens get the name from libpq's environment: a cancel has to find them, too.
  process.env["PGAPPNAME"] = nameFor("run");
  const files = new EnvironmentFiles();
  const extensions = new Extensions(
    connections.control,
    options.extensionRepositories,
    base.version,
    base.platform,
  );
  const attachments = new Attachments({
    control: connections.control,
    extensions,
    sources: new ConnectionSources(files, redactor),
    limits,
    onChanged,
  });
  const catalogs = new Catalogs(
    connections.catalog,
    attachments,
    database,
    redactor,
    limits,
  );
  const sentLog = new SentLog(connections.log, () => catalogs.postgresNames());
  const native = new NativeSessions({ attachments, store, limits });
  const duckdb = composeDuckdb(base, {
    files,
    extensions,
    attachments,
    sentLog,
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
  return {
    info: infoOf(base),
    files,
    extensions,
    attachments,
    catalogs,
    native,
    sentLog,
    runs,
    store,
    snapshots,
  };
}

/** What the DuckDB side needs of the other parts. */
interface DuckdbNeeds {
  readonly files: EnvironmentFiles;
  readonly extensions: Extensions;
  readonly attachments: Attachments;
  readonly sentLog: SentLog;
  readonly serverCancel: ServerCancel;
}

function composeDuckdb(base: Base, needs: DuckdbNeeds): DuckdbExecutor {
  const { options, redactor, database, connections, store } = base;
  const { files, extensions, attachments, sentLog, serverCancel } = needs;
  const gate = new GetenvGate(files, options.envFiles, process.env, redactor);
  connections.run.registerTextFunction("getenv", (name) => gate.answer(name));
  const statements = new DuckdbStatements({
    connection: connections.run,
    store,
    attachments,
    extensions,
    onCatalogsChanged: async () => {
      await sentLog.enable().catch(() => undefined);
      await attachments.forgetDetached();
      base.onChanged();
    },
  });
  return new DuckdbExecutor({
    connection: connections.run,
    workspace: {
      database,
      reopen: async () => {
        const isOpen = await database.reopen(connections.control);
        if (isOpen) {
          base.onChanged();
        }
        return isOpen;
      },
    },
    statements,
    attachments,
    gate,
    sentLog,
    serverCancel,
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
