import assert from "node:assert/strict";
import fc from "fast-check";
import { isCredentialName } from "../../../src/core/credentials/keys";
import {
  countedWords,
  nameWords,
} from "../../../src/core/credentials/nameWords";

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

  it("are a credential's also where case tells none apart, and are counted without their number", () => {
    for (const name of ["dB_PaSsWoRd", "DbPaSsWoRd", "dbSaPw", "password_2"]) {
      assert.ok(isCredentialName(name), name);
    }
    assert.ok(!isCredentialName("noDbPw"));
    assert.deepEqual(countedWords("pass@10"), ["pass"]);
    assert.deepEqual(countedWords("10"), ["10"]);
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
        assert.deepEqual(
          nameWords(name),
          name
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
