import { viaductError } from "../errors/makeError";
import { parseConnectionUrl } from "./connectionUrl";

/** Everything that a connection to one PostgreSQL database needs. Lives in the engine process only. */
export interface ConnectionValues {
  readonly host: string;
  readonly port: string;
  readonly database: string;
  readonly user: string;
  /** Empty when the server asks for none. */
  readonly password: string;
  readonly sslmode: string;
  /** A file, `system`, or empty for libpq's own default. */
  readonly sslrootcert: string;
}

/** The names under which a value is found, the usual one first. */
const names = {
  host: ["HOST", "HOSTNAME"],
  port: ["PORT"],
  database: ["DATABASE", "DB", "DBNAME", "NAME"],
  user: ["USER", "USERNAME"],
  password: ["PASSWORD", "PASS"],
  sslmode: ["SSLMODE"],
  sslrootcert: ["SSLROOTCERT"],
} as const;

const sslmodes = [
  "disable",
  "allow",
  "prefer",
  "require",
  "verify-ca",
  "verify-full",
];

type Key = keyof typeof names;

/** True when a connection to this host cannot leave the machine. */
export function isLoopback(host: string): boolean {
  return (
    host.startsWith("/") ||
    host.toLowerCase() === "localhost" ||
    host === "::1" ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}

/**
 * Connection values from variables by prefix: `<prefix>HOST` and so on, else the parts of `<prefix>URL`, else of
 * `DATABASE_URL`. A separate variable wins over the same part of the URL. Throws `variableMissing` or
 * `envFileInvalid`, which name the variable and never a value.
 */
export function connectionValues(
  variables: ReadonlyMap<string, string>,
  prefix: string,
  file: string,
): ConnectionValues {
  const url = urlParts(variables, prefix, file);
  const find = (key: Key): string | undefined => {
    const name = names[key].find((suffix) => variables.has(prefix + suffix));
    return name === undefined ? url?.[key] : variables.get(prefix + name);
  };
  const need = (key: Key): string => {
    const value = find(key);
    if (value === undefined || (value === "" && key !== "password")) {
      const name = prefix + names[key][0];
      const state = value === undefined ? "is not in" : "is empty in";
      throw viaductError(
        "variableMissing",
        `The variable ${name} ${state} ${file}.`,
      );
    }
    return value;
  };
  const host = need("host");
  const port = checkPort(find("port") ?? "5432", `${prefix}PORT`, file);
  const database = need("database");
  const user = need("user");
  const password = need("password");
  const sslmode =
    find("sslmode") ?? (isLoopback(host) ? "prefer" : "verify-full");
  if (!sslmodes.includes(sslmode)) {
    throw viaductError(
      "envFileInvalid",
      `The variable ${prefix}SSLMODE in ${file} is none of ${sslmodes.join(", ")}.`,
    );
  }
  // Without a file of its own, verify-full trusts what the machine trusts; libpq alone would look for ~/.postgresql.
  const sslrootcert =
    find("sslrootcert") ?? (sslmode === "verify-full" ? "system" : "");
  return { host, port, database, user, password, sslmode, sslrootcert };
}

/** Prefixes in `names` for which a host, a database or a URL is given, sorted. */
export function connectionPrefixes(variableNames: readonly string[]): string[] {
  const prefixes = new Set<string>();
  for (const name of variableNames) {
    const match = /^(.*?_|)(?:HOST|HOSTNAME|DATABASE|DB|DBNAME|URL)$/.exec(
      name,
    );
    // DATABASE_URL is the URL of the empty prefix by convention, not of one called DATABASE_.
    if (match?.[1] !== undefined) {
      prefixes.add(name === "DATABASE_URL" ? "" : match[1]);
    }
  }
  return [...prefixes].sort();
}

function checkPort(port: string, name: string, file: string): string {
  const value = Number(port);
  if (!/^\d{1,5}$/.test(port) || value < 1 || value > 65535) {
    throw viaductError(
      "envFileInvalid",
      `The variable ${name} in ${file} is not a port number.`,
    );
  }
  return port;
}

function urlParts(
  variables: ReadonlyMap<string, string>,
  prefix: string,
  file: string,
): Partial<Record<Key, string>> | undefined {
  for (const name of [`${prefix}URL`, "DATABASE_URL"]) {
    const url = variables.get(name);
    if (url !== undefined && url !== "") {
      const parts = parseConnectionUrl(url);
      if (parts === null) {
        throw viaductError(
          "envFileInvalid",
          `The variable ${name} in ${file} is not a URL of the form postgresql://user:password@host:port/database.`,
        );
      }
      return parts;
    }
  }
  return undefined;
}
