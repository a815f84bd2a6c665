import { isSocket, type ConnectionValues } from "./connectionValues";

/** What a server says about the connection that it is asked on. */
export interface NegotiatedTls {
  /** `TLSv1.3`; null for a connection that is not encrypted. */
  readonly version: string | null;
  /** True when an authority was compared with, whatever sslmode says. */
  readonly isVerified: boolean;
}

/** `TLSv1.3, verified (verify-full)`, `TLSv1.3, not verified (require)`, `not encrypted (prefer)`, or a socket's words. */
export function describeTls(
  {
    sslmode,
    host,
    options,
  }: Pick<ConnectionValues, "sslmode" | "host" | "options">,
  { version, isVerified }: NegotiatedTls,
): string {
  // Whatever is asked for: no server speaks TLS on a socket, and nobody can listen there.
  const isHere =
    (options["hostaddr"] ?? "") === "" && host.split(",").every(isSocket);
  if (version === null && isHere) {
    return "a socket of this machine";
  }
  if (version === null) {
    return `not encrypted (${sslmode})`;
  }
  const verified = !isVerified
    ? "not verified"
    : sslmode === "verify-full"
      ? "verified"
      : "authority verified, host name not";
  return `${version}, ${verified} (${sslmode})`;
}
