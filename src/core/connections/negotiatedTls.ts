import type { ConnectionValues } from "./connectionValues";

/** What a server says about the connection that it is asked on. */
export interface NegotiatedTls {
  /** `TLSv1.3`; null for a connection that is not encrypted. */
  readonly version: string | null;
  /** True when an authority was compared with, whatever sslmode says. */
  readonly isVerified: boolean;
}

/** `TLSv1.3, verified (verify-full)`, `TLSv1.3, not verified (require)`, `not encrypted (prefer)`. */
export function describeTls(
  { sslmode }: Pick<ConnectionValues, "sslmode">,
  { version, isVerified }: NegotiatedTls,
): string {
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
