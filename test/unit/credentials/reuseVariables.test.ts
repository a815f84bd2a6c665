import assert from "node:assert/strict";
import fc from "fast-check";
import { appendEnv, envNames } from "../../../src/core/connections/envAppend";
import {
  envFileHas,
  reuseVariables,
} from "../../../src/core/credentials/fix/reuseVariables";

const edits = [{ newText: "PASSWORD getenv('S_PASSWORD_2')" }];
const env = [{ name: "S_PASSWORD_2", value: "k7Lp0q2" }];

function reuse(file: string, document = "SELECT 1") {
  return reuseVariables(
    { edits, env },
    document,
    envFileHas(file),
    envNames(file),
  );
}

describe("reuseVariables", () => {
  it("takes the variable that has the value, and adds none", () => {
    for (const file of [
      "S_PASSWORD=k7Lp0q2",
      "A=1\r\nexport S_PASSWORD='k7Lp0q2' # the one\r\n",
    ]) {
      const { plan, names } = reuse(file);
      assert.deepEqual(plan.edits, [
        { newText: "PASSWORD getenv('S_PASSWORD')" },
      ]);
      assert.deepEqual(plan.env, []);
      assert.deepEqual(names, ["S_PASSWORD"]);
    }
  });

  it("adds one where the value, or whose it is, is another", () => {
    for (const file of [
      "S_PASSWORD=k7Lp0q3",
      "T_PASSWORD=k7Lp0q2",
      "# S_PASSWORD=k7Lp0q2",
      "S_PASSWORD=k7Lp0q2\nS_PASSWORD=k7Lp0q3",
      "",
    ]) {
      const { plan, names } = reuse(file);
      assert.deepEqual(plan, { edits, env }, file);
      assert.deepEqual(names, ["S_PASSWORD_2"]);
    }
  });

  it("leaves a name alone that the document has for something else", () => {
    const { plan } = reuse("S_PASSWORD=k7Lp0q2", "SELECT 's_password_2'");
    assert.equal(plan.env.length, 0);
    assert.equal(
      reuse("S_PASSWORD=k7Lp0q2", "SELECT 'S_PASSWORD_2'").plan.env.length,
      1,
    );
  });

  it("makes one of two variables of the same plan that are the same", () => {
    const { plan, names } = reuseVariables(
      {
        edits: [{ newText: "getenv('S_PASSWORD') getenv('S_PASSWORD_2')" }],
        env: [
          { name: "S_PASSWORD", value: "a b" },
          { name: "S_PASSWORD_2", value: "a b" },
          { name: "S_PASSWORD_3", value: "c" },
        ],
      },
      "",
      () => false,
      [],
    );
    assert.deepEqual(
      plan.env.map(({ name }) => name),
      ["S_PASSWORD", "S_PASSWORD_3"],
    );
    assert.equal(
      plan.edits[0]?.newText,
      "getenv('S_PASSWORD') getenv('S_PASSWORD')",
    );
    assert.deepEqual(names, ["S_PASSWORD", "S_PASSWORD_3"]);
  });

  it("finds whatever value it was that was moved there before, and no other", () => {
    const value = fc.string({
      unit: fc.constantFrom("'", '"', "$", "\\", "#", "é", " ", "a", "{", "`"),
      minLength: 1,
    });
    fc.assert(
      fc.property(value, value, (secret, other) => {
        let file: string;
        try {
          file = appendEnv("A=1\n", [{ name: "S", value: secret }]);
        } catch {
          // No env file can hold it.
          return;
        }
        const has = envFileHas(file);
        assert.ok(has("S", secret));
        assert.equal(has("S", other), other === secret);
      }),
      { numRuns: 500 },
    );
  });
});
