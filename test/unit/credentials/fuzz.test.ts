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

  it("take time in proportion to the length", () => {
    const hostile = [
      "'",
      "://a:b@",
      "password=",
      "PASSWORD 'x",
      "CREATE SECRET (",
      "key: ",
      "# password: x\n",
      "'' || ",
    ];
    for (const unit of hostile) {
      const text = unit.repeat(Math.ceil(100_000 / unit.length));
      const begin = performance.now();
      lint(text, "sql");
      lint(text, "yaml");
      redactSql(text);
      // Quadratic would be minutes; the bound leaves room for a machine that is busy.
      assert.ok(performance.now() - begin < 10_000, JSON.stringify(unit));
    }
  });
});
