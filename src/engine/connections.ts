import { accessSync, constants, existsSync } from "node:fs";
import { join } from "node:path";
import type { EngineOptions } from "../protocol/options";
import { hostCatalog, type WorkspaceDatabase } from "./database";
import type { Connection } from "./duckdb";
import { sessionProxy } from "./extensions/proxy";

/** One DuckDB connection for each purpose, so that none waits for another. */
export interface Connections {
  /** The user's statements. */
  readonly run: Connection;
  /** Attaching, extensions. */
  readonly control: Connection;
  /** The tree. */
  readonly catalog: Connection;
  readonly cancel: Connection;
  readonly log: Connection;
  /** Copying tables. */
  readonly snapshots: Connection;
  /** Writing the journal. */
  readonly journal: Connection;
}

/** Opens all of them; none but `run` ever depends on the workspace's file, which may be closed at any time. */
export async function openConnections({
  instance,
}: WorkspaceDatabase): Promise<Connections> {
  const connect = async (): Promise<Connection> => {
    const connection = await instance.connect();
    await connection.run(`USE ${hostCatalog}`);
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
    snapshots: await connect(),
    journal: await connect(),
  };
}

/** Closes all of them; what still runs, as a look at a server that is away, is stopped first. */
export async function closeConnections(
  connections: Connections,
): Promise<void> {
  const all = Object.values(connections) as Connection[];
  await Promise.all(all.map((connection) => connection.close()));
}

/** Where DuckDB's own place (`~/.duckdb`) cannot be: no home, which INSTALL always wants, or one that is read-only. */
function homeSettings(folder: string): Record<string, string> {
  const home =
    process.env[process.platform === "win32" ? "USERPROFILE" : "HOME"] ?? "";
  if (home === "" || !existsSync(home)) {
    return { home_directory: folder };
  }
  const places = [
    join(home, ".duckdb", "extensions"),
    join(home, ".duckdb"),
    home,
  ];
  try {
    accessSync(
      places.find((place) => existsSync(place)) ?? home,
      constants.W_OK,
    );
    return {};
  } catch {
    return { extension_directory: join(folder, "extensions") };
  }
}

/** The settings with which DuckDB starts: where things are, those of the user's that it only takes then, what safety demands. */
export function instanceSettings(
  options: EngineOptions,
  folder: string,
  wanted: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    temp_directory: join(folder, "spill"),
    ...homeSettings(folder),
    ...sessionProxy(process.env),
    ...wanted,
    ...ownSettings(options),
  };
}

/** Settings that nobody else may say: other options of the session decide on them, or its safety does. */
export function ownSettings(
  options: Pick<EngineOptions, "extensionDirectory" | "extensionRepositories">,
): Readonly<Record<string, string>> {
  const { extensionDirectory, extensionRepositories } = options;
  const [repository] = extensionRepositories;
  return {
    ...(extensionDirectory === null
      ? {}
      : { extension_directory: extensionDirectory }),
    ...(repository === undefined
      ? {}
      : { custom_extension_repository: repository }),
    autoinstall_known_extensions: "false",
    allow_unredacted_secrets: "false",
    allow_unsigned_extensions: "false",
  };
}
