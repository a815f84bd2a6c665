import path from "node:path";
import type { AttachmentSpec } from "../../core/connections/attachment";
import { withTargetFiles } from "../../core/dbt/targetFiles";

/** Where the files are that a source does not name itself. */
export interface SourcePlaces {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The env files of the settings: `env_var()` of a dbt profile reads them, and those of the target beside them. */
  readonly envFiles: readonly string[];
}

/** Absolute paths of the files that decide on what an attachment connects with, whether they exist or not. */
export function sourceFiles(
  { source, options = {} }: AttachmentSpec,
  places: SourcePlaces,
): readonly string[] {
  const certificates = [
    options.sslrootcert,
    options.sslcert,
    options.sslkey,
  ].filter((file) => file !== undefined && path.isAbsolute(file));
  return [...filesOf(source, places), ...(certificates as string[])];
}

function filesOf(
  source: AttachmentSpec["source"],
  places: SourcePlaces,
): readonly string[] {
  switch (source.kind) {
    case "envFile":
      return [source.file];
    case "dbt":
      return [source.file, ...withTargetFiles(places.envFiles, source.target)];
    case "service":
      return source.file === null
        ? [...serviceFiles(places), ...passwordFiles(places)]
        : [source.file, ...passwordFiles(places)];
    case "environment":
    case "connection":
      return passwordFiles(places);
  }
}

/** libpq's own order. */
function serviceFiles({ home, environment }: SourcePlaces): readonly string[] {
  const named = environment["PGSERVICEFILE"];
  const system = environment["PGSYSCONFDIR"];
  return [
    named === undefined || named === ""
      ? path.join(home, ".pg_service.conf")
      : path.resolve(named),
    ...(system === undefined || system === ""
      ? []
      : [path.resolve(system, "pg_service.conf")]),
  ];
}

function passwordFiles({ home, environment }: SourcePlaces): readonly string[] {
  const named = environment["PGPASSFILE"];
  const appData = environment["APPDATA"];
  if (named !== undefined && named !== "") {
    return [path.resolve(named)];
  }
  return appData === undefined || appData === ""
    ? [path.join(home, ".pgpass")]
    : [path.join(appData, "postgresql", "pgpass.conf")];
}
