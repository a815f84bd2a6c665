import {
  blamed,
  type Blame,
  type ConnectionSettings,
} from "./connectionSettings";
import { isConnectionText, parseConnection } from "./connectionText";
import { libpqUrl } from "./frameworkUrl";
import type { FilePlace } from "../errors/errorInfo";
import { libpqKeywords, libpqVariable } from "./libpqOptions";

/** An env file that was read: its variables, and where each of them stands. */
export interface EnvFile {
  readonly path: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly placeOf: (name: string) => FilePlace;
}

/** What an env file says. */
export interface EnvSettings extends ConnectionSettings {
  /** Who is to blame when there is no password anywhere; null where libpq's defaults count. */
  readonly noPassword: Blame | null;
}

/** Names that people use beside libpq's, the usual one first. */
const spellings: Readonly<Record<string, readonly string[]>> = {
  host: ["HOST", "HOSTNAME"],
  dbname: ["DATABASE", "DB", "DBNAME", "NAME", "DATABASE_NAME", "DB_NAME"],
  user: ["USER", "USERNAME"],
  password: ["PASSWORD", "PASS", "PWD"],
  sslmode: ["SSLMODE", "SSL_MODE"],
  sslrootcert: ["SSLROOTCERT", "SSL_ROOT_CERT", "SSL_CA"],
  sslcert: ["SSLCERT", "SSL_CERT"],
  sslkey: ["SSLKEY", "SSL_KEY"],
  sslpassword: ["SSLPASSWORD", "SSL_PASSWORD"],
};

/** The variables that may have the password of a prefix, the usual one first. */
export function passwordVariables(prefix: string): readonly string[] {
  return (spellings["password"] ?? []).map((suffix) => prefix + suffix);
}

const urlSuffixes = ["URL", "URI", "DSN", "CONNECTION_STRING"];

/** Suffixes that tell that a prefix is one of a connection. */
const tellingSuffixes =
  "HOST|HOSTNAME|HOSTADDR|DATABASE|DB|DBNAME|URL|URI|DSN|CONNECTION_STRING";

/** Prefixes in `names` for which a host, a database or a URL is given, sorted. */
export function connectionPrefixes(variableNames: readonly string[]): string[] {
  const prefixes = new Set<string>();
  const telling = new RegExp(`^(|PG|.*?_(?:PG)?)(?:${tellingSuffixes})$`);
  for (const name of variableNames) {
    const prefix = telling.exec(name)?.[1];
    // DATABASE_URL is the URL of the empty prefix by convention, not of one called DATABASE_.
    if (prefix !== undefined) {
      prefixes.add(name === "DATABASE_URL" ? "" : prefix);
    }
  }
  // libpq takes the name of a service, or of a user, for everything else.
  if (["PGSERVICE", "PGUSER"].some((name) => variableNames.includes(name))) {
    prefixes.add("PG");
  }
  return [...prefixes].sort();
}

/**
 * What the variables of a prefix say: `<prefix>HOST` and so on; the parts of `<prefix>URL` for what has no variable; of
 * `DATABASE_URL` when there is no host and no URL of the prefix. Throws `variableMissing` or `envFileInvalid`, which name
 * the variable and never a value.
 */
export function envSettings(file: EnvFile, prefix: string): EnvSettings {
  const found = foundVariables(file, prefix);
  const url = findUrl(file, prefix, found.has("host") || found.has("hostaddr"));
  const fromUrl =
    url === null
      ? new Map<string, string>()
      : parseConnection(
          libpqUrl(file.variables.get(url) ?? ""),
          blameOf(file, url),
        );
  // HOST and PORT beside DATABASE_URL are a web server's, not a database's.
  if (prefix === "" && url !== null) {
    found.clear();
  }
  const values = new Map(fromUrl);
  if (found.has("host")) {
    values.delete("hostaddr");
  }
  for (const [keyword, name] of found) {
    const value = file.variables.get(name) ?? "";
    if (keyword === "dbname" && isConnectionText(value)) {
      const inner = parseConnection(value, blameOf(file, name));
      inner.forEach((its, one) => values.set(one, its));
    } else if (value !== "" || keyword === "password") {
      values.set(keyword, value);
    }
  }
  const nameOf = (keyword: string): string =>
    found.get(keyword) ??
    (fromUrl.has(keyword) && url !== null
      ? url
      : prefix + (suffixesOf(keyword, prefix)[0] ?? ""));
  const hasDefaults =
    url !== null ||
    (prefix === "PG" && found.size > 0) ||
    values.has("service");
  if (!hasDefaults) {
    needAll(file, values, nameOf);
  }
  return {
    values,
    blame: (keyword) => blameOf(file, nameOf(keyword)),
    noPassword: hasDefaults ? null : missing(file, nameOf("password")),
  };
}

function blameOf(file: EnvFile, name: string): Blame {
  return {
    errorClass: "envFileInvalid",
    subject: `The variable ${name} in ${file.path}`,
    file: file.placeOf(name),
  };
}

function missing(file: EnvFile, name: string): Blame {
  return {
    errorClass: "variableMissing",
    subject: `The variable ${name}`,
    file: file.placeOf(name),
  };
}

function needAll(
  file: EnvFile,
  values: ReadonlyMap<string, string>,
  nameOf: (keyword: string) => string,
): void {
  for (const keyword of ["host", "dbname", "user"]) {
    const isThere =
      values.has(keyword) || (keyword === "host" && values.has("hostaddr"));
    if (!isThere) {
      const name = nameOf(keyword);
      const isEmpty = file.variables.has(name);
      throw blamed(
        missing(file, name),
        `${isEmpty ? "is empty" : "is not"} in ${file.path}${isEmpty ? "" : otherPrefixes(file)}`,
      );
    }
  }
}

/** The end of a sentence that names the prefixes that the file has; a prefix is no value. */
function otherPrefixes({ variables }: EnvFile): string {
  const prefixes = connectionPrefixes([...variables.keys()]).filter(
    (prefix) => prefix !== "",
  );
  return prefixes.length === 0
    ? ""
    : `, which has variables of a connection with the prefix ${prefixes.join(", ")}`;
}

/** The variable of each option that has one. */
function foundVariables(file: EnvFile, prefix: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const keyword of libpqKeywords) {
    const name = suffixesOf(keyword, prefix)
      .map((suffix) => prefix + suffix)
      .find((one) => file.variables.has(one));
    if (name !== undefined) {
      found.set(keyword, name);
    }
  }
  return found;
}

function suffixesOf(keyword: string, prefix: string): readonly string[] {
  // Under any other prefix, a service may be anything.
  if (/^service/.test(keyword) && !prefix.endsWith("PG")) {
    return [];
  }
  const libpq = libpqVariable(keyword).slice("PG".length);
  const upper = keyword.toUpperCase();
  const all = [...(spellings[keyword] ?? []), libpq, upper];
  return [...new Set(all)].filter((suffix) => suffix !== "");
}

function findUrl(
  { variables }: EnvFile,
  prefix: string,
  hasHost: boolean,
): string | null {
  const own = urlSuffixes.map((suffix) => prefix + suffix);
  // With a host of its own, the password in a URL of another name is not for that host.
  const names =
    prefix === ""
      ? ["DATABASE_URL", ...own]
      : hasHost
        ? own
        : [...own, "DATABASE_URL"];
  return names.find((name) => (variables.get(name) ?? "") !== "") ?? null;
}
