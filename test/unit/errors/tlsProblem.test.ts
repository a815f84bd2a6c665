import assert from "node:assert/strict";
import { classifyDuckdbError } from "../../../src/core/errors/classifyDuckdb";
import { classifyPostgresError } from "../../../src/core/errors/classifyPostgres";

/** What libpq and Node say, as they say it, and what the user is told. */
const cases = [
  [
    'server certificate for "db.example" (and 1 other name) does not match host name "h"',
    "tlsUnverified",
    /another host name/,
  ],
  [
    "SSL error: certificate verify failed",
    "tlsUnverified",
    /cannot be verified/,
  ],
  [
    'root certificate file "/root.crt" does not exist',
    "tlsUnverified",
    /no certificate of an authority/,
  ],
  [
    "server does not support SSL, but SSL was required",
    "tlsRefused",
    /does not offer TLS/,
  ],
  ["SSL error: tlsv1 alert unknown ca", "tlsRefused", /client certificate/],
  [
    "SSL error: tlsv1 alert protocol version",
    "tlsRefused",
    /TLS version or cipher/,
  ],
  [
    "FATAL:  connection requires a valid client certificate",
    "tlsRefused",
    /demands a client certificate/,
  ],
  [
    'private key file "/k" has group or world access; file must have permissions u=rw (0600)',
    "connectionInvalid",
    /others have access/,
  ],
] as const;

describe("problems of TLS", () => {
  it("are told apart in what libpq says", () => {
    for (const [text, errorClass, sentence] of cases) {
      const error = classifyDuckdbError(
        `IO Error: Unable to connect to Postgres at "": connection to server at "h", port 1 failed: ${text}`,
      );
      assert.equal(error.class, errorClass, text);
      assert.match(error.message.split("\n")[0] ?? "", sentence);
      assert.ok(error.message.includes(text));
      assert.ok(error.actions.includes("editAttachment"), text);
    }
  });

  it("are told apart by Node's codes", () => {
    for (const [code, sentence] of [
      ["CERT_HAS_EXPIRED", /has expired/],
      ["CERT_NOT_YET_VALID", /not valid yet/],
      ["DEPTH_ZERO_SELF_SIGNED_CERT", /not trusted here/],
      ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", /not trusted here/],
      ["ERR_TLS_CERT_ALTNAME_INVALID", /another host name/],
    ] as const) {
      const error = classifyPostgresError({ message: "certificate", code });
      assert.equal(error.class, "tlsUnverified", code);
      assert.match(error.message, sentence, code);
      assert.ok(error.actions.includes("chooseSslMode"));
    }
  });

  it("are not seen in the text of a statement", () => {
    const error = classifyDuckdbError(
      "Catalog Error: Table with name certificate_has_expired does not exist!",
    );
    assert.equal(error.class, "catalog");
    const raised = classifyPostgresError({
      message: "certificate has expired",
      code: "P0001",
    });
    assert.equal(raised.message, "certificate has expired");
  });
});
