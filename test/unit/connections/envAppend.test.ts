import assert from "node:assert/strict";
import { parse } from "dotenv";
import fc from "fast-check";
import { appendEnv, envNames } from "../../../src/core/connections/envAppend";
import { readDotenv } from "../../../src/core/connections/dotenvText";
import { ViaductError } from "../../../src/core/errors/viaductError";
import { parseEnvText } from "../../../src/engine/environment";

describe("appendEnv", () => {
  it("adds lines at the end and leaves the rest as it is", () => {
    assert.equal(
      appendEnv("# mine\nA=1", [{ name: "B", value: "k7 $x#y" }]),
      "# mine\nA=1\nB='k7 $x#y'\n",
    );
    assert.equal(appendEnv("", [{ name: "B", value: "x" }]), "B=x\n");
    assert.equal(
      appendEnv("A=1\r\n", [{ name: "B", value: "it's" }]),
      `A=1\r\nB="it's"\r\n`,
    );
  });

  it("is read back as exactly the value by the engine, whatever it is", () => {
    const value = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.string({
        unit: fc.constantFrom(
          "'",
          '"',
          "`",
          "$",
          "\\",
          "#",
          " ",
          "a",
          "{",
          "}",
          "\n",
          "\r",
          "n",
          "é",
          "\u2028",
          "😀",
        ),
        minLength: 1,
      }),
    );
    fc.assert(
      fc.property(value, (secret) => {
        let text: string;
        try {
          text = appendEnv("FIRST=1\n", [{ name: "SECRET", value: secret }]);
        } catch (error) {
          assert.ok(error instanceof ViaductError);
          return;
        }
        const variables = parseEnvText(text, "test.env");
        assert.equal(variables.get("SECRET"), secret);
        assert.equal(variables.get("FIRST"), "1");
      }),
      { numRuns: 2_000 },
    );
  });

  it("writes what plain dotenv reads, too, where no dollar has to be escaped", () => {
    const value = fc.string({
      unit: fc.constantFrom("'", '"', "`", "\\", "#", " ", "=", "n", "é", "\n"),
      minLength: 1,
    });
    fc.assert(
      fc.property(value, (secret) => {
        let text: string;
        try {
          text = appendEnv("", [{ name: "SECRET", value: secret }]);
        } catch (error) {
          assert.ok(error instanceof ViaductError);
          return;
        }
        assert.equal(parse(text)["SECRET"], secret);
        assert.deepEqual(readDotenv(text), new Map([["SECRET", secret]]));
      }),
      { numRuns: 2_000 },
    );
  });

  it("holds every mix of one line, and what people's passwords are made of", () => {
    for (const secret of [
      "a'b$c",
      "p'w\nd",
      "c:\\x\\",
      "pa$$wörd{}",
      " both ends ",
      "-----BEGIN KEY-----\nab+/=\n-----END KEY-----\n",
      "a\r\nb",
    ]) {
      const text = appendEnv("", [{ name: "SECRET", value: secret }]);
      assert.equal(parseEnvText(text, "test.env").get("SECRET"), secret, text);
    }
  });

  it("adds nothing behind a quote that is open, which would take it in", () => {
    assert.throws(
      () => appendEnv("A='open\n", [{ name: "B", value: "x y'z" }]),
      ViaductError,
    );
  });

  it("refuses only values with a mix that dotenv cannot hold", () => {
    assert.throws(
      () => appendEnv("", [{ name: "X", value: "'`\"" }]),
      ViaductError,
    );
    assert.doesNotThrow(() => appendEnv("", [{ name: "X", value: `a'b"c` }]));
  });
});

describe("envNames", () => {
  it("names what is assigned", () => {
    assert.deepEqual(envNames("A=1\n export B = 2\n# C=3\nD='x'\n"), [
      "A",
      "B",
      "D",
    ]);
  });
});
