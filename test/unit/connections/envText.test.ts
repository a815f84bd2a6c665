import assert from "node:assert/strict";
import fc from "fast-check";
import { findEnvProblem } from "../../../src/core/connections/envText";
import { ViaductError } from "../../../src/core/errors/viaductError";
import { parseEnvText } from "../../../src/engine/environment";

const parse = (text: string): Record<string, string> =>
  Object.fromEntries(parseEnvText(text, "/x/.env"));

describe("env files", () => {
  it("reads what dotenv reads", () => {
    assert.deepEqual(
      parse(
        '# c\n\nexport A=1 # note\nB = \'it is # not\'\r\nC="two\\nlines"\nD=\nE: yes\nF=`b`\nG="a\nb"\nH=x',
      ),
      {
        A: "1",
        B: "it is # not",
        C: "two\nlines",
        D: "",
        E: "yes",
        F: "b",
        G: "a\nb",
        H: "x",
      },
    );
  });

  it("expands references to the same file, and to nothing else", () => {
    process.env["ENV_TEST_LEAK"] = "leaked";
    assert.deepEqual(
      parse(
        "HOST=db\nURL=postgresql://${HOST}:5432\nFALLBACK=${NONE:-x}\nLEAK=$ENV_TEST_LEAK\nHOST2=$HOST",
      ),
      {
        HOST: "db",
        URL: "postgresql://db:5432",
        FALLBACK: "x",
        LEAK: "$ENV_TEST_LEAK",
        HOST2: "db",
      },
    );
    delete process.env["ENV_TEST_LEAK"];
  });

  it("leaves a password with a dollar as it is written", () => {
    assert.deepEqual(parse("pw=abc\nA=pa$word\nB='x$pw'\nC=\"$9\"\nD=a$"), {
      pw: "abc",
      A: "pa$word",
      B: "x$pw",
      C: "$9",
      D: "a$",
    });
  });

  it("finds the first malformed line and shows none of it", () => {
    for (const [text, line] of [
      ["A=1\nthis is wrong secret", 2],
      ["A=1\n\n=secret", 3],
      ["A='secret\nB=2", 1],
      ['A="secret', 1],
      ["{\n}", 1],
    ] as const) {
      assert.equal(findEnvProblem(text)?.line, line, text);
      assert.throws(
        () => parse(text),
        (error: unknown) =>
          error instanceof ViaductError &&
          error.info.class === "envFileInvalid" &&
          !error.message.includes("secret"),
      );
    }
  });

  it("reads back every value that stands in single quotes", () => {
    const value = fc
      .string({ unit: "grapheme" })
      .filter((text) => !/['\\\r\n]/.test(text) && text.trim() === text);
    fc.assert(
      fc.property(value, (text) => {
        assert.deepEqual(parse(`BEFORE=1\nA='${text}'\nAFTER=2`), {
          BEFORE: "1",
          A: text,
          AFTER: "2",
        });
      }),
    );
  });

  it("never throws anything but its own error", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        try {
          parse(text);
        } catch (error) {
          assert.ok(error instanceof ViaductError, String(error));
        }
      }),
    );
  });
});
