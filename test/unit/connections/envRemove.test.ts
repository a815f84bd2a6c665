import assert from "node:assert/strict";
import dotenv from "dotenv";
import fc from "fast-check";
import { appendEnv } from "../../../src/core/connections/envAppend";
import { removeEnv } from "../../../src/core/connections/envRemove";

describe("removing a variable from an env file", () => {
  for (const [before, after] of [
    ["A=1\nPW=x\nB=2\n", "A=1\nB=2\n"],
    ["A=1\r\nexport PW='x y' # why\r\nB=2\r\n", "A=1\r\nB=2\r\n"],
    ['PW="two\nlines"\nB=2\n', "B=2\n"],
    ["A=1\nPW=x", "A=1\n"],
    ["PW: x\nA=1", "A=1"],
    ["PW=first\nA=1\nPW=second\n", "A=1\n"],
    ["# PW=x\nPW2=y\nMY_PW=z\n", "# PW=x\nPW2=y\nMY_PW=z\n"],
    ['A="\nPW=inside\n"\nPW=x\n', 'A="\nPW=inside\n"\n'],
    ["PW=\nA=1\n", "A=1\n"],
    ["\n\nPW=x\n\nA=1\n", "\n\n\nA=1\n"],
  ] as const) {
    it(`makes ${JSON.stringify(after)} of ${JSON.stringify(before)}`, () => {
      assert.equal(removeEnv(before, "PW"), after);
    });
  }

  it("leaves every other variable with its value", () => {
    const value = fc
      .string({ maxLength: 20 })
      .filter((text) => !/['\\\r`"$]/.test(text));
    fc.assert(
      fc.property(value, value, value, (a, password, b) => {
        const text = appendEnv("# notes\n", [
          { name: "A", value: a },
          { name: "PW", value: password },
          { name: "B", value: b },
        ]);
        const { PW, ...others } = dotenv.parse(text);
        assert.equal(PW, password);
        assert.deepEqual(dotenv.parse(removeEnv(text, "PW")), others);
      }),
    );
  });
});
