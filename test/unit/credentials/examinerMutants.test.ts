import assert from "node:assert/strict";
import { classifyValue } from "../../../src/core/credentials/classify";
import { lint } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";

/** One text for each entry of a table of which no other test noticed that it was gone. */
const credentials = [
  "SET PASSWORD = OLD_PASSWORD('«k7Lp0q2»')",
  "SELECT vault.update_secret('id', '«k7Lp0q2»')",
  "EXEC sp_addlogin 'l', '«k7Lp0q2»', 'd'",
  "EXEC sp_addapprole 'r', '«k7Lp0q2»'",
  "EXEC sp_password '«k7Lp0q2»', '«m9Xw4Zr8»', 'l'",
  "CREATE STAGE s PASSWORD = '«k7Lp0q2»'",
  "CREATE CATALOG c PASSWORD = '«k7Lp0q2»'",
];

describe("lint of what mutants of its tables got through", () => {
  for (const marked of credentials) {
    it(`finds what is marked in ${marked}`, () => {
      const { text, ranges } = unmark(marked);
      const found = lint(text, "sql").map(({ range }) => range);
      assert.deepEqual(found, ranges);
    });
  }

  for (const [value, expected] of [
    ["age1qyqszqgpqyqszqgp", "encrypted"],
    ["AQICAHk7Lp0q2m9Xw4", "encrypted"],
    ["secure:k7Lp0q2m9Xw4", "encrypted"],
    ["doppler:k7Lp0q2", "secretRef"],
    ["projects/p1/secrets/db", "secretRef"],
    ["tbd", "placeholder"],
    ["fixme", "placeholder"],
    ["masked", "placeholder"],
    ["paste-it", "placeholder"],
  ] as const) {
    it(`takes ${value} for ${expected}`, () => {
      const found = classifyValue(value, { key: "password", language: "sql" });
      assert.equal(found, expected);
    });
  }
});
