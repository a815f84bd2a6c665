import assert from "node:assert/strict";
import { ignoreFinding } from "../../../src/core/credentials/fix/ignoreFinding";
import type { LintLanguage } from "../../../src/core/credentials/language";
import { lint } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";
import { sqlCredentials } from "./sqlContexts";
import { yamlCredentials } from "./yamlContexts";

/** The text with the first finding ignored; null when that is not offered. */
function ignored(text: string, language: LintLanguage): string | null {
  const [finding] = lint(text, language);
  assert.ok(finding !== undefined, text);
  const edit = ignoreFinding(text, language, finding);
  return edit === null
    ? null
    : `${text.slice(0, edit.range.start)}${edit.before} because${edit.after}${text.slice(edit.range.end)}`;
}

describe("ignoreFinding", () => {
  it("silences a finding in place with a reason, changes nothing else, and is offered nearly everywhere", () => {
    let refused = 0;
    let all = 0;
    for (const [language, texts] of [
      ["sql", sqlCredentials],
      ["yaml", yamlCredentials],
    ] as const) {
      for (const marked of texts) {
        for (const lineBreak of ["\n", "\r\n"]) {
          const text = unmark(marked).text.replaceAll("\n", lineBreak);
          const before = lint(text, language);
          const after = before.length === 0 ? null : ignored(text, language);
          all += 1;
          if (after === null) {
            refused += before.length === 0 ? 0 : 1;
            continue;
          }
          const rules = lint(after, language).map(({ rule }) => rule);
          assert.ok(
            rules.length < before.length && !rules.includes("CX305"),
            `${JSON.stringify(after)} ${rules.join()}`,
          );
        }
      }
    }
    assert.ok(refused < all / 50, `${refused} of ${all}`);
  });

  const cases: readonly (readonly [LintLanguage, string, string | null])[] = [
    [
      "sql",
      "CREATE ROLE a PASSWORD 'k7Lp0q2';\r\nSELECT 1",
      "CREATE ROLE a PASSWORD 'k7Lp0q2'; -- credlint:ignore CS101 because\r\nSELECT 1",
    ],
    [
      "sql",
      "SELECT format('ALTER ROLE a PASSWORD %L', 'k7Lp0q2') \\gexec",
      "-- credlint:ignore CS110 because\nSELECT format('ALTER ROLE a PASSWORD %L', 'k7Lp0q2') \\gexec",
    ],
    [
      "sql",
      "  ATTACH 'host=h\n password=k7Lp0q2\n dbname=d' AS a",
      "  -- credlint:ignore CS104 because\n  ATTACH 'host=h\n password=k7Lp0q2\n dbname=d' AS a",
    ],
    [
      "sql",
      "SELECT 1;\n\\set pw k7Lp0q2\nSELECT 2",
      "SELECT 1;\n-- credlint:ignore CS111 because\n\\set pw k7Lp0q2\nSELECT 2",
    ],
    [
      "sql",
      "DO $$\nBEGIN\n  CREATE ROLE a PASSWORD 'k7Lp0q2';\nEND $$;",
      "DO $$\nBEGIN\n  CREATE ROLE a PASSWORD 'k7Lp0q2'; -- credlint:ignore CS101 because\nEND $$;",
    ],
    [
      "yaml",
      "run: |\n  CREATE ROLE a PASSWORD 'k7Lp0q2';\nb: 1\n",
      "# credlint:ignore CS101 because\nrun: |\n  CREATE ROLE a PASSWORD 'k7Lp0q2';\nb: 1\n",
    ],
    [
      "yaml",
      "a:\n  password: k7Lp0q2\n",
      "a:\n  password: k7Lp0q2 # credlint:ignore CY210 because\n",
    ],
    [
      "yaml",
      "db: {password: k7Lp0q2, port: 1}\n",
      "db: {password: k7Lp0q2, port: 1} # credlint:ignore CY210 because\n",
    ],
    [
      "yaml",
      "db: {\r\n  password: 'k7Lp0q2',\r\n  list: [a,\r\n b]}\r\n",
      "db: {\r\n  password: 'k7Lp0q2', # credlint:ignore CY210 because\r\n  list: [a,\r\n b]}\r\n",
    ],
    [
      "yaml",
      "a:\n  - {name: PG_PASSWORD, value: k7Lp0q2}\n",
      "a:\n  - {name: PG_PASSWORD, value: k7Lp0q2} # credlint:ignore CY212 because\n",
    ],
    [
      "yaml",
      "steps:\n  - run: |\n      export PGPASSWORD=k7Lp0q2\n      psql\n",
      "steps:\n  # credlint:ignore CY211 because\n  - run: |\n      export PGPASSWORD=k7Lp0q2\n      psql\n",
    ],
    [
      "yaml",
      "cm: >-\n  postgres://u:k7Lp0q2@h/d\nz: 2\n",
      "# credlint:ignore CY208 because\ncm: >-\n  postgres://u:k7Lp0q2@h/d\nz: 2\n",
    ],
    [
      "yaml",
      "? password\n: k7Lp0q2\n",
      "? password\n: k7Lp0q2 # credlint:ignore CY210 because\n",
    ],
    [
      "sql",
      "SELECT 1; -- password: k7Lp0q2vX9\r\nSELECT 2;",
      "SELECT 1; -- password: k7Lp0q2vX9 -- credlint:ignore CS112 because\r\nSELECT 2;",
    ],
    [
      "sql",
      "/*\n password: k7Lp0q2vX9\n*/\nSELECT 1;",
      "/*\n password: k7Lp0q2vX9 -- credlint:ignore CS112 because\n*/\nSELECT 1;",
    ],
    [
      "yaml",
      "a: 1 # the password is k7Lp0q2vX9\n",
      "a: 1 # the password is k7Lp0q2vX9 # credlint:ignore CS112 because\n",
    ],
    [
      "env",
      "A=1\n# DB_PASSWORD=k7Lp0q2vX9\n",
      "A=1\n# credlint:ignore CS112 because\n# DB_PASSWORD=k7Lp0q2vX9\n",
    ],
    // The line begins within another string: a comment there would be text.
    ["sql", "SELECT dblink('a\nb', 'host=h password=k7Lp0q2\n')", null],
  ];
  for (const [language, text, expected] of cases) {
    it(`puts the comment where it is one: ${JSON.stringify(text)}`, () => {
      const after = ignored(text, language);
      assert.equal(after, expected);
      assert.deepEqual(after === null ? [] : lint(after, language), []);
    });
  }

  it("silences no other finding, not even the one on the next line", () => {
    for (const [language, text] of [
      [
        "sql",
        "-- psql postgresql://u:k7Lp0q2vX9@h/d\n-- psql postgresql://admin:Zq8Rt5w1Yx@prod/d",
      ],
      ["sql", "/* pgpass\n password: k7Lp0q2vX9\n password: Zq8Rt5w1Yx\n*/"],
      [
        "sql",
        "CREATE ROLE a PASSWORD 'k7Lp0q2vX9';\nCREATE ROLE b PASSWORD 'Zq8Rt5w1Yx';",
      ],
      ["yaml", "# password: k7Lp0q2vX9\n# password: Zq8Rt5w1Yx\n"],
      ["env", "# A_PASSWORD=k7Lp0q2vX9\n# B_PASSWORD=Zq8Rt5w1Yx\n"],
    ] as const) {
      const [, second] = lint(text, language);
      const after = ignored(text, language) ?? "";
      assert.deepEqual(
        lint(after, language).map(({ rule, range }) => [
          rule,
          after.slice(range.start, range.end),
        ]),
        [[second?.rule, "Zq8Rt5w1Yx"]],
        after,
      );
    }
  });
});
