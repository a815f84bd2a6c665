import type { ErrorClass } from "./errorInfo";

/** What went wrong between the TLS layers of server and client, in the user's terms. */
export interface TlsProblem {
  readonly class: ErrorClass;
  /** Says which problem it is; what the TLS layer itself says belongs behind it. */
  readonly sentence: string;
}

/** By the texts of libpq with OpenSSL, and of Node; by Node's codes where it has them. The most telling first. */
const problems: readonly (readonly [RegExp, ErrorClass, string])[] = [
  [
    /server does not support SSL|SSL was required/i,
    "tlsRefused",
    "The server does not offer TLS, and sslmode demands it.",
  ],
  [
    /requires a valid client certificate|alert certificate required/i,
    "tlsRefused",
    "The server demands a client certificate (sslcert, sslkey), and got none.",
  ],
  [
    /alert (?:unknown ca|bad certificate|unsupported certificate|certificate (?:revoked|expired|unknown)|decrypt error)/i,
    "tlsRefused",
    "The server does not accept the client certificate (sslcert).",
  ],
  [
    /alert protocol version|unsupported protocol|no protocols available|alert handshake failure|no shared cipher|invalid SSL protocol version range/i,
    "tlsRefused",
    "Server and client have no TLS version or cipher in common.",
  ],
  [
    /private key file ".*" (?:has group or world access|must be owned)|has group or world access/i,
    "connectionInvalid",
    "The key of the client certificate (sslkey) is not used, because others have access to it: chmod 0600.",
  ],
  [
    /could not (?:load private key file|read certificate file|open certificate file)|certificate present, but not private key|key values mismatch|bad decrypt|ERR_OSSL_BAD_DECRYPT|ERR_MISSING_PASSPHRASE|ERR_OSSL_[A-Z0-9_]*(?:MISMATCH|PEM|DECODER|NO_START_LINE)/i,
    "connectionInvalid",
    "The client certificate (sslcert) or its key (sslkey, sslpassword) cannot be used.",
  ],
  [
    /root certificate file ".*" does not exist|could not read root certificate file/i,
    "tlsUnverified",
    "There is no certificate of an authority to verify the server with (sslrootcert).",
  ],
  [
    /does not match host name|does not match certificate's altnames|ERR_TLS_CERT_ALTNAME/i,
    "tlsUnverified",
    "The server's certificate is for another host name.",
  ],
  [
    /certificate has expired|CERT_HAS_EXPIRED/i,
    "tlsUnverified",
    "The server's certificate has expired.",
  ],
  [
    /certificate is not yet valid|CERT_NOT_YET_VALID/i,
    "tlsUnverified",
    "The server's certificate is not valid yet, by the clock of this machine.",
  ],
  [
    /certificate revoked|CERT_REVOKED/i,
    "tlsUnverified",
    "The server's certificate was revoked.",
  ],
  [
    /self[- ]signed certificate|SELF_SIGNED_CERT|unable to get (?:local )?issuer|unable to verify the first|UNABLE_TO_(?:GET|VERIFY)/i,
    "tlsUnverified",
    "The server's certificate is from an authority that is not trusted here (sslrootcert).",
  ],
  [
    /certificate verify failed|unable to verify|root certificate|server certificate for/i,
    "tlsUnverified",
    "The server's certificate cannot be verified.",
  ],
];

/** The problem that a message of a connection that was not made is about; null when it is not about TLS. */
export function tlsProblem(message: string, code = ""): TlsProblem | null {
  const found = problems.find(([text]) => text.test(`${code} ${message}`));
  return found === undefined ? null : { class: found[1], sentence: found[2] };
}
