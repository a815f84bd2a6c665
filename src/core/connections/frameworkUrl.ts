import { splitUri } from "./connectionUri";

/** Schemes that frameworks have for PostgreSQL: SQLAlchemy's with a driver, Django's, and JDBC's. */
const scheme =
  /^(?:jdbc:)?(?:postgres(?:ql)?(?:\+\w+)?|postgis|pgsql|psql):\/\//i;

/** Options of a framework's own pool, which say nothing about the connection: Prisma's and Rails'. */
const poolOptions: ReadonlySet<string> = new Set([
  ...["connection_limit", "pool_timeout", "socket_timeout"],
  ...["statement_cache_size", "pgbouncer", "pool", "prepared_statements"],
]);

/**
 * The URL of an env file as libpq has to be told it: frameworks name their driver in the scheme, and have options of
 * their own. Any other text is as it was.
 */
export function libpqUrl(text: string): string {
  const found = scheme.exec(text.trim())?.[0];
  if (found === undefined) {
    return text;
  }
  const rest = text.trim().slice(found.length);
  const { query } = splitUri(rest);
  if (query === null) {
    return `postgresql://${rest}`;
  }
  const options = query.split("&").flatMap((option) => {
    const [name = "", value = ""] = option.split("=");
    return poolOptions.has(name) ? [] : [translated(name, value) ?? option];
  });
  const address = rest.slice(0, rest.length - query.length - 1);
  return `postgresql://${address}${options.length > 0 ? "?" : ""}${options.join("&")}`;
}

/** Prisma's schema is the server's search_path; asyncpg says ssl, and node-postgres no-verify, for a sslmode. */
function translated(name: string, value: string): string | undefined {
  switch (name) {
    case "schema":
      return value.includes("\\") || value.includes("%5C")
        ? undefined
        : `options=-c%20search_path%3D${value.replaceAll("%20", "%5C%20")}`;
    case "ssl":
      return /^(?:disable|allow|prefer|require|verify-ca|verify-full)$/.test(
        value,
      )
        ? `sslmode=${value}`
        : undefined;
    case "sslmode":
      return value === "no-verify" ? "sslmode=require" : undefined;
    default:
      return undefined;
  }
}
