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

/** The parameters of a PostgreSQL URL or conninfo string, by libpq's names; null when it cannot be read for certain. */
export function connectionParts(
  text: string,
): ReadonlyMap<string, string> | null {
  const bare = text.trim().replace(/^postgres:(?!\/\/)/i, "");
  const parts = /^postgres(?:ql)?:\/\//i.test(bare)
    ? urlParts(bare)
    : pairParts(bare);
  if (
    parts === null ||
    [...parts.keys()].some((key) => !secretParameters.has(key))
  ) {
    return null;
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

const pair =
  /\s*([a-z_]+)\s*=\s*(?:'((?:[^'\\]|\\[^])*)'|((?:[^\s'\\]|\\[^])+))(?=\s|$)\s*/gy;

function pairParts(text: string): Map<string, string> | null {
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
