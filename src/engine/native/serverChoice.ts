import type { Client } from "pg";
import {
  serverPlaces,
  type ConnectionValues,
} from "../../core/connections/connectionValues";
import { viaductError } from "../../core/errors/makeError";

/** True when a server is of the kind that `target_session_attrs` asks for. */
export async function isWantedServer(
  client: Client,
  attribute: string,
): Promise<boolean> {
  if (attribute === "any") {
    return true;
  }
  const { rows } = await client.query<{ standby: boolean; writes: boolean }>(
    `SELECT pg_is_in_recovery() AS standby,
       NOT pg_is_in_recovery() AND current_setting('default_transaction_read_only') = 'off' AS writes`,
  );
  const [row] = rows;
  switch (attribute) {
    case "primary":
      return row?.standby === false;
    case "standby":
      return row?.standby === true;
    case "read-write":
      return row?.writes === true;
    default:
      return row?.writes === false;
  }
}

/** What only libpq can do: without it, a native connection would be weaker than what was asked for. */
const onlyLibpq: readonly (readonly [string, RegExp, string])[] = [
  ["gssencmode", /^require$/, "GSSAPI encryption"],
  [
    "sslcertmode",
    /^require$/,
    "a check that the server asks for a certificate",
  ],
  ["min_protocol_version", /^(?!3\.0$)./, "a newer version of the protocol"],
  ["scram_client_key", /./, "a login with a SCRAM key"],
  ["scram_server_key", /./, "a login with a SCRAM key"],
];

/** Throws `connectionInvalid` for an option that a native connection could only leave out. */
export function refuseUnsupported(values: ConnectionValues): void {
  const found = onlyLibpq.find(([keyword, value]) =>
    value.test(values.options[keyword] ?? ""),
  );
  const socket = serverPlaces(values).find(({ host }) =>
    host.startsWith(values.options["requirepeer"] === undefined ? "@" : "/"),
  );
  const what =
    found === undefined
      ? socket === undefined
        ? null
        : socket.host.startsWith("@")
          ? "an abstract socket (host)"
          : "a check of who owns the server (requirepeer)"
      : `${found[2]} (${found[0]})`;
  if (what !== null) {
    throw viaductError(
      "connectionInvalid",
      `A native connection cannot do ${what}; only DuckDB's can.`,
    );
  }
}
