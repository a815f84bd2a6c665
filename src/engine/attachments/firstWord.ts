import { connect, type Socket } from "node:net";
import {
  isSocket,
  serverPlaces,
  type ConnectionValues,
  type ServerPlace,
} from "../../core/connections/connectionValues";
import {
  connectTimeoutSeconds,
  type ConnectionLimits,
} from "../../core/connections/secretParameters";
import type { ErrorInfo } from "../../core/errors/errorInfo";
import { errorInfo } from "../../core/errors/makeError";

/** PostgreSQL's question whether a server has TLS: every server answers it at once, and none asks who we are. */
const tlsQuestion = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** What the network says of a server that it waited for in vain. */
const vainly = new Set(["ETIMEDOUT", "EHOSTUNREACH", "EHOSTDOWN"]);

/** The error of a server from which nothing came in time. */
export function silence(alias: string, seconds: number): ErrorInfo {
  return errorInfo(
    "connectTimeout",
    `The server of "${alias}" does not answer: nothing came within ${seconds} s, its connect timeout.`,
    { origin: "postgres" },
  );
}

/**
 * Why DuckDB would wait in vain for the servers of a connection; null when one of them says anything. DuckDB waits for
 * one server at a time, and holds up every other attachment meanwhile; here any number is waited for at once, without
 * a login and without a thread.
 */
export async function findSilence(
  alias: string,
  values: ConnectionValues,
  limits: ConnectionLimits,
): Promise<ErrorInfo | null> {
  // A server that is only told of direct TLS need not know the question.
  if (values.options["sslnegotiation"] === "direct") {
    return null;
  }
  const seconds = connectTimeoutSeconds(values, limits);
  const heard = await Promise.all(
    serverPlaces(values).map((place) => isHeard(place, seconds * 1000)),
  );
  return heard.includes(true) ? null : silence(alias, seconds);
}

/** False for a place that says nothing at all; a refusal is an answer. */
function isHeard(
  { host, hostaddr, port }: ServerPlace,
  patienceMs: number,
): Promise<boolean> {
  const address = hostaddr === "" ? host : hostaddr;
  if (isSocket(address)) {
    return Promise.resolve(true);
  }
  return new Promise((resolve) => {
    let socket: Socket | undefined = undefined;
    const end = (isThere: boolean): void => {
      clearTimeout(timer);
      resolve(isThere);
      socket?.destroy();
    };
    const timer = setTimeout(() => {
      end(false);
    }, patienceMs);
    socket = connect(
      { host: address, port: Number(port), noDelay: true },
      () => {
        socket?.write(tlsQuestion);
      },
    );
    socket.on("data", () => {
      end(true);
    });
    socket.on("close", () => {
      end(true);
    });
    socket.on("error", ({ code = "" }: NodeJS.ErrnoException) => {
      end(!vainly.has(code));
    });
  });
}
