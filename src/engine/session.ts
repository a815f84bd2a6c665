import { join } from "node:path";
import type { Redactor } from "../core/errors/redactor";
import type { EngineEventSink } from "../protocol/engine";
import type { EngineInfo, EngineOptions } from "../protocol/options";
import type { Base } from "./composition/base";
import { composeConnecting, type Connecting } from "./composition/connecting";
import { composeRunning, type Running } from "./composition/running";
import {
  closeConnections,
  instanceSettings,
  openConnections,
} from "./connections";
import { WorkspaceDatabase } from "./database";
import type { DbtProfileReader } from "./dbt/dbtProfiles";
import { Doctor } from "./doctor/doctor";
import type { EnvironmentFiles } from "./environment";
import { Journal } from "./journal/journal";
import { Comparisons } from "./results/comparisons";
import { Finds } from "./results/finds";
import { ResultStore } from "./results/resultStore";
import { SessionPreparation } from "./settings/sessionPreparation";
import { makeTemporaryFolder, removeTemporaryFolder } from "./temporaryFolder";

/** Everything that lives between `initialize` and `shutdown`. */
export interface Session extends Connecting, Running {
  readonly info: EngineInfo;
  readonly files: EnvironmentFiles;
  readonly profiles: DbtProfileReader;
  readonly database: WorkspaceDatabase;
  readonly store: ResultStore;
  readonly finds: Finds;
  readonly comparisons: Comparisons;
  readonly doctor: Doctor;
  /** Ends every run and connection and removes the temporary files. */
  close(): Promise<void>;
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
      instanceSettings(options, folder, preparation.startValues),
    );
    const connections = await openConnections(database);
    const [row] = await connections.control.rows(
      "SELECT version(), (SELECT platform FROM pragma_platform())",
    );
    const store = await ResultStore.open(join(folder, "results"), emit);
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
          await closeConnections(connections);
          await database.close();
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
  const { redactor, database, connections, preparation } = base;
  const connecting = composeConnecting(base);
  const { sources, extensions, attachments, limits, settings } = connecting;
  const running = await composeRunning(base, connecting);
  const info = {
    ...infoOf(base),
    ...(await preparation.finish({
      connections,
      extensions,
      changeTimeouts: (timeouts) => {
        limits.change(timeouts);
        settings.tellLibpq();
      },
    })),
  };
  return {
    ...connecting,
    ...running,
    info,
    doctor: new Doctor({
      info,
      files: preparation.files,
      sources: sources.connections,
      attachments,
      limits: limits.limits,
      database,
      redactor,
    }),
    files: preparation.files,
    profiles: preparation.profiles,
    database,
    store: base.store,
    finds: new Finds(base.store),
    comparisons: new Comparisons(base.store),
  };
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
