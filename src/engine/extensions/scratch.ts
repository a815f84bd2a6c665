import { Duckdb, type Connection } from "../duckdb";
import { loginOf } from "./places";
import {
  environmentProxy,
  isExempt,
  noProxy,
  parseProxy,
  type ProxySettings,
} from "./proxy";

/** Settings of the session that decide where extensions go to and what may be loaded. */
const inherited = [
  "extension_directory",
  "home_directory",
  "custom_extension_repository",
  "allow_community_extensions",
  "enable_external_access",
];

/** What `ScratchInstances` is made of. */
export interface ScratchParts {
  /** Of the session. */
  readonly connection: Connection;
  /** VS Code's proxy; empty for none. */
  readonly httpProxy: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Remembers a password that no text may show. */
  readonly hide: (secret: string) => void;
}

/**
 * DuckDB instances that live for one download or one check. A proxy's password is known to these alone, so that no
 * SELECT of the session's can read it, and an extension that turns out to be broken never was in the session.
 */
export class ScratchInstances {
  constructor(private readonly parts: ScratchParts) {}

  /** Runs a task on an instance that installs to the session's place; `url` is what will be downloaded from. */
  async use<T>(
    url: string | null,
    task: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    const instance = await Duckdb.open({
      ...(await this.settings()),
      ...(url === null ? {} : await this.proxyFor(url)),
      autoinstall_known_extensions: "false",
      allow_unsigned_extensions: "false",
    });
    try {
      const connection = await instance.connect();
      try {
        return await task(connection);
      } finally {
        await connection.close();
      }
    } finally {
      instance.close();
    }
  }

  private async settings(): Promise<Record<string, string>> {
    const rows = await this.parts.connection.rows(
      "SELECT name, value FROM duckdb_settings() WHERE list_contains(string_split($1, ','), name)",
      [inherited.join(",")],
    );
    const known = rows.map(([name, value]) => [name ?? "", value ?? ""]);
    return Object.fromEntries(
      known.filter(([, value]) => value !== ""),
    ) as Record<string, string>;
  }

  /** What the user has set in DuckDB, else VS Code's, else the environment's. */
  private async proxyFor(url: string): Promise<ProxySettings> {
    const { httpProxy, environment, hide } = this.parts;
    hide(loginOf(url));
    const [row] = await this.parts.connection.rows(
      "SELECT current_setting('http_proxy'), current_setting('http_proxy_username'), current_setting('http_proxy_password')",
    );
    const inEnvironment = parseProxy(environmentProxy(environment));
    const own = parseProxy(row?.[0] ?? "");
    const isOwn =
      own !== null &&
      own.http_proxy !==
        parseProxy(environment["HTTP_PROXY"] ?? "")?.http_proxy;
    const proxy = isOwn
      ? {
          ...own,
          http_proxy_username: row?.[1] ?? "",
          http_proxy_password: row?.[2] ?? "",
        }
      : (parseProxy(httpProxy) ?? inEnvironment);
    if (proxy === null || (!isOwn && isExempt(url, environment))) {
      return noProxy;
    }
    hide(proxy.http_proxy_password);
    return proxy;
  }
}
