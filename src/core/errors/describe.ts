import type { ErrorAction, ErrorClass } from "./errorInfo";

/** What every error of a class says besides its cause: the next step, and what can be offered as one click. */
export interface ClassAdvice {
  readonly hint: string;
  readonly actions: readonly ErrorAction[];
}

const advice: Readonly<Record<ErrorClass, ClassAdvice>> = {
  envFileMissing: {
    hint: "Create the file, or choose another env file for this attachment.",
    actions: ["attachFromEnvFile"],
  },
  envFileInvalid: {
    hint: "Correct that line of the env file and try again.",
    actions: ["openEnvFile", "retry"],
  },
  variableMissing: {
    hint: "Add the variable to the env file and try again.",
    actions: ["openEnvFile", "retry"],
  },
  profileMissing: {
    hint: "Check the folder of profiles.yml, and the names of the profile and the target.",
    actions: ["openProfile"],
  },
  profileInvalid: {
    hint: "Correct profiles.yml at the marked place and try again.",
    actions: ["openProfile", "retry"],
  },
  serviceMissing: {
    hint: "Check the name of the service and where the service file is (PGSERVICEFILE, ~/.pg_service.conf).",
    actions: ["openServiceFile", "editAttachment"],
  },
  serviceInvalid: {
    hint: "Correct that line of the service file and try again.",
    actions: ["openServiceFile", "retry"],
  },
  connectionInvalid: {
    hint: "Write a URI (postgresql://user@host:5432/database) or key=value pairs as libpq reads them.",
    actions: ["editAttachment"],
  },
  passwordMissing: {
    hint: "Enter the password; it is kept where you choose, and never in a file of the workspace.",
    actions: ["enterPassword", "editAttachment"],
  },
  authenticationFailed: {
    hint: "Check the user and the password of the connection, and that the server lets this user in from here (pg_hba.conf).",
    actions: ["openEnvFile", "retry", "runDoctor"],
  },
  hostUnknown: {
    hint: "Check the host of the connection, and that this machine can resolve the name (VPN, DNS).",
    actions: ["openEnvFile", "retry", "runDoctor"],
  },
  connectionRefused: {
    hint: "Check that the server is running and that host and port are right.",
    actions: ["retry", "openEnvFile", "runDoctor"],
  },
  connectTimeout: {
    hint: "Check network, VPN and firewall, and that host and port are right; a slow server may need a longer connect timeout in the settings.",
    actions: ["retry", "openEnvFile", "openSettings", "runDoctor"],
  },
  connectionLost: {
    hint: "Check that the server is up, then run the statement again; the connection is made anew.",
    actions: ["reconnect", "retry", "runDoctor"],
  },
  databaseMissing: {
    hint: "Check the database of the connection, and that it is on this server.",
    actions: ["openEnvFile", "retry", "runDoctor"],
  },
  tlsRefused: {
    hint: "Enable TLS on the server, or choose an sslmode that fits what the server offers.",
    actions: [
      "chooseSslMode",
      "editAttachment",
      "openEnvFile",
      "retry",
      "runDoctor",
    ],
  },
  tlsUnverified: {
    hint: "Give the certificate of the server's authority (sslrootcert), correct the host name, or choose a weaker sslmode.",
    actions: [
      "chooseSslMode",
      "editAttachment",
      "openEnvFile",
      "retry",
      "runDoctor",
    ],
  },
  attachmentMissing: {
    hint: "Attach the database first, or check the alias.",
    actions: ["attachFromEnvFile"],
  },
  aliasInvalid: {
    hint: "Choose another alias.",
    actions: ["attachFromEnvFile"],
  },
  extensionMissing: {
    hint: "Install the extension and try again: from DuckDB's server, from a mirror, or from a downloaded file.",
    actions: ["installExtension", "retry", "runDoctor"],
  },
  extensionInvalid: {
    hint: "Install the extension again from a trusted repository; it must be built for this DuckDB version and platform.",
    actions: ["installExtension", "runDoctor"],
  },
  extensionDownload: {
    hint: "Check the network or proxy, set an extension repository (a folder or a mirror) in the settings, or install from a downloaded file.",
    actions: ["installExtension", "retry", "openSettings", "runDoctor"],
  },
  databaseLocked: {
    hint: "Close that program or let it finish, then run again.",
    actions: ["retry", "chooseDatabase", "runDoctor"],
  },
  databaseInvalid: {
    hint: "Choose another DuckDB file, or open this one with the DuckDB version that wrote it.",
    actions: ["chooseDatabase"],
  },
  syntax: {
    hint: "Correct the statement at the marked place.",
    actions: ["goToError"],
  },
  catalog: {
    hint: "Check the name, and that its database is attached.",
    actions: ["goToError"],
  },
  binder: {
    hint: "Check names and types at the marked place.",
    actions: ["goToError"],
  },
  conversion: {
    hint: "Look for values that do not fit the type; TRY_CAST gives NULL for these.",
    actions: ["goToError"],
  },
  constraint: {
    hint: "Change the values so that they satisfy the constraint.",
    actions: [],
  },
  permission: {
    hint: "Ask the owner to grant the right, or attach with another role; the doctor says what this one may do.",
    actions: ["runDoctor"],
  },
  readOnly: {
    hint: "Attach with writes allowed if the statement is meant to change that database.",
    actions: ["attachWithWrites"],
  },
  writeRefused: {
    hint: "Run it again and confirm when the write is meant; nothing was changed.",
    actions: ["retry"],
  },
  outOfMemory: {
    hint: "Raise the limit (SET memory_limit = '8GB') where the machine has more, select fewer rows and columns, or aggregate in PostgreSQL with postgres_query(): joins and aggregates take the memory, not the scan, so a batch size does not help.",
    actions: ["openSettings", "runDoctor"],
  },
  diskFull: {
    hint: "Free disk space or choose another temporary folder, then run the statement again.",
    actions: ["retry", "openSettings"],
  },
  statementTimeout: {
    hint: "Raise the statement timeout of the attachment or of the settings, or make the statement do less: filter and aggregate in PostgreSQL.",
    actions: ["retry", "openSettings"],
  },
  cancelled: {
    hint: "Run it again when you need the answer.",
    actions: ["retry"],
  },
  incomplete: {
    hint: "Do not use these rows as the whole answer; run the statement again.",
    actions: ["retry"],
  },
  credentialExposed: {
    hint: "Use CREATE TEMPORARY SECRET, or attach from an env file.",
    actions: ["goToError", "attachFromEnvFile"],
  },
  getenvRefused: {
    hint: "Use getenv('…') only inside CREATE SECRET.",
    actions: ["goToError"],
  },
  engineCrashed: {
    hint: "Run the statement again: a new engine process starts by itself.",
    actions: ["retry", "showLog"],
  },
  engineUnavailable: {
    hint: "Restart the engine.",
    actions: ["restartEngine", "showLog"],
  },
  resultGone: { hint: "Run the statement again.", actions: ["retry"] },
  unknown: { hint: "See the Viaduct log for details.", actions: ["showLog"] },
};

/** The next step and the actions that every error of a class has. */
export function adviceFor(errorClass: ErrorClass): ClassAdvice {
  return advice[errorClass];
}
