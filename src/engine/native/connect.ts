import type { EventEmitter } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { rootCertificates, type ConnectionOptions } from "node:tls";
import { Client } from "pg";
import type { ConnectionValues } from "../../core/connections/connectionValues";
import {
  serverOptions,
  type ConnectionLimits,
} from "../../core/connections/secretParameters";
import { classifyPostgresError } from "../../core/errors/classifyPostgres";
import { ViaductError } from "../../core/errors/viaductError";

/** Where Linux distributions keep the authorities that the machine trusts; elsewhere Node's own list has to do. */
const systemStores = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/cert.pem",
];

/** Opens a native connection with the same values as the DuckDB attachment. Throws a classified `ViaductError`. */
export async function openClient(
  values: ConnectionValues,
  limits: ConnectionLimits,
): Promise<Client> {
  const isPreferred = values.sslmode === "prefer" || values.sslmode === "allow";
  try {
    return await connect(
      values,
      limits,
      isPreferred ? { rejectUnauthorized: false } : tlsOptions(values),
    );
  } catch (error) {
    if (
      isPreferred &&
      error instanceof Error &&
      /does not support SSL/.test(error.message)
    ) {
      return classified(() => connect(values, limits, false));
    }
    return classified(() => Promise.reject(asError(error)));
  }
}

/** The error of a native connection, classified; `sql` is the statement as the user wrote it. */
export function postgresError(error: unknown, sql = ""): ViaductError {
  return error instanceof ViaductError
    ? error
    : new ViaductError(classifyPostgresError(asError(error), sql));
}

async function classified(task: () => Promise<Client>): Promise<Client> {
  try {
    return await task();
  } catch (error) {
    throw postgresError(error);
  }
}

/** The server's word about one of its settings. */
interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

/** What `pg`'s client has that its types do not tell. */
interface Inside {
  readonly connectionParameters: { options: string };
  readonly connection: EventEmitter;
}

async function connect(
  values: ConnectionValues,
  limits: ConnectionLimits,
  ssl: ConnectionOptions | false,
): Promise<Client> {
  const client = new Client({
    host: values.host,
    port: Number(values.port),
    database: values.database,
    user: values.user,
    // A function: an empty password would make pg look into the environment and ~/.pgpass.
    password: () => values.password,
    ssl,
    application_name: limits.applicationName,
    connectionTimeoutMillis: limits.connectTimeoutSeconds * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 30_000,
  });
  // Empty options would make pg take PGOPTIONS from the environment.
  const inside = client as unknown as Inside;
  inside.connectionParameters.options = serverOptions(limits);
  // Without a listener the loss of an idle connection would end the process; the next query reports it.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  keepEncoding(client, inside.connection);
  return client;
}

/** `SET client_encoding` would make other texts of the values that come: `pg` reads UTF-8 only. */
function keepEncoding(client: Client, connection: EventEmitter): void {
  connection.on(
    "parameterStatus",
    ({ parameterName, parameterValue }: ParameterStatus) => {
      if (parameterName !== "client_encoding" || parameterValue === "UTF8") {
        return;
      }
      const message = `client_encoding stays UTF8, not ${parameterValue}: the connection reads nothing else.`;
      client.emit("notice", { severity: "WARNING", message });
      // It comes before any other statement. In a failed transaction the server takes the setting back by itself.
      client.query("SET client_encoding = 'UTF8'").catch(() => undefined);
    },
  );
}

function tlsOptions({
  sslmode,
  sslrootcert,
  host,
}: ConnectionValues): ConnectionOptions | false {
  switch (sslmode) {
    case "disable":
      return false;
    case "verify-full":
      return {
        ca: authorities(sslrootcert),
        rejectUnauthorized: true,
        servername: host,
      };
    case "verify-ca":
      return {
        ca: authorities(sslrootcert),
        rejectUnauthorized: true,
        checkServerIdentity: () => undefined,
      };
    default:
      // As in libpq: an authority that is given is used, also when verification was not asked for.
      return sslrootcert === "" || sslrootcert === "system"
        ? { rejectUnauthorized: false }
        : {
            ca: authorities(sslrootcert),
            rejectUnauthorized: true,
            checkServerIdentity: () => undefined,
          };
  }
}

function authorities(sslrootcert: string): string[] {
  if (sslrootcert !== "system" && sslrootcert !== "") {
    return [readFileSync(sslrootcert, "utf8")];
  }
  const files = [process.env["SSL_CERT_FILE"], ...systemStores];
  const store = files.find((file) => file !== undefined && existsSync(file));
  return store === undefined
    ? [...rootCertificates]
    : [readFileSync(store, "utf8")];
}

function asError(error: unknown): Error {
  // Node tries every address of a name and then throws one error for all, without a message of its own.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) {
    return error.errors[0];
  }
  return error instanceof Error ? error : new Error(String(error));
}
