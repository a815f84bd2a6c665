/** libpq's options by keyword, each with the variable of the environment that libpq reads for it, if there is one. */
const variables: Readonly<Record<string, string>> = {
  host: "PGHOST",
  hostaddr: "PGHOSTADDR",
  port: "PGPORT",
  dbname: "PGDATABASE",
  user: "PGUSER",
  password: "PGPASSWORD",
  passfile: "PGPASSFILE",
  service: "PGSERVICE",
  servicefile: "PGSERVICEFILE",
  require_auth: "PGREQUIREAUTH",
  channel_binding: "PGCHANNELBINDING",
  connect_timeout: "PGCONNECT_TIMEOUT",
  client_encoding: "PGCLIENTENCODING",
  options: "PGOPTIONS",
  application_name: "PGAPPNAME",
  fallback_application_name: "",
  keepalives: "",
  keepalives_idle: "",
  keepalives_interval: "",
  keepalives_count: "",
  tcp_user_timeout: "",
  replication: "",
  gssencmode: "PGGSSENCMODE",
  sslmode: "PGSSLMODE",
  sslnegotiation: "PGSSLNEGOTIATION",
  sslcompression: "PGSSLCOMPRESSION",
  sslcert: "PGSSLCERT",
  sslkey: "PGSSLKEY",
  sslkeylogfile: "",
  sslpassword: "",
  sslcertmode: "PGSSLCERTMODE",
  sslrootcert: "PGSSLROOTCERT",
  sslcrl: "PGSSLCRL",
  sslcrldir: "PGSSLCRLDIR",
  sslsni: "PGSSLSNI",
  requirepeer: "PGREQUIREPEER",
  ssl_min_protocol_version: "PGSSLMINPROTOCOLVERSION",
  ssl_max_protocol_version: "PGSSLMAXPROTOCOLVERSION",
  min_protocol_version: "PGMINPROTOCOLVERSION",
  max_protocol_version: "PGMAXPROTOCOLVERSION",
  krbsrvname: "PGKRBSRVNAME",
  gsslib: "PGGSSLIB",
  gssdelegation: "PGGSSDELEGATION",
  scram_client_key: "",
  scram_server_key: "",
  target_session_attrs: "PGTARGETSESSIONATTRS",
  load_balance_hosts: "PGLOADBALANCEHOSTS",
  oauth_issuer: "",
  oauth_client_id: "",
  oauth_client_secret: "",
  oauth_scope: "",
};

/** Every option that libpq documents. */
export const libpqKeywords: readonly string[] = Object.keys(variables);

/** Options that are secrets: what stands in settings must not have them. */
export const secretKeywords: readonly string[] = [
  "password",
  "sslpassword",
  "oauth_client_secret",
  "scram_client_key",
  "scram_server_key",
];

/** True for an option of libpq's. */
export function isLibpqKeyword(keyword: string): boolean {
  return Object.hasOwn(variables, keyword);
}

/** The variable that libpq reads for an option; empty when there is none. */
export function libpqVariable(keyword: string): string {
  return variables[keyword] ?? "";
}

/** The words that an option may be, for those that have fixed ones. */
const words: Readonly<Record<string, readonly string[]>> = {
  sslmode: [
    "disable",
    "allow",
    "prefer",
    "require",
    "verify-ca",
    "verify-full",
  ],
  channel_binding: ["disable", "prefer", "require"],
  gssencmode: ["disable", "prefer", "require"],
  sslnegotiation: ["postgres", "direct"],
  sslcertmode: ["disable", "allow", "require"],
  target_session_attrs: [
    "any",
    "read-write",
    "read-only",
    "primary",
    "standby",
    "prefer-standby",
  ],
  load_balance_hosts: ["disable", "random"],
  ssl_min_protocol_version: ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"],
  ssl_max_protocol_version: ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"],
  sslsni: ["0", "1"],
  sslcompression: ["0", "1"],
  gssdelegation: ["0", "1"],
};

const numbers: ReadonlySet<string> = new Set([
  "connect_timeout",
  "keepalives",
  "keepalives_idle",
  "keepalives_interval",
  "keepalives_count",
  "tcp_user_timeout",
]);

/** Why an option cannot have a value, without the value; null when it can. */
export function optionProblem(keyword: string, value: string): string | null {
  if (value.includes("\0")) {
    return "has a NUL character";
  }
  if (keyword === "port") {
    const isPort = (one: string): boolean =>
      one === "" ||
      (/^\d{1,5}$/.test(one) && Number(one) >= 1 && Number(one) <= 65535);
    return value.split(",").every((one) => isPort(one.trim()))
      ? null
      : "is not a port number";
  }
  if (keyword === "replication") {
    return /^(?:false|off|no|0)$/i.test(value)
      ? null
      : "asks for a replication connection, which runs no queries";
  }
  const allowed = words[keyword];
  if (allowed !== undefined) {
    return allowed.includes(value) ? null : `is none of ${allowed.join(", ")}`;
  }
  return numbers.has(keyword) && !/^\s*[+-]?\d{1,9}\s*$/.test(value)
    ? "is not a whole number"
    : null;
}
