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
});
