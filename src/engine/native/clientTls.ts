import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import {
  checkServerIdentity,
  rootCertificates,
  type ConnectionOptions,
  type SecureVersion,
} from "node:tls";
import { isIP } from "node:net";
import {
  isSocket,
  type ConnectionValues,
  type ServerPlace,
} from "../../core/connections/connectionValues";
import { configFolder } from "../sources/libpqEnvironment";

/** Where Linux distributions keep the authorities that the machine trusts; elsewhere Node's own list has to do. */
const systemStores = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/cert.pem",
];

/** How TLS is to be done with a server, as libpq would; false for not at all. */
export function tlsOptions(
  values: ConnectionValues,
  place: ServerPlace,
): ConnectionOptions | false {
  // A socket never leaves the machine, and no server speaks TLS on one; an address beside its name does leave it.
  const isHere = place.hostaddr === "" && isSocket(place.host);
  if (values.sslmode === "disable" || isHere) {
    return false;
  }
  const { options } = values;
  const minimum = options["ssl_min_protocol_version"] ?? "TLSv1.2";
  const maximum = options["ssl_max_protocol_version"];
  return {
    ...verification(values, place),
    ...clientCertificate(values),
    ...revocations(options),
    ...(isIP(place.host) === 0 && place.host !== "" && options["sslsni"] !== "0"
      ? { servername: place.host }
      : {}),
    minVersion: minimum as SecureVersion,
    ...(maximum === undefined ? {} : { maxVersion: maximum as SecureVersion }),
  };
}

function verification(
  values: ConnectionValues,
  { host, hostaddr }: ServerPlace,
): ConnectionOptions {
  const { sslmode } = values;
  const rootcert = rootCertificate(values);
  if (sslmode === "verify-full") {
    const name = host === "" ? hostaddr : host;
    return {
      ca: authorities(rootcert),
      rejectUnauthorized: true,
      checkServerIdentity: (_, certificate) =>
        checkServerIdentity(name, certificate),
    };
  }
  // As in libpq: an authority that is given is used, also when verification was not asked for.
  const isAsked = sslmode === "verify-ca";
  const isGiven = sslmode === "require" && rootcert !== "";
  return isAsked || isGiven
    ? {
        ca: authorities(rootcert),
        rejectUnauthorized: true,
        checkServerIdentity: () => undefined,
      }
    : { rejectUnauthorized: false };
}

/** True when the certificate of the server is compared with an authority, whatever sslmode says. */
export function isVerified(values: ConnectionValues): boolean {
  return (
    values.sslmode.startsWith("verify-") ||
    (values.sslmode === "require" && rootCertificate(values) !== "")
  );
}

function rootCertificate({ sslrootcert }: ConnectionValues): string {
  return sslrootcert === "" ? ofUser("root.crt") : sslrootcert;
}

/** A file in the place where libpq looks for it; empty when it is not there. */
function ofUser(name: string): string {
  const folder =
    process.platform === "win32"
      ? configFolder()
      : path.join(configFolder(), ".postgresql");
  const file = path.join(folder, name);
  return existsSync(file) ? file : "";
}

function clientCertificate({ options }: ConnectionValues): ConnectionOptions {
  const cert = options["sslcert"] ?? ofUser("postgresql.crt");
  const key = options["sslkey"] ?? ofUser("postgresql.key");
  if (options["sslcertmode"] === "disable" || cert === "" || key === "") {
    return {};
  }
  const passphrase = options["sslpassword"];
  return {
    cert: readFileSync(cert),
    key: readFileSync(key),
    ...(passphrase === undefined ? {} : { passphrase }),
  };
}

function revocations(
  options: Readonly<Record<string, string>>,
): ConnectionOptions {
  const folder = options["sslcrldir"];
  const files = [
    ...(options["sslcrl"] === undefined ? [] : [options["sslcrl"]]),
    ...(folder === undefined
      ? []
      : readdirSync(folder).map((name) => path.join(folder, name))),
  ];
  return files.length === 0
    ? {}
    : { crl: files.map((file) => readFileSync(file)) };
}

function authorities(sslrootcert: string): string[] {
  if (sslrootcert !== "system" && sslrootcert !== "") {
    return [readFileSync(sslrootcert, "utf8")];
  }
  const files = [process.env["SSL_CERT_FILE"], ...systemStores];
  const store = files.find((file) => file !== undefined && existsSync(file));
  return store === undefined
    ? [...rootCertificates]
    : [readFileSync(store, "utf8")];
}
