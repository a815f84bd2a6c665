import type {
  AttachmentOptions,
  EnvironmentRole,
  PasswordOrigin,
} from "./attachment";
import type { SettingRecord } from "./settingRecord";

/** What a server can be used for, the least worrying first. */
export const environmentRoles: readonly EnvironmentRole[] = [
  "development",
  "staging",
  "production",
];

/** How a connection can be encrypted and the server be verified, the strictest first. */
export const tlsModes = [
  "verify-full",
  "verify-ca",
  "require",
  "prefer",
  "allow",
  "disable",
] as const;

/** How a connection is encrypted and the server verified. */
export type TlsMode = (typeof tlsModes)[number];

const passwordOrigins: readonly PasswordOrigin[] = ["secretStorage", "prompt"];

/** The properties of an entry that are its options. */
export const optionKeys = Object.keys({
  schemas: true,
  environment: true,
  password: true,
  connectTimeoutSeconds: true,
  statementTimeoutSeconds: true,
  idleInTransactionTimeoutSeconds: true,
  poolSize: true,
  sslmode: true,
  sslrootcert: true,
  sslcert: true,
  sslkey: true,
} satisfies Record<keyof AttachmentOptions, true>);

/** Reads the options of an entry. Throws `connectionInvalid` for one that is wrong. */
export function readOptions(
  record: SettingRecord,
  absolute: (file: string) => string,
): AttachmentOptions {
  const file = (key: string): string | undefined => {
    const text = record.optionalText(key);
    return text === undefined ? undefined : absolute(text);
  };
  return present({
    schemas: record.texts("schemas"),
    environment: record.oneOf("environment", environmentRoles),
    password: record.oneOf(
      "password",
      passwordOrigins,
      '"password" says where the password comes from: "secretStorage" or "prompt". A password itself does not belong into the settings.',
    ),
    connectTimeoutSeconds: record.wholeNumber("connectTimeoutSeconds", 1),
    statementTimeoutSeconds: record.wholeNumber("statementTimeoutSeconds", 0),
    idleInTransactionTimeoutSeconds: record.wholeNumber(
      "idleInTransactionTimeoutSeconds",
      0,
    ),
    poolSize: record.wholeNumber("poolSize", 1),
    sslmode: record.oneOf("sslmode", tlsModes),
    sslrootcert:
      record.value("sslrootcert") === "system" ? "system" : file("sslrootcert"),
    sslcert: file("sslcert"),
    sslkey: file("sslkey"),
  });
}

/** The options as an entry has them: files as they are to be written, and nothing that says nothing. */
export function optionSettings(
  options: AttachmentOptions,
  relative: (file: string) => string,
): AttachmentOptions {
  const file = (path: string | undefined): string | undefined =>
    path === undefined || path === "system" ? path : relative(path);
  return present({
    ...options,
    schemas: options.schemas?.length === 0 ? undefined : options.schemas,
    sslrootcert: file(options.sslrootcert),
    sslcert: file(options.sslcert),
    sslkey: file(options.sslkey),
  });
}

/** The same without the properties that are undefined. */
function present(options: {
  readonly [K in keyof AttachmentOptions]: AttachmentOptions[K] | undefined;
}): AttachmentOptions {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  );
}
