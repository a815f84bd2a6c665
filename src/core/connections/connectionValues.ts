import { blamed, type ConnectionSettings } from "./connectionSettings";
import { optionProblem } from "./libpqOptions";

/** Everything that a connection to one PostgreSQL database needs. Lives in the engine process only. */
export interface ConnectionValues {
  /** Several with commas between them, as libpq has it; a folder for a socket. */
  readonly host: string;
  /** One for all hosts, or as many as there are hosts, with commas between them. */
  readonly port: string;
  readonly database: string;
  readonly user: string;
  /** Empty when the server asks for none. */
  readonly password: string;
  readonly sslmode: string;
  /** A file, `system`, or empty for libpq's own default. */
  readonly sslrootcert: string;
  /** What else the source says, by libpq's keywords. */
  readonly options: Readonly<Record<string, string>>;
  /** A password for each host, where a password file has more than one. */
  readonly hostPasswords?: readonly string[];
}

/** One server of a list. */
export interface ServerPlace {
  readonly host: string;
  /** Where to connect instead of asking for the host's address; empty for that. */
  readonly hostaddr: string;
  readonly port: string;
  readonly password: string;
}

/** What libpq takes from the machine for what a source leaves out. */
export interface MachineDefaults {
  readonly user: string;
  /** The folder of the socket for a port, or `localhost`. */
  readonly host: (port: string) => string;
}

/** Options that have a place of their own, or that are Viaduct's own to say. */
const handled: ReadonlySet<string> = new Set([
  ...["host", "port", "dbname", "user", "password", "sslmode", "sslrootcert"],
  ...["service", "servicefile", "replication"],
  // A cancel finds the backends of a run by their name; rows are read as UTF-8.
  ...["application_name", "fallback_application_name", "client_encoding"],
]);

/** True when a connection to this host cannot leave the machine. */
export function isLoopback(host: string): boolean {
  return (
    isSocket(host) ||
    host.toLowerCase() === "localhost" ||
    host === "::1" ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}

/** True for the folder of a socket, and for a socket of Linux's that has no file. */
export function isSocket(host: string): boolean {
  return (
    host.startsWith("/") || host.startsWith("@") || /^[a-z]:\\/i.test(host)
  );
}

/** The servers that values name, in their order. */
export function serverPlaces(
  values: Pick<
    ConnectionValues,
    "host" | "port" | "password" | "options" | "hostPasswords"
  >,
): readonly ServerPlace[] {
  const hosts = values.host.split(",");
  const addresses = (values.options["hostaddr"] ?? "").split(",");
  const ports = values.port.split(",");
  return Array.from(
    { length: Math.max(hosts.length, addresses.length) },
    (_, index) => ({
      host: (hosts[index] ?? "").trim(),
      hostaddr: (addresses[index] ?? "").trim(),
      port: (ports.length === 1 ? ports[0] : ports[index])?.trim() || "5432",
      password: values.hostPasswords?.[index] ?? values.password,
    }),
  );
}

/**
 * The values of a source, with libpq's defaults for what it leaves out, and TLS that is verified wherever a connection
 * leaves the machine. Throws an error that names the option and never its value.
 */
export function connectionValuesOf(
  settings: ConnectionSettings,
  machine: MachineDefaults,
): ConnectionValues {
  for (const [keyword, value] of settings.values) {
    const problem = value === "" ? null : optionProblem(keyword, value);
    if (problem !== null) {
      throw blamed(settings.blame(keyword), problem);
    }
  }
  const given = (keyword: string): string => settings.values.get(keyword) ?? "";
  const port = given("port") || "5432";
  const user = given("user") || machine.user;
  const hostaddr = given("hostaddr");
  const host =
    given("host") ||
    (hostaddr === "" ? machine.host(port.split(",")[0] ?? "") : hostaddr);
  const values = {
    host,
    port,
    database: given("dbname") || user,
    user,
    password: given("password"),
    options: Object.fromEntries(
      [...settings.values].filter(
        ([keyword, value]) => value !== "" && !handled.has(keyword),
      ),
    ),
  };
  checkCounts(settings, values);
  return { ...values, ...tlsOf(settings, values) };
}

/** libpq refuses lists of different lengths. */
function checkCounts(
  settings: ConnectionSettings,
  { host, port, options }: Pick<ConnectionValues, "host" | "port" | "options">,
): void {
  const hosts = host.split(",").length;
  const addresses = (options["hostaddr"] ?? host).split(",").length;
  const ports = port.split(",").length;
  if (addresses !== hosts) {
    throw blamed(
      settings.blame("hostaddr"),
      `names ${addresses} addresses for ${hosts} hosts`,
    );
  }
  if (ports !== 1 && ports !== hosts) {
    throw blamed(
      settings.blame("port"),
      `names ${ports} ports for ${hosts} hosts`,
    );
  }
}

function tlsOf(
  settings: ConnectionSettings,
  values: Parameters<typeof serverPlaces>[0],
): Pick<ConnectionValues, "sslmode" | "sslrootcert"> {
  const given = (keyword: string): string => settings.values.get(keyword) ?? "";
  const staysHere = serverPlaces(values).every(({ host, hostaddr }) =>
    isLoopback(hostaddr === "" ? host : hostaddr),
  );
  const isSystem = given("sslrootcert") === "system";
  const sslmode =
    given("sslmode") || (staysHere && !isSystem ? "prefer" : "verify-full");
  if (isSystem && sslmode !== "verify-full") {
    throw blamed(
      settings.blame("sslmode"),
      "is weaker than verify-full, which sslrootcert=system demands: anyone can have a certificate of these authorities",
    );
  }
  if (
    given("sslnegotiation") === "direct" &&
    !/^(?:require|verify)/.test(sslmode)
  ) {
    throw blamed(
      settings.blame("sslnegotiation"),
      "demands TLS from the start, and sslmode does not",
    );
  }
  // Without a file of its own, verify-full trusts what the machine trusts; libpq alone would look for ~/.postgresql.
  const sslrootcert =
    given("sslrootcert") || (sslmode === "verify-full" ? "system" : "");
  return { sslmode, sslrootcert };
}
