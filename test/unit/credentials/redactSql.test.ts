import assert from "node:assert/strict";
import { mask, redactSql } from "../../../src/core/credentials/redactSql";
import { unmark } from "./marked";
import { sqlCredentials } from "./sqlContexts";

describe("redactSql", () => {
  for (const marked of sqlCredentials) {
    it(`masks ${JSON.stringify(marked)}`, () => {
      const { text, ranges } = unmark(marked);
      const redacted = redactSql(text);
      for (const { start, end } of ranges) {
        const value = text.slice(start, end);
        // `pass` is a part of other words of its statement.
        assert.ok(
          value === "pass"
            ? redacted.includes(`user:${mask}@`)
            : !redacted.includes(value),
          redacted,
        );
      }
    });
  }

  const more = [
    "CREATE ROLE a PASSWORD 'k7Lp0q2",
    "CREATE ROLE a PASSWORD $$k7Lp0q2",
    "SELECT * FROM users WHERE password = 'k7Lp0q2'",
    "ATTACH 'host=h password=k7Lp0q2",
    "postgres://u:k7Lp0q2@h",
    "CREATE ROLE a PASSWORD 'postgres-k7Lp0q2'",
    "INSERT INTO t (a) VALUES ('ghp_k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4')",
  ];
  for (const text of more) {
    it(`masks ${JSON.stringify(text)}`, () => {
      assert.ok(!redactSql(text).includes("k7Lp0q2"), redactSql(text));
    });
  }

  it("leaves everything else as it is", () => {
    for (const text of [
      "SELECT a, 'b' FROM t WHERE c = $1 -- note",
      "CREATE SECRET s (TYPE postgres, HOST 'h', PASSWORD getenv('X'))",
      "ATTACH '' AS a (TYPE postgres, SECRET s)",
    ]) {
      assert.equal(redactSql(text), text);
    }
  });

  it("gives every value the same length", () => {
    const texts = ["k7", "k7Lp0q2m9Xw4Zr8T"].map((value) =>
      redactSql(`CREATE ROLE a PASSWORD '${value}'`),
    );
    assert.equal(texts[0], texts[1]);
  });
});
