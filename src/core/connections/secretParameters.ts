import type { ConnectionValues } from "./connectionValues";
import { quoteIdentifier } from "../sql/quote";

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
      `-c statement_timeout=${limits.statementTimeoutSeconds * 1000}`,
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

/** Given also when empty: libpq would take PGHOSTADDR (another server), PGPASSWORD or PGOPTIONS instead. */
const neverFromEnvironment: ReadonlySet<string> = new Set([
  "hostaddr",
  "password",
  "options",
]);

/** CREATE OR REPLACE SECRET for a connection, every value a bound parameter. Temporary: nothing is written to disk. */
export function createSecret(
  name: string,
  connection: ConnectionValues,
  limits: ConnectionLimits,
): BoundStatement {
  const values: Record<string, string> = {
    host: connection.host,
    port: connection.port,
    dbname: connection.database,
    user: connection.user,
    password: connection.password,
    hostaddr: "",
    sslmode: connection.sslmode,
    sslrootcert: connection.sslrootcert,
    application_name: limits.applicationName,
    connect_timeout: String(limits.connectTimeoutSeconds),
    options: serverOptions(limits),
    // A network that went away without a word is noticed within a minute instead of two hours.
    keepalives_idle: "30",
    keepalives_interval: "10",
    keepalives_count: "3",
  };
  const present = Object.entries(values).filter(
    ([name, value]) => value !== "" || neverFromEnvironment.has(name),
  );
  const parameters = present.map(([key]) => `${key.toUpperCase()} $${key}`);
  return {
    sql: `CREATE OR REPLACE TEMPORARY SECRET ${quoteIdentifier(name)} (TYPE postgres, ${parameters.join(", ")})`,
    values: Object.fromEntries(present),
  };
}

/** ATTACH of a PostgreSQL database through a secret. A server must not feed secrets to us: no storage table. */
export function attachStatement(
  alias: string,
  secret: string,
  readOnly: boolean,
): string {
  const options = [
    "TYPE postgres",
    `SECRET ${quoteIdentifier(secret)}`,
    "SECRET_STORAGE_TABLE ''",
    ...(readOnly ? ["READ_ONLY"] : []),
  ];
  return `ATTACH '' AS ${quoteIdentifier(alias)} (${options.join(", ")})`;
}
