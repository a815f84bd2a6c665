import { checkAlias } from "./alias";
import type {
  AttachmentOptions,
  AttachmentSource,
  AttachmentSpec,
} from "./attachment";
import { optionKeys, optionSettings, readOptions } from "./attachmentOptions";
import { hasPassword } from "./connectionPassword";
import { check, SettingRecord } from "./settingRecord";

/** One entry of `viaduct.attachments`: references, never a value. Exactly one of the sources is given. */
export interface AttachmentSetting extends AttachmentOptions {
  readonly alias: string;
  readonly envFile?: string;
  /** What the variables of the env file begin with; `POSTGRES_` without it. */
  readonly prefix?: string;
  readonly dbt?: DbtSetting;
  readonly service?: string;
  readonly serviceFile?: string;
  readonly connection?: string;
  readonly environmentVariables?: true;
  /** True without it. */
  readonly readOnly?: boolean;
}

/** An output of a dbt profile, as an entry names it. */
export interface DbtSetting {
  /** Without it, the file that dbt itself would take. */
  readonly profilesFile?: string;
  readonly profile: string;
  readonly target: string;
  /** `output` without it. */
  readonly entry?: string;
}

/** How the files of an entry are found, and written. */
export interface SettingPaths {
  readonly absolute: (file: string) => string;
  readonly relative: (file: string) => string;
  /** Absolute path of the `profiles.yml` of an entry that names none. */
  readonly profilesFile: () => string;
}

const defaultPrefix = "POSTGRES_";
const defaultEntry = "output";
const sourceKeys = [
  "envFile",
  "dbt",
  "service",
  "connection",
  "environmentVariables",
] as const;
const entryKeys = [
  "alias",
  "prefix",
  "serviceFile",
  "readOnly",
  ...sourceKeys,
  ...optionKeys,
];

/** An attachment as an entry of the settings. */
export function attachmentSetting(
  { alias, source, readOnly, options = {} }: AttachmentSpec,
  paths: SettingPaths,
): AttachmentSetting {
  return {
    alias,
    ...sourceSetting(source, paths),
    readOnly,
    ...optionSettings(options, paths.relative),
  };
}

/** The alias of an entry, whatever else it has; null without one. */
export function entryAlias(entry: unknown): string | null {
  return typeof entry === "object" &&
    entry !== null &&
    "alias" in entry &&
    typeof entry.alias === "string" &&
    entry.alias !== ""
    ? entry.alias
    : null;
}

/** What an entry says; an error names what is wrong with it, without any value. */
export function readEntry(entry: unknown, paths: SettingPaths): AttachmentSpec {
  const record = new SettingRecord(entry, "the entry");
  const alias = record.text("alias");
  checkAlias(alias);
  record.allow(entryKeys, "the entry");
  const options = readOptions(record, paths.absolute);
  return {
    alias,
    source: readSource(record, paths),
    readOnly: record.flag("readOnly") ?? true,
    ...(Object.keys(options).length === 0 ? {} : { options }),
  };
}

function readSource(
  record: SettingRecord,
  paths: SettingPaths,
): AttachmentSource {
  const given = sourceKeys.filter((key) => record.has(key));
  const [kind] = given;
  check(kind !== undefined, `it needs one of ${sourceKeys.join(", ")}.`);
  check(given.length === 1, `only one of ${given.join(", ")} can be given.`);
  for (const [part, whole] of [
    ["prefix", "envFile"],
    ["serviceFile", "service"],
  ] as const) {
    check(!record.has(part) || kind === whole, `"${part}" needs "${whole}".`);
  }
  switch (kind) {
    case "envFile":
      return {
        kind,
        file: paths.absolute(record.text(kind)),
        prefix: record.anyText("prefix") ?? defaultPrefix,
      };
    case "dbt":
      return readDbt(new SettingRecord(record.value(kind), '"dbt"'), paths);
    case "service": {
      const file = record.optionalText("serviceFile");
      return {
        kind,
        service: record.text(kind),
        file: file === undefined ? null : paths.absolute(file),
      };
    }
    case "connection": {
      const connection = record.text(kind);
      check(
        !hasPassword(connection),
        '"connection" has a password in it. Take it out, and set "password" to "secretStorage" or "prompt".',
      );
      return { kind, connection };
    }
    default:
      check(
        record.flag("environmentVariables") === true,
        '"environmentVariables" can only be true.',
      );
      return { kind: "environment" };
  }
}

function readDbt(record: SettingRecord, paths: SettingPaths): AttachmentSource {
  record.allow(["profilesFile", "profile", "target", "entry"], '"dbt"');
  const file = record.optionalText("profilesFile");
  return {
    kind: "dbt",
    file: file === undefined ? paths.profilesFile() : paths.absolute(file),
    profile: record.text("profile"),
    target: record.text("target"),
    entry: record.optionalText("entry") ?? defaultEntry,
  };
}

function sourceSetting(
  source: AttachmentSource,
  { relative, profilesFile }: SettingPaths,
): Partial<AttachmentSetting> {
  switch (source.kind) {
    case "envFile":
      return { envFile: relative(source.file), prefix: source.prefix };
    case "dbt": {
      const { file, profile, target, entry } = source;
      return {
        dbt: {
          ...(file === profilesFile() ? {} : { profilesFile: relative(file) }),
          profile,
          target,
          ...(entry === defaultEntry ? {} : { entry }),
        },
      };
    }
    case "service":
      return {
        service: source.service,
        ...(source.file === null ? {} : { serviceFile: relative(source.file) }),
      };
    case "connection":
      return { connection: source.connection };
    case "environment":
      return { environmentVariables: true };
  }
}
