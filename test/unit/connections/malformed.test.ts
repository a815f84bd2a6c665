import assert from "node:assert/strict";
import fc from "fast-check";
import { parseConnection } from "../../../src/core/connections/connectionText";
import { connectionValuesOf } from "../../../src/core/connections/connectionValues";
import { envSettings } from "../../../src/core/connections/envVariables";
import { findPassword } from "../../../src/core/connections/passFile";
import {
  readService,
  serviceNames,
} from "../../../src/core/connections/serviceFile";
import { ViaductError } from "../../../src/core/errors/viaductError";
import { parseEnvText } from "../../../src/engine/environment";

const canary = "c4nary$pw@x:y/z%41";
const plainCanary = "hunter2secret";
const machine = { user: "me", host: () => "localhost" };
const blame = { errorClass: "connectionInvalid", subject: "It" } as const;

/** Pieces that parsers stumble over. */
const piece = fc.oneof(
  fc.constantFrom(
    ...["'", '"', "`", "\\", "=", " ", "\t", "\n", "\r\n", "\r", "\0", "#"],
    ...["$", "${", "}", "$(", "%", "%zz", "%00", "@", ":", "/", "//", "?", "&"],
    ...[",", "[", "]", "[x]", "\uFEFF", "\ud800", "é", "export ", "password="],
    ...["host=", "postgres://", "sslmode=x", "port=99999", "service=s"],
  ),
  fc.string({ unit: "binary", maxLength: 6 }),
);

/** A text in which pieces were put in and cut out. */
const malformed = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.nat(text.length),
        cut: fc.integer({ min: 0, max: 3 }),
        put: piece,
      }),
      { minLength: 1, maxLength: 6 },
    )
    .map((changes) =>
      changes.reduce(
        (result, { at, cut, put }) =>
          result.slice(0, at) + put + result.slice(at + cut),
        text,
      ),
    );

const tellsNothing = (
  text: string,
  secret: string,
  read: (changed: string) => void,
): void => {
  fc.assert(
    fc.property(malformed(text), (changed) => {
      try {
        read(changed);
      } catch (error) {
        assert.ok(error instanceof ViaductError, String(error));
        assert.ok(error.info.message.length > 10);
        assert.ok(
          !JSON.stringify(error.info).includes(secret),
          error.info.message,
        );
      }
    }),
    { numRuns: 10_000 },
  );
};

const readConnection = (text: string): void => {
  connectionValuesOf(
    { values: parseConnection(text, blame), blame: () => blame },
    machine,
  );
};

describe("malformed connections give one clear error and no secret", () => {
  it("in 10,000 env files", () => {
    const text = `POSTGRES_HOST=h\nexport POSTGRES_USER="u" # c\nPOSTGRES_DB=d\nPOSTGRES_PASSWORD='${canary}'\nX=\${POSTGRES_DB:-y}\n`;
    tellsNothing(text, canary, (changed) => {
      const variables = parseEnvText(changed, "/e");
      const placeOf = () => ({ path: "/e", line: 0, column: 0 });
      connectionValuesOf(
        envSettings({ path: "/e", variables, placeOf }, "POSTGRES_"),
        machine,
      );
    });
  });

  it("in 10,000 service files", () => {
    const text = `# c\n[s]\nhost=h\nport=5432\npassword=${canary}\nsslmode=require\n\n[t]\nhost=x\n`;
    tellsNothing(text, canary, (changed) => {
      assert.ok(Array.isArray(serviceNames(changed)));
      const settings = readService(changed, "s", "/s");
      if (settings !== null) {
        connectionValuesOf(settings, machine);
      }
    });
  });

  it("in 10,000 password files", () => {
    const text = `# c\nh:5432:*:u:${canary}\n*:*:d:u:a\\:b\n`;
    const key = { host: "h", port: "5432", database: "d", user: "u" };
    tellsNothing(text, canary, (changed) => {
      const found = findPassword(changed, key);
      assert.ok(found === null || typeof found === "string");
    });
  });

  it("in 10,000 URIs", () => {
    for (const secret of [canary, plainCanary]) {
      const encoded = encodeURIComponent(secret);
      tellsNothing(
        `postgresql://u:${encoded}@h1:5432,[::1]:1/d?sslmode=require&password=${encoded}&options=-c%20a%3Db`,
        secret,
        readConnection,
      );
      tellsNothing(`postgresql://u:${secret}@h/d`, secret, readConnection);
    }
  });

  it("in 10,000 key/value strings", () => {
    for (const secret of [canary, plainCanary]) {
      tellsNothing(
        `host=h port = 5432 password='${secret}' sslpassword=${secret} dbname='postgres://u:${secret}@h/d'`,
        secret,
        readConnection,
      );
    }
  });
});
