/** DuckDB's settings for a proxy; the password is in no other place of the session. */
export type ProxySettings = Readonly<
  Record<"http_proxy" | "http_proxy_username" | "http_proxy_password", string>
>;

/** No proxy, said in so many words: otherwise DuckDB takes HTTP_PROXY. */
export const noProxy: ProxySettings = {
  http_proxy: "",
  http_proxy_username: "",
  http_proxy_password: "",
};

/** A proxy's URL (`http://user:password@host:3128`, or without the scheme) as DuckDB's settings; null for none. */
export function parseProxy(text: string): ProxySettings | null {
  const trimmed = text.trim();
  if (trimmed === "") {
    return null;
  }
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? trimmed
    : `http://${trimmed}`;
  if (!URL.canParse(url)) {
    return null;
  }
  const { hostname, port, protocol, username, password } = new URL(url);
  const usual = protocol === "https:" ? "443" : "80";
  return hostname === ""
    ? null
    : {
        http_proxy: `${hostname}:${port === "" ? usual : port}`,
        http_proxy_username: decoded(username),
        http_proxy_password: decoded(password),
      };
}

/** The proxy of the process environment, as curl names it; empty for none. */
export function environmentProxy(
  environment: Readonly<Record<string, string | undefined>>,
): string {
  return environment["http_proxy"] ?? environment["HTTP_PROXY"] ?? "";
}

/**
 * What the session's own DuckDB is told: it takes HTTP_PROXY by itself, cannot read one with a login, and would show
 * that login in `duckdb_settings()` (measured).
 */
export function sessionProxy(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const text = environment["HTTP_PROXY"] ?? "";
  return text.includes("@")
    ? { http_proxy: parseProxy(text)?.http_proxy ?? "" }
    : {};
}

/** True for a URL whose host NO_PROXY names: exactly, as a domain above it, or with `*`. */
export function isExempt(
  url: string,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (!URL.canParse(url)) {
    return false;
  }
  const { hostname, port } = new URL(url);
  const names = environment["no_proxy"] ?? environment["NO_PROXY"] ?? "";
  return names
    .split(/[\s,]+/)
    .map((name) => name.toLowerCase().replace(/^\*?\./, ""))
    .filter((name) => name !== "")
    .some(
      (name) =>
        name === "*" ||
        name === hostname ||
        name === `${hostname}:${port}` ||
        hostname.endsWith(`.${name}`),
    );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
