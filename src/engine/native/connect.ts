import { lookup } from "node:dns/promises";
import type { EventEmitter } from "node:events";
import { isIP, type Socket } from "node:net";
import type { ConnectionOptions } from "node:tls";
import { Client } from "pg";
import {
  isSocket,
  serverPlaces,
  type ConnectionValues,
  type ServerPlace,
} from "../../core/connections/connectionValues";
import {
  allServerOptions,
  connectTimeoutSeconds,
  targetSessionAttributes,
  type ConnectionLimits,
} from "../../core/connections/secretParameters";
import { classifyPostgresError } from "../../core/errors/classifyPostgres";
import { viaductError } from "../../core/errors/makeError";
import { ViaductError } from "../../core/errors/viaductError";
import { AuthenticationGuard } from "./authentication";
import { tlsOptions } from "./clientTls";
import { endClient } from "./endClient";
import { isWantedServer, refuseUnsupported } from "./serverChoice";

/**
 * Opens a native connection with the same values as the DuckDB attachment: the servers of a list in their order, until
 * one answers and is of the kind that is wanted. Throws a classified `ViaductError`.
 */
export async function openClient(
  values: ConnectionValues,
  limits: ConnectionLimits,
): Promise<Client> {
  refuseUnsupported(values);
  const places = [...serverPlaces(values)];
  if (values.options["load_balance_hosts"] === "random") {
    places.sort(() => Math.random() - 0.5);
  }
  const wanted = targetSessionAttributes(values, limits);
  const rounds = wanted === "prefer-standby" ? ["standby", "any"] : [wanted];
  let failure: ViaductError | undefined;
  for (const attribute of rounds) {
    for (const place of places) {
      try {
        const client = await connectTo(values, place, limits);
        if (await isWantedServer(client, attribute)) {
          return client;
        }
        await endClient(client);
        failure = viaductError(
          "connectionRefused",
          `The server at ${place.host}:${place.port} is not of the kind that target_session_attrs=${wanted} asks for.`,
          { origin: "postgres" },
        );
      } catch (error) {
        failure = postgresError(asError(error));
        if (!mayAskNext.has(failure.info.class)) {
          throw failure;
        }
      }
    }
  }
  throw failure ?? viaductError("connectionInvalid", "There is no host.");
}

/** As in libpq: what a server has said about a login or a certificate is not asked of another one. */
const mayAskNext: ReadonlySet<string> = new Set([
  "hostUnknown",
  "connectionRefused",
  "connectTimeout",
  "connectionLost",
]);

async function connectTo(
  values: ConnectionValues,
  place: ServerPlace,
  limits: ConnectionLimits,
): Promise<Client> {
  const isPreferred = values.sslmode === "prefer" || values.sslmode === "allow";
  try {
    return await connect(values, place, limits, tlsOptions(values, place));
  } catch (error) {
    if (isPreferred && mayGoWithout(error)) {
      return connect(values, place, limits, false);
    }
    throw error;
  }
}

/** As in libpq: TLS that is only preferred is given up where the server has none, or lets nobody in with it. */
function mayGoWithout(error: unknown): boolean {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return (
    /^(?:28000|EPROTO|ERR_SSL_)/.test(code) ||
    /does not support SSL/.test(message)
  );
}

/** The error of a native connection, classified; `sql` is the statement as the user wrote it. */
export function postgresError(error: unknown, sql = ""): ViaductError {
  return error instanceof ViaductError
    ? error
    : new ViaductError(classifyPostgresError(asError(error), sql));
}

/** The server's word about one of its settings. */
interface ParameterStatus {
  readonly parameterName: string;
  readonly parameterValue: string;
}

/** What `pg`'s client has that its types do not tell. */
interface Inside {
  replication: undefined;
  readonly connectionParameters: {
    options: string;
    replication: undefined;
  };
  readonly connection: EventEmitter & { readonly stream: Socket };
}

async function connect(
  values: ConnectionValues,
  place: ServerPlace,
  limits: ConnectionLimits,
  ssl: ConnectionOptions | false,
): Promise<Client> {
  const { options } = values;
  const guard = new AuthenticationGuard(options);
  const config = {
    host: await addressOf(place, options["sslsni"] === "0"),
    port: Number(place.port),
    database: values.database,
    user: values.user,
    // A function: an empty password would make pg look into the environment and ~/.pgpass.
    password: () => guard.give(place.password),
    ssl,
    sslnegotiation:
      ssl !== false && options["sslnegotiation"] === "direct"
        ? ("direct" as const)
        : ("postgres" as const),
    enableChannelBinding: guard.needsBinding,
    client_encoding: "UTF8",
    application_name: limits.applicationName,
    connectionTimeoutMillis: connectTimeoutSeconds(values, limits) * 1000,
    keepAlive: options["keepalives"] !== "0",
    keepAliveInitialDelayMillis:
      (Number(options["keepalives_idle"] ?? 0) || 30) * 1000,
  };
  const client = new Client(config);
  // What is empty here, pg would take from PGOPTIONS and PGREPLICATION.
  const inside = client as unknown as Inside;
  inside.connectionParameters.options = allServerOptions(values, limits);
  inside.connectionParameters.replication = undefined;
  inside.replication = undefined;
  guard.watch(inside.connection);
  noteTimeZone(inside.connection);
  // Without a listener the loss of an idle connection would end the process; the next query reports it.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    // Nothing is left to say; the end of a connection whose TLS has failed would never come.
    inside.connection.stream.destroy();
    throw error;
  }
  keepEncoding(client, inside.connection);
  return client;
}

/** A connection with the server's last word about the zone of its session: ours, `pg` keeps no settings. */
export interface Zoned {
  timeZone?: string;
}

/** The server tells it when a session begins, and whenever it changes. */
function noteTimeZone(connection: EventEmitter & Zoned): void {
  connection.on(
    "parameterStatus",
    ({ parameterName, parameterValue }: ParameterStatus) => {
      if (parameterName === "TimeZone") {
        connection.timeZone = parameterValue;
      }
    },
  );
}

/** Where to connect; pg tells the server every name that is not an address. */
async function addressOf(
  { host, hostaddr }: ServerPlace,
  isSecret: boolean,
): Promise<string> {
  if (hostaddr !== "") {
    return hostaddr;
  }
  return isSecret && isIP(host) === 0 && !isSocket(host)
    ? (await lookup(host)).address
    : host;
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

function asError(error: unknown): Error {
  // Node tries every address of a name and then throws one error for all, without a message of its own.
  if (error instanceof AggregateError && error.errors[0] instanceof Error) {
    return error.errors[0];
  }
  return error instanceof Error ? error : new Error(String(error));
}
