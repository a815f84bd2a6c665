import assert from "node:assert/strict";
import fc from "fast-check";
import { Hints, mayHoldCredential } from "../../../src/core/credentials/gate";
import { LiteralSearch } from "../../../src/core/credentials/literalSearch";
import { judgeSql, SqlLint } from "../../../src/core/credentials/sqlLint";
import { defaultLintOptions } from "../../../src/core/credentials/options";

const words = ["pw", "pass", "Secret", "://", ":AA", "sk-", "a.b"];
const piece = fc.oneof(
  fc.constantFrom(...words, ...words.map((word) => word.toUpperCase())),
  fc.constantFrom(...words).map((word) => word.slice(1)),
  fc.string({ unit: "binary", maxLength: 3 }),
  fc.constantFrom(";", "\n", "'", "$$", " password 'k7Lp0q2'", "/*", "*/"),
);
const text = fc
  .array(piece, { maxLength: 20 })
  .map((pieces) => pieces.join(""));

describe("the search for what may be a credential", () => {
  it("finds a literal wherever a plain search does", () => {
    fc.assert(
      fc.property(text, fc.constantFrom(...words), (content, word) => {
        for (const anyCase of [false, true]) {
          const wanted = anyCase ? word.toLowerCase() : word;
          const lower = (all: string): string =>
            all.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
          const at = (anyCase ? lower(content) : content).indexOf(wanted);
          const search = new LiteralSearch([{ text: wanted, anyCase }]);
          assert.equal(search.next(content, 0)?.start ?? -1, at);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("says of each part of a text what it says of the part alone", () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (parts) => {
        const hints = new Hints(parts.map((part) => `${part};`).join(""));
        let start = 0;
        for (const part of parts) {
          const end = start + part.length + 1;
          assert.equal(
            hints.isIn({ start, end }),
            mayHoldCredential(`${part};`),
          );
          start = end;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("leaves no statement out that has a finding", () => {
    fc.assert(
      fc.property(text, (content) => {
        assert.deepEqual(
          judgeSql(content, defaultLintOptions),
          new SqlLint(content, defaultLintOptions).judged(),
        );
      }),
      { numRuns: 2000 },
    );
  });
});
