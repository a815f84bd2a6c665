import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import type * as vscode from "vscode";
import type { EngineOptions } from "../../protocol/engine";
import type { Settings } from "../settings/settings";

/** The engine's options from the settings; looks at the disk, so it is called when the engine starts and not before. */
export function engineOptions(
  context: vscode.ExtensionContext,
  settings: Settings,
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
    dbt: null,
    // The host answers them from here on when it can ask.
    confirmWrites: false,
    snapshotDirectory:
      context.storageUri === undefined
        ? null
        : path.join(context.storageUri.fsPath, "snapshots"),
    httpProxy: settings.httpProxy,
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
