import { Attachments } from "../attachments/attachments";
import {
  idleTime,
  sessionLimits,
  type SessionLimits,
} from "../attachments/limits";
import { GuideSettings } from "../settings/guideSettings";
import { Catalogs } from "../catalogs/catalogs";
import { Extensions } from "../extensions/extensions";
import { ScratchInstances } from "../extensions/scratch";
import { hasCopies } from "../snapshots/copiesFile";
import { composeSources, type Sources } from "../sources/composeSources";
import { ConnectionTest } from "../sources/connectionTest";
import type { Base } from "./base";

/** The parts that know servers and how to reach them. */
export interface Connecting {
  readonly limits: SessionLimits;
  readonly sources: Sources;
  readonly extensions: Extensions;
  readonly attachments: Attachments;
  readonly connectionTest: ConnectionTest;
  readonly catalogs: Catalogs;
  readonly settings: GuideSettings;
}

/** Puts them together. */
export function composeConnecting(base: Base): Connecting {
  const { options, redactor, database, connections, preparation } = base;
  const { control } = connections;
  const limits = sessionLimits(options);
  const sources = composeSources(
    preparation.files,
    redactor,
    preparation.profiles,
    options.libpqVariables,
  );
  const extensions = composeExtensions(base);
  const common = {
    control,
    extensions,
    sources: sources.connections,
    limits: limits.limits,
  };
  const attachments = new Attachments({
    ...common,
    workspaceCatalog: database.catalog,
    poolSize: options.poolSize,
    idleMs: idleTime(options),
    connect: () => database.instance.connect(),
    onChanged: base.onChanged,
    hasCopies: (owner) => hasCopies(options.snapshotDirectory, owner),
  });
  const settings = new GuideSettings({
    control,
    attachments,
    limits,
    loadScanner: async () => {
      await extensions.ensure("postgres_scanner");
    },
  });
  // Databases that a user's own ATTACH opens get name and limits from libpq's environment: a cancel has to find them.
  process.env["PGAPPNAME"] = limits.nameFor("run");
  settings.tellLibpq();
  return {
    limits,
    sources,
    extensions,
    attachments,
    connectionTest: new ConnectionTest({ ...common, poolSize: null }),
    catalogs: new Catalogs(
      connections.catalog,
      attachments,
      database,
      redactor,
      limits.limits,
      idleTime(options),
    ),
    settings,
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
