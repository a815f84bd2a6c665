import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import type * as vscode from "vscode";
import type { DbtSelection } from "../../core/dbt/profiles";
import type { AttachmentSpec } from "../../core/connections/attachment";
import type { EngineOptions } from "../../protocol/options";
import type { Settings } from "../settings/settings";

/** The engine's options from the settings; looks at the disk, so it is called when the engine starts and not before. */
export function engineOptions(
  context: vscode.ExtensionContext,
  settings: Settings,
  dbt: DbtSelection | null,
): EngineOptions {
  const storage = context.globalStorageUri.fsPath;
  const temporaryDirectory = path.join(storage, "temporary");
  mkdirSync(temporaryDirectory, { recursive: true });
  return {
    database: settings.database,
    envFiles: settings.envFiles,
    extensionDirectory:
      settings.extensionDirectory || path.join(storage, "duckdb-extensions"),
    extensionRepositories: repositories(context, settings),
    temporaryDirectory,
    settings: settings.duckdbSettings,
    connectTimeoutSeconds: settings.connectTimeoutSeconds,
    statementTimeoutSeconds: settings.statementTimeoutSeconds,
    idleInTransactionTimeoutSeconds: settings.idleInTransactionTimeoutSeconds,
    poolSize: settings.poolSize,
    databaseReadOnly: settings.databaseReadOnly,
    releaseDatabaseAfterSeconds: settings.releaseDatabaseAfterSeconds,
    dbt,
    // The host answers for itself what need not be asked, so that a change of that setting counts at once.
    confirmWrites: true,
    snapshotDirectory:
      context.storageUri === undefined
        ? null
        : path.join(context.storageUri.fsPath, "snapshots"),
    libpqVariables: libpqVariables(process.env),
    httpProxy: settings.httpProxy,
  };
}

/** They go to the engine by message, and not into its environment. */
function libpqVariables(
  environment: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      /^PG[A-Z]/.test(name) && value !== undefined ? [[name, value]] : [],
    ),
  );
}

/** An attachment with the limits of the settings where it has none of its own: they can change while the engine runs. */
export function withLimits(
  spec: AttachmentSpec,
  settings: Pick<
    Settings,
    | "connectTimeoutSeconds"
    | "statementTimeoutSeconds"
    | "idleInTransactionTimeoutSeconds"
    | "poolSize"
  >,
): AttachmentSpec {
  const { poolSize } = settings;
  return {
    ...spec,
    options: {
      connectTimeoutSeconds: settings.connectTimeoutSeconds,
      statementTimeoutSeconds: settings.statementTimeoutSeconds,
      idleInTransactionTimeoutSeconds: settings.idleInTransactionTimeoutSeconds,
      ...(poolSize === null ? {} : { poolSize }),
      ...spec.options,
    },
  };
}

/** The configured repository, then the extensions that are packed with Viaduct; DuckDB's own server comes last. */
function repositories(
  context: vscode.ExtensionContext,
  settings: Settings,
): readonly string[] {
  const packed = context.asAbsolutePath(path.join("dist", "extensions"));
  return [settings.extensionRepository, packed].filter(
    (repository) =>
      repository !== "" &&
      (repository.includes("://") || existsSync(repository)),
  );
}
