import assert from "node:assert/strict";
import fc from "fast-check";
import { Redactor } from "../../../src/core/errors/redactor";

describe("redaction", () => {
  it("removes a known secret in every form", () => {
    const secret = fc
      .string({ minLength: 4, maxLength: 20 })
      .filter((text) => text.trim().length >= 4 && !text.includes("•"));
    fc.assert(
      fc.property(secret, fc.string(), (password, around) => {
        const redactor = new Redactor();
        redactor.add(password);
        const forms = [
          password,
          encodeURIComponent(password),
          JSON.stringify(password).slice(1, -1),
          password.replaceAll("'", "''"),
        ];
        for (const form of forms) {
          const text = redactor.redact(`${around} ${form} ${around}`);
          assert.ok(!text.includes(password), text);
        }
      }),
    );
  });

  it("removes what looks like a password, and leaves the rest readable", () => {
    const redactor = new Redactor();
    redactor.add("postgres", ["postgres"]);
    redactor.add("abc");
    for (const [text, expected] of [
      ["host=x password=s3cret user=y", "host=x password=••• user=y"],
      ["PASSWORD 'a''b', HOST 'x'", "PASSWORD •••, HOST 'x'"],
      ["postgresql://u:p@w:x@host/db", "postgresql://u:•••@host/db"],
      ["postgresql://u@host/db", "postgresql://u@host/db"],
      ['{"password":"x"}', '{"password":•••}'],
      ["the postgres extension abc", "the postgres extension abc"],
      [
        'FATAL:  password authentication failed for user "x"',
        'FATAL:  password authentication failed for user "x"',
      ],
      [
        "The variable POSTGRES_PASSWORD is not in /x/.env.",
        "The variable POSTGRES_PASSWORD is not in /x/.env.",
      ],
    ] as const) {
      assert.equal(redactor.redact(text), expected);
    }
  });
});
