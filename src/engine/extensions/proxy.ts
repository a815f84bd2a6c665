/** DuckDB's settings for a proxy; the password is in no other place of the session. */
export type ProxySettings = Readonly<
  Record<"http_proxy" | "http_proxy_username" | "http_proxy_password", string>
>;

/** No proxy at all. */
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
 * What the session's own DuckDB is told of HTTP_PROXY: by itself it would take it with its login, which it cannot read,
 * and show that in `duckdb_settings()` (measured).
 */
export function sessionProxy(
  environment: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const proxy = parseProxy(environment["HTTP_PROXY"] ?? "");
  return proxy === null ? {} : { http_proxy: proxy.http_proxy };
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

/**
 * Runs a task while the process has no HTTP_PROXY. DuckDB reads it when an instance begins, whatever it is told, and
 * shows it in `duckdb_settings()` with its login (measured).
 */
export async function withoutProxy<T>(task: () => Promise<T>): Promise<T> {
  const proxy = process.env["HTTP_PROXY"];
  delete process.env["HTTP_PROXY"];
  try {
    return await task();
  } finally {
    if (proxy !== undefined) {
      process.env["HTTP_PROXY"] = proxy;
    }
  }
}
