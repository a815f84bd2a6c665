import assert from "node:assert/strict";
import { fixFor } from "../../../src/core/credentials/fix/fixFor";
import type { OffsetEdit } from "../../../src/core/credentials/fix/fixPlan";
import { lint, type LintLanguage } from "../../../src/core/credentials/lint";
import { sqlCredentials } from "./sqlContexts";
import { unmark } from "./marked";
import { yamlCredentials } from "./yamlContexts";

function apply(text: string, edits: readonly OffsetEdit[]): string {
  return [...edits]
    .sort((a, b) => b.range.start - a.range.start)
    .reduce(
      (done, { range, newText }) =>
        done.slice(0, range.start) + newText + done.slice(range.end),
      text,
    );
}

/** The text after the fix of its first finding, and the variables that it needs. */
function fixed(
  text: string,
  language: LintLanguage,
  takenNames: string[] = [],
) {
  const [finding] = lint(text, language);
  assert.ok(finding !== undefined, "there is a finding");
  const plan = fixFor({ text, language, fileName: "", takenNames }, finding);
  assert.ok(plan !== null, "there is a fix");
  return { text: apply(text, plan.edits), env: plan.env, title: plan.title };
}

describe("fixFor", () => {
  it("makes an ATTACH by URL one by secret", () => {
    const { text, env, title } = fixed(
      "-- dev\nATTACH 'postgresql://user:p%40ss@localhost:5432/db?sslmode=require' AS source_memories (TYPE POSTGRES);",
      "sql",
    );
    assert.equal(
      text,
      `-- dev
CREATE OR REPLACE SECRET source_memories_connection (
    TYPE postgres,
    HOST 'localhost',
    PORT '5432',
    DATABASE 'db',
    USER 'user',
    PASSWORD getenv('SOURCE_MEMORIES_PASSWORD'),
    SSLMODE 'require'
);
ATTACH '' AS source_memories (TYPE POSTGRES, SECRET source_memories_connection);`,
    );
    assert.deepEqual(env, [
      { name: "SOURCE_MEMORIES_PASSWORD", value: "p@ss" },
    ]);
    assert.match(title, /Viaduct, DuckDB CLI/);
  });

  it("makes an ATTACH by key and value one by secret, and names it when nothing does", () => {
    const { text, env } = fixed(
      "ATTACH 'postgres:host=h password=''a b'' dbname=d'",
      "sql",
    );
    assert.match(
      text,
      /ATTACH '' AS d \(TYPE postgres, SECRET d_connection\)$/,
    );
    assert.deepEqual(env, [{ name: "D_PASSWORD", value: "a b" }]);
  });

  it("leaves an ATTACH alone that it cannot read for certain", () => {
    for (const text of [
      "ATTACH 'mysql:host=h password=k7Lp0q2'",
      "ATTACH 'mysql://u:k7Lp%30q2@h/d' AS m (TYPE mysql)",
      "ATTACH 'mysql:host=h password=''k7Lp0q2''' AS m",
      "ATTACH 'mysql:host=h password=k7Lp0q2 odd=1' AS m",
      "ATTACH 'host=h password=k7Lp0q2 odd=1' AS a (TYPE postgres)",
      "ATTACH 'ducklake:postgres:host=h password=k7Lp0q2 odd=1' AS l",
      "ATTACH 'ducklake:postgres:host=h password=k7Lp0q2' AS l (META_SECRET s)",
      "ATTACH 'mysql:host=h password=k7Lp0q2' AS m (TYPE postgres)",
    ]) {
      const [finding] = lint(text, "sql");
      assert.ok(finding !== undefined);
      assert.equal(
        fixFor(
          { text, language: "sql", fileName: "", takenNames: [] },
          finding,
        ),
        null,
      );
    }
  });

  it("puts getenv() into a secret, under a name that is free", () => {
    const { text, env } = fixed(
      "CREATE SECRET s (TYPE postgres, PASSWORD 'it''s')",
      "sql",
      ["S_PASSWORD"],
    );
    assert.equal(
      text,
      "CREATE SECRET s (TYPE postgres, PASSWORD getenv('S_PASSWORD_2'))",
    );
    assert.deepEqual(env, [{ name: "S_PASSWORD_2", value: "it's" }]);
  });

  const yaml: readonly (readonly [before: string, after: string])[] = [
    [
      "a:\n  outputs:\n    dev:\n      password: 'k7Lp0q2'\n",
      `a:\n  outputs:\n    dev:\n      password: '{{ env_var("DBT_ENV_SECRET_DEV_PASSWORD") }}'\n`,
    ],
    [
      "a:\n  outputs:\n    dev:\n      password: k7Lp0q2\n",
      `a:\n  outputs:\n    dev:\n      password: "{{ env_var('DBT_ENV_SECRET_DEV_PASSWORD') }}"\n`,
    ],
    [
      "services:\n  db:\n    environment:\n      - PG_PASSWORD=k7Lp0q2\n",
      "services:\n  db:\n    environment:\n      - PG_PASSWORD=${PG_PASSWORD:?}\n",
    ],
    [
      "services:\n  db:\n    environment: {PG_PASSWORD: k7Lp0q2}\n",
      'services:\n  db:\n    environment: {PG_PASSWORD: "${PG_PASSWORD:?}"}\n',
    ],
    [
      "services:\n  db:\n    environment:\n      PG_PASSWORD: ${PG_PASSWORD:-k7Lp0q2}\n",
      "services:\n  db:\n    environment:\n      PG_PASSWORD: ${PG_PASSWORD:?}\n",
    ],
    ["p: \"{{ env_var('PW', 'k7Lp0q2') }}\"\n", "p: \"{{ env_var('PW') }}\"\n"],
    [
      "smtp:\n  user: bob\n  password: k7Lp0q2\n",
      'smtp:\n  user: bob\n  password: "${BOB_PASSWORD}"\n',
    ],
    ["dsn: pg://u:k7Lp0q2@h\n", "dsn: pg://u:${U_PASSWORD}@h\n"],
  ];
  for (const [before, after] of yaml) {
    it(`rewrites ${JSON.stringify(before)}`, () => {
      assert.equal(fixed(before, "yaml").text, after);
    });
  }

  it("leaves no finding behind, and its title never holds the value", () => {
    for (const [language, texts] of [
      ["sql", sqlCredentials],
      ["yaml", yamlCredentials],
    ] as const) {
      for (const marked of texts) {
        const { text } = unmark(marked);
        const findings = lint(text, language);
        for (const finding of findings) {
          const plan = fixFor(
            { text, language, fileName: "", takenNames: [] },
            finding,
          );
          if (plan !== null) {
            const value = text.slice(finding.range.start, finding.range.end);
            assert.ok(!plan.title.includes(value) || value === "pass");
            assert.ok(plan.title.length <= 60, plan.title);
            const left = lint(apply(text, plan.edits), language).length;
            assert.ok(
              left < findings.length,
              `${JSON.stringify(text)} by ${plan.title}`,
            );
          }
        }
      }
    }
  });
});
