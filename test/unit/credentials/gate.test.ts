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
          assert.equal(search.over(content).next(0)?.start ?? -1, at);
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("finds a literal wherever it stands in a text of several windows", () => {
    const search = new LiteralSearch(
      words.map((word) => ({ text: word.toLowerCase(), anyCase: true })),
    );
    for (const word of words) {
      for (const blank of ["z", "\u00e9", "\u2028"]) {
        for (const before of [0, 1, 62, 63, 4093, 4094, 4095, 4096, 8191]) {
          const content = blank.repeat(before) + word + blank.repeat(100);
          assert.equal(search.over(content).next(0)?.start, before);
          assert.equal(search.isIn(content.replace(word, "")), false);
        }
      }
    }
  });

  it("keeps nothing of a text that it looked through", () => {
    const search = new LiteralSearch([{ text: "zz", anyCase: false }]);
    for (const length of [64, 100, 4095, 4096, 5000, 9000]) {
      search.isIn("password k7Lp0q2 ".repeat(length).slice(0, length));
      assert.ok(search.window.fours.every((four) => four === 0));
    }
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

  /** What is found where no statement is passed by: each by itself, or all of one statement. */
  function assertNothingLeftOut(content: string): void {
    assert.deepEqual(
      judgeSql(content, defaultLintOptions).judged,
      new SqlLint(content, defaultLintOptions).judged(),
    );
  }

  it("leaves no statement out that has a finding", () => {
    fc.assert(fc.property(text, assertNothingLeftOut), { numRuns: 2000 });
  });

  it("leaves none out in any case, in look-alikes, over the borders of statements and in long texts", () => {
    const statements = [
      "CREATE USER u PASSWORD 'k7Lp0q2'",
      "SET s3_secret_access_key = 'k7Lp0q2'",
      "ATTACH 'postgres://u:k7Lp0q2@h/d'",
      "SELECT dblink('host=h user=u password=k7Lp0q2')",
      "\\set pw k7Lp0q2\n",
      "-- password: k7Lp0q2\n",
    ];
    const odd = (word: string, seed: number): string =>
      word.replaceAll(/[a-z]/gi, (letter, at: number) => {
        const turn = (seed >> (at % 30)) & 3;
        const other = turn === 0 ? letter.toUpperCase() : letter.toLowerCase();
        // The long s and the Kelvin sign are letters of no keyword.
        return turn === 3 && seed % 5 === 0
          ? ({ s: "\u017f", k: "\u212a" }[other.toLowerCase()] ?? other)
          : other;
      });
    const odder = fc
      .tuple(fc.constantFrom(...statements), fc.nat(2 ** 30))
      .map(([statement, seed]) => odd(statement, seed));
    const between = fc.oneof(
      {
        weight: 8,
        arbitrary: fc.constantFrom(";", ";\n", "\n", " ", "'", "/*"),
      },
      {
        weight: 1,
        arbitrary: fc.constantFrom("$$", "pass", "word", "é;", "E'"),
      },
      {
        weight: 1,
        arbitrary: fc
          .constantFrom(300, 16_380)
          .map((length) => `${"a ".repeat(length / 2)};`),
      },
    );
    const contents = fc
      .array(fc.tuple(odder, between), { maxLength: 5 })
      .map((pieces) => pieces.flat().join(""));
    let withFindings = 0;
    fc.assert(
      fc.property(contents, (content) => {
        assertNothingLeftOut(content);
        const { length } = judgeSql(content, defaultLintOptions).judged;
        withFindings += length > 0 ? 1 : 0;
      }),
      { numRuns: 250 },
    );
    assert.ok(withFindings > 50, `${withFindings} texts had findings`);
  });
});
