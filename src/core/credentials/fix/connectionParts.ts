/** Parameters that a `postgres` secret of DuckDB takes by the name that libpq gives them. */
const secretParameters = new Set(
  (
    "host hostaddr port dbname user password passfile require_auth " +
    "channel_binding connect_timeout client_encoding options " +
    "application_name fallback_application_name keepalives " +
    "keepalives_idle keepalives_interval keepalives_count " +
    "tcp_user_timeout gssencmode sslmode sslcert sslkey sslpassword " +
    "sslrootcert sslcrl sslsni service target_session_attrs " +
    "load_balance_hosts ssl_min_protocol_version " +
    "ssl_max_protocol_version"
  ).split(" "),
);

/** Databases that DuckDB attaches by a connection text, as the types of their secrets are called. */
export type ConnectionType = "postgres" | "mysql";

/** The keys of a MySQL connection text, and of its URL, with the names that stand for them here. */
const mysqlParameters: ReadonlyMap<string, string> = new Map([
  ["host", "host"],
  ["port", "port"],
  ["socket", "socket"],
  ["user", "user"],
  ["passwd", "password"],
  ["password", "password"],
  ["db", "dbname"],
  ["database", "dbname"],
  ...["mode", "ca", "capath", "cert", "cipher", "crl", "crlpath", "key"].map(
    (name) => [`ssl-${name}`, `ssl_${name}`] as const,
  ),
]);

/**
 * The parameters of a PostgreSQL or MySQL URL or key/value string, by libpq's names; null when it cannot be read for
 * certain.
 */
export function connectionParts(
  text: string,
  type: ConnectionType = "postgres",
): ReadonlyMap<string, string> | null {
  return type === "postgres" ? postgresParts(text) : mysqlParts(text);
}

function postgresParts(text: string): ReadonlyMap<string, string> | null {
  const bare = text.trim().replace(/^postgres:(?!\/\/)/i, "");
  const parts = /^postgres(?:ql)?:\/\//i.test(bare)
    ? urlParts(bare)
    : pairParts(bare, libpqPair);
  if (
    parts === null ||
    [...parts.keys()].some((key) => !secretParameters.has(key))
  ) {
    return null;
  }
  return parts;
}

/** The extension decodes these and no others. */
const encodedForMysql = /%(?:2[0-9ABCF]|3[ABCDEF]|40|5[BCDE]|60|7[BCDE])/g;

function mysqlParts(text: string): ReadonlyMap<string, string> | null {
  const bare = text.trim().replace(/^mysql:(?=mysql:\/\/|(?!\/\/))/i, "");
  const isUrl = /^mysql:\/\//i.test(bare);
  if (isUrl && bare.replaceAll(encodedForMysql, "").includes("%")) {
    return null;
  }
  const read = isUrl
    ? urlParts(bare.replace(/^mysql:/i, "postgres:"))
    : pairParts(bare, mysqlPair);
  if (read === null) {
    return null;
  }
  const parts = new Map<string, string>();
  for (const [key, value] of read) {
    const name = isUrl && key === "dbname" ? key : mysqlParameters.get(key);
    if (name === undefined) {
      return null;
    }
    parts.set(name, value);
  }
  return parts;
}

function urlParts(url: string): Map<string, string> | null {
  const match =
    /^postgres(?:ql)?:\/\/(?:(.*)@)?(\[[^\]]*\]|[^/:?#]*)(?::(\d*))?(?:\/([^?#]*))?(?:\?([^#]*))?$/is.exec(
      url,
    );
  if (match === null) {
    return null;
  }
  const [, login = "", host = "", port = "", dbname = "", query = ""] = match;
  const colon = login.indexOf(":");
  const parts = new Map<string, string>();
  try {
    set(parts, "host", decodeURIComponent(host.replace(/^\[(.*)\]$/, "$1")));
    set(parts, "port", port);
    set(parts, "dbname", decodeURIComponent(dbname));
    set(
      parts,
      "user",
      decodeURIComponent(colon < 0 ? login : login.slice(0, colon)),
    );
    set(
      parts,
      "password",
      colon < 0 ? "" : decodeURIComponent(login.slice(colon + 1)),
    );
    for (const pair of query.split("&")) {
      const equals = pair.indexOf("=");
      set(
        parts,
        decodeURIComponent(pair.slice(0, Math.max(0, equals))),
        decodeURIComponent(pair.slice(equals + 1)),
      );
    }
  } catch {
    // A percent sign that encodes nothing.
    return null;
  }
  return parts;
}

function set(parts: Map<string, string>, key: string, value: string): void {
  if (value !== "") {
    parts.set(key, value);
  }
}

const libpqPair =
  /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\[^])*)'|((?:[^\s'\\]|\\[^])+))(?=\s|$)\s*/gy;

/** MySQL's extension knows double quotes only, and a backslash within them only. */
const mysqlPair =
  /\s*([a-z_-]+)=(?:"((?:[^"\\]|\\["\\])*)"|([^\s'"\\]+))(?=\s|$)\s*/gy;

function pairParts(text: string, pair: RegExp): Map<string, string> | null {
  const parts = new Map<string, string>();
  let at = 0;
  for (const match of text.matchAll(pair)) {
    at = match.index + match[0].length;
    set(
      parts,
      match[1] ?? "",
      (match[2] ?? match[3] ?? "").replaceAll(/\\([^])/g, "$1"),
    );
  }
  return at === text.length && parts.size > 0 ? parts : null;
}
