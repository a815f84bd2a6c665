import assert from "node:assert/strict";
import fc from "fast-check";
import { lint } from "../../../src/core/credentials/lint";
import { redactSql } from "../../../src/core/credentials/redactSql";
import { unmark } from "./marked";
import { sqlCredentials, sqlHarmless } from "./sqlContexts";
import { yamlCredentials, yamlHarmless } from "./yamlContexts";

const fixtures = [
  ...sqlCredentials,
  ...sqlHarmless,
  ...yamlCredentials,
  ...yamlHarmless,
].map((marked) => unmark(marked).text);

const pieces = [
  ...[
    "'",
    '"',
    "$$",
    "--",
    "/*",
    "*/",
    "\n",
    "\\",
    ";",
    "{{",
    "}}",
    "(",
    ")",
    "://",
    "@",
    ":",
    "=",
    "||",
    "#",
  ],
  ...[
    "PASSWORD ",
    "CREATE SECRET ",
    "password: ",
    "- ",
    "|\n  ",
    "${X:-",
    "IDENTIFIED BY ",
    "&a ",
    "*a ",
    "!t ",
  ],
];

/** Any text, a fixture that was cut at random, or fixtures with pieces of syntax in between. */
const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .tuple(fc.constantFrom(...fixtures), fc.nat(), fc.nat())
    .map(([text, from, to]) =>
      text.slice(from % (text.length + 1), to % (text.length + 1)),
    ),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...pieces),
        fc.constantFrom(...fixtures),
        fc.string({ maxLength: 8 }),
      ),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join("")),
);

describe("lint and redactSql on any text", () => {
  it("do not throw, and point into the text", () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const language of ["sql", "yaml"] as const) {
          let end = 0;
          for (const { range } of lint(text, language)) {
            assert.ok(
              range.start >= 0 &&
                range.end > range.start &&
                range.end <= text.length,
            );
            assert.ok(range.start >= end, "no finding over another");
            ({ end } = range);
          }
        }
        redactSql(text);
      }),
      { numRuns: 1500 },
    );
  });
});
