import type { ConnectionValues } from "./connectionValues";
import { quoteIdentifier, quoteLiteral } from "../sql/quote";

/** What every connection gets beside its values. */
export interface ConnectionLimits {
  readonly connectTimeoutSeconds: number;
  /** 0 for none. */
  readonly statementTimeoutSeconds: number;
  /** 0 for none. */
  readonly idleInTransactionTimeoutSeconds: number;
  readonly applicationName: string;
  readonly readOnly: boolean;
}

/** `options` of a libpq connection: settings that the server applies before the first statement. */
export function serverOptions(limits: ConnectionLimits): string {
  const options = [];
  if (limits.statementTimeoutSeconds > 0) {
    options.push(
      `-c statement_timeout=${Math.round(limits.statementTimeoutSeconds * 1000)}`,
    );
  }
  if (limits.idleInTransactionTimeoutSeconds > 0) {
    options.push(
      `-c idle_in_transaction_session_timeout=${limits.idleInTransactionTimeoutSeconds * 1000}`,
    );
  }
  if (limits.readOnly) {
    options.push("-c default_transaction_read_only=on");
  }
  return options.join(" ");
}

/** A statement with named parameters, and their values: values never become a part of the SQL text. */
export interface BoundStatement {
  readonly sql: string;
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Every option that libpq would otherwise take from a stray variable of the environment (PGHOSTADDR: another server;
 * PGOPTIONS, PGSSLCERT, PGTARGETSESSIONATTRS, …), with libpq's own default.
 */
const libpqDefaults: Readonly<Record<string, string>> = {
  hostaddr: "",
  // What a password file has is known already, and this is a file that cannot be.
  passfile: "/dev/null/none",
  // An empty list would allow none; this one allows all.
  require_auth: "password,md5,gss,sspi,scram-sha-256,oauth,none",
  channel_binding: "prefer",
  gssencmode: "disable",
  sslnegotiation: "postgres",
  sslcompression: "0",
  sslcert: "",
  sslkey: "",
  sslcertmode: "allow",
  sslcrl: "",
  sslcrldir: "",
  sslsni: "1",
  requirepeer: "",
  ssl_min_protocol_version: "TLSv1.2",
  ssl_max_protocol_version: "",
  min_protocol_version: "3.0",
  max_protocol_version: "3.0",
  krbsrvname: "postgres",
  gsslib: "",
  gssdelegation: "0",
  target_session_attrs: "any",
  load_balance_hosts: "disable",
  // A network that went away without a word is noticed within a minute instead of two hours.
  keepalives_idle: "30",
  keepalives_interval: "10",
  keepalives_count: "3",
};

/** How long to wait for a server: as the source says, unless that is for ever. */
export function connectTimeoutSeconds(
  { options }: Pick<ConnectionValues, "options">,
  limits: ConnectionLimits,
): number {
  const own = Number(options["connect_timeout"] ?? 0);
  return own > 0 ? own : limits.connectTimeoutSeconds;
}

/**
 * Which of several servers is wanted. A read-only attachment asks for read-only transactions itself, so no server would
 * pass for `read-write`, and every server for `read-only`.
 */
export function targetSessionAttributes(
  { options }: Pick<ConnectionValues, "options">,
  { readOnly }: Pick<ConnectionLimits, "readOnly">,
): string {
  const own = options["target_session_attrs"] ?? "any";
  const ofReadOnly: Readonly<Record<string, string>> = {
    "read-write": "primary",
    "read-only": "prefer-standby",
  };
  return readOnly ? (ofReadOnly[own] ?? own) : own;
}

/** `options` for the server: those of the source, and behind them ours, which therefore win. */
export function allServerOptions(
  { options }: Pick<ConnectionValues, "options">,
  limits: ConnectionLimits,
): string {
  return [options["options"] ?? "", serverOptions(limits)].join(" ").trim();
}

/** CREATE OR REPLACE SECRET for a connection, every value a bound parameter. Temporary: nothing is written to disk. */
export function createSecret(
  name: string,
  connection: ConnectionValues,
  limits: ConnectionLimits,
): BoundStatement {
  const values: Record<string, string> = {
    ...libpqDefaults,
    ...withoutPassFile(connection),
    host: connection.host,
    port: connection.port,
    dbname: connection.database,
    user: connection.user,
    password: connection.password,
    sslmode: connection.sslmode,
    sslrootcert: connection.sslrootcert,
    client_encoding: "UTF8",
    application_name: limits.applicationName,
    connect_timeout: String(connectTimeoutSeconds(connection, limits)),
    // A network that went away without a word: data that nobody confirms is waited for no longer than a connection.
    tcp_user_timeout:
      connection.options["tcp_user_timeout"] ??
      String(1000 * connectTimeoutSeconds(connection, limits)),
    options: allServerOptions(connection, limits),
    target_session_attrs: targetSessionAttributes(connection, limits),
  };
  const parameters = Object.keys(values).map(
    (key) => `${key.toUpperCase()} $${key}`,
  );
  return {
    sql: `CREATE OR REPLACE TEMPORARY SECRET ${quoteIdentifier(name)} (TYPE postgres, ${parameters.join(", ")})`,
    values,
  };
}

/** libpq has to read the password file itself only where each host has its own password. */
function withoutPassFile({
  options,
  hostPasswords,
}: ConnectionValues): Record<string, string> {
  const { passfile, ...others } = options;
  return passfile === undefined || hostPasswords === undefined
    ? others
    : { ...others, passfile };
}

/** ATTACH of a PostgreSQL database through a secret. A server must not feed secrets to us: no storage table. */
export function attachStatement(
  alias: string,
  secret: string,
  { readOnly, schemas }: AttachLimits,
): string {
  const names = schemas.map(quoteLiteral).join(", ");
  const options = [
    "TYPE postgres",
    `SECRET ${quoteIdentifier(secret)}`,
    "SECRET_STORAGE_TABLE ''",
    ...(readOnly ? ["READ_ONLY"] : []),
    ...(schemas.length === 0 ? [] : [`SCHEMA [${names}]`]),
  ];
  return `ATTACH '' AS ${quoteIdentifier(alias)} (${options.join(", ")})`;
}

/** What of a database is attached. */
interface AttachLimits {
  readonly readOnly: boolean;
  /** The only schemas; none for all. The first is that of names without a schema. */
  readonly schemas: readonly string[];
}
