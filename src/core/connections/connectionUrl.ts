/** The parts of a `postgresql://` URL that are present in it. */
export interface UrlParts {
  host?: string;
  port?: string;
  database?: string;
  user?: string;
  password?: string;
  sslmode?: string;
  sslrootcert?: string;
}

/** Reads `postgres://` and `postgresql://` URLs; null for anything else, and for broken percent encodings. */
export function parseConnectionUrl(url: string): UrlParts | null {
  // The last @ ends the user's part: a pasted password may have an unencoded one.
  const match =
    /^postgres(?:ql)?:\/\/(?:(.*)@)?([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/is.exec(
      url.trim(),
    );
  if (match === null) {
    return null;
  }
  const [, login, address = "", database = "", query = ""] = match;
  const parts: UrlParts = {};
  try {
    if (login !== undefined) {
      const colon = login.indexOf(":");
      parts.user = decodeURIComponent(
        colon < 0 ? login : login.slice(0, colon),
      );
      if (colon >= 0) {
        parts.password = decodeURIComponent(login.slice(colon + 1));
      }
    }
    const place = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d*))?$/.exec(address);
    if (place === null) {
      return null;
    }
    setPart(parts, "host", decodeURIComponent(place[1] ?? place[2] ?? ""));
    setPart(parts, "port", place[3] ?? "");
    setPart(parts, "database", decodeURIComponent(database));
    readQuery(parts, query);
  } catch {
    return null;
  }
  return parts;
}

function readQuery(parts: UrlParts, query: string): void {
  for (const pair of query.split("&")) {
    const equals = pair.indexOf("=");
    const key = decodeURIComponent(pair.slice(0, Math.max(equals, 0)));
    const value = decodeURIComponent(pair.slice(equals + 1));
    switch (key) {
      case "host":
      case "port":
      case "user":
      case "password":
      case "sslmode":
      case "sslrootcert":
        setPart(parts, key, value);
        break;
      case "dbname":
        setPart(parts, "database", value);
        break;
      default:
    }
  }
}

function setPart(parts: UrlParts, key: keyof UrlParts, value: string): void {
  if (value !== "") {
    parts[key] = value;
  }
}
