import assert from "node:assert/strict";
import fc from "fast-check";
import { nameWords } from "../../../src/core/credentials/nameWords";

describe("the words of a name", () => {
  it("are told by case and by what is between them", () => {
    for (const [name, words] of [
      ["dbRootPassword", "db root password"],
      ["DB_ROOT-PASSWORD", "db root password"],
      ["AWSSecretKey2Id", "aws secret key2 id"],
      ["s3.PWs", "s3 p ws"],
      ["contraseña", "contrase a"],
      ["\u212aey", "key"],
      ["__", ""],
    ] as const) {
      assert.equal(nameWords(name).join(" "), words);
    }
  });

  it("are not told by case where nearly every other letter is a capital", () => {
    assert.deepEqual(nameWords("dB_PaSsWoRd"), ["db", "password"]);
  });

  it("are what patterns say", () => {
    const names = fc.string({
      unit: fc.constantFrom(
        ...["a", "z", "A", "Z", "0", "9", "_", "-", " ", "ñ"],
        ...["\u017f", "\u212a", "\u0130"],
      ),
    });
    fc.assert(
      fc.property(names, (name) => {
        const isRagged = /[a-z][A-Z].*[a-z][A-Z]/.test(name);
        assert.deepEqual(
          nameWords(isRagged ? name.toLowerCase() : name),
          (isRagged ? name.toLowerCase() : name)
            .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
            .replaceAll(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
            .toLowerCase()
            .split(/[^a-z0-9]+/)
            .filter((word) => word !== ""),
        );
      }),
      { numRuns: 5000 },
    );
  });
});
