import assert from "node:assert/strict";
import type { LintLanguage } from "../../../src/core/credentials/language";
import { judgeText, lint } from "../../../src/core/credentials/lint";

const marks = [
  "-- credlint:ignore CS112 reason",
  "-- credlint:ignore CS112 it's the tests' own",
  "credlint:ignore",
  "(credlint:ignore CS112)",
  "# credlint:ignore[CS112]: example",
  "-- pragma: allowlist secret",
  "pragma: allowlist secret, gitleaks:allow",
  "# gitleaks:allow",
  "// NOSONAR",
  "#nosec G101 a test",
];

/** The values that are found, shown or not. */
function values(text: string, language: LintLanguage): string[] {
  return judgeText(text, language, "").map(({ finding: { range } }) =>
    text.slice(range.start, range.end),
  );
}

describe("a comment is judged without the marks in it:", () => {
  const said = [
    "password: k7Lp0q2vX9",
    "the password is k7Lp0q2vX9",
    "CREATE ROLE q PASSWORD 'k7Lp0q2vX9';",
    "psql postgresql://u:k7Lp0q2vX9@h/d",
    "export PGPASSWORD=k7Lp0q2vX9",
    "curl -u admin:k7Lp0q2vX9 https://h/",
  ];
  for (const text of said) {
    it(text, () => {
      for (const mark of marks) {
        for (const [language, comment] of [
          ["sql", `SELECT 1; -- ${text} ${mark}`],
          ["sql", `/* ${text} ${mark} */ SELECT 1;`],
          ["sql", `/*\r\n * ${text} ${mark}\r\n */\r\nSELECT 1;`],
          ["sql", `-- login\n-- ${text} ${mark}\n-- and so on\nSELECT 1;`],
          ["sql", `-- ${text} /* ${mark} */`],
          ["yaml", `a: 1 # ${text} ${mark}\n`],
          ["yaml", `# ${text} ${mark}\r\na: 1\r\n`],
          ["yaml", `sql: |\n  SELECT 1; -- ${text} ${mark}\nb: 1\n`],
        ] as const) {
          const bare = comment
            .replace(`/* ${mark} */`, "")
            .replace(` ${mark}`, "");
          const before = values(bare, language);
          assert.deepEqual(values(comment, language), before, comment);
          assert.ok(before.length > 0 || language === "yaml", bare);
          const isNamed = !mark.includes("CS112") || !comment.startsWith("sql");
          if (before.length > 0 && isNamed) {
            assert.deepEqual(lint(comment, language), [], comment);
          }
        }
      }
    });
  }

  it("a commented line of an env file", () => {
    for (const mark of marks) {
      const text = `# DB_PASSWORD=k7Lp0q2vX9 ${mark}\n`;
      assert.deepEqual(values(text, "env"), ["k7Lp0q2vX9"], text);
      assert.deepEqual(lint(text, "env"), [], text);
    }
  });

  it("a placeholder stays one", () => {
    assert.deepEqual(
      lint("# DB_PASSWORD=changeme credlint:ignore\n", "env").map(
        ({ rule }) => rule,
      ),
      ["CX305"],
    );
  });

  it("a statement over several comments goes on behind one", () => {
    const text =
      "-- CREATE ROLE q\n-- LOGIN -- NOSONAR isn't it\n-- PASSWORD 'k7Lp0q2vX9';\nSELECT 1;";
    assert.deepEqual(values(text, "sql"), ["k7Lp0q2vX9"]);
  });

  it("a comment in it ends where it did", () => {
    for (const inner of ["/* NOSONAR */", "/* see NOSONAR */", "/*NOSONAR*/"]) {
      const text = `-- CREATE ROLE q ${inner} PASSWORD 'k7Lp0q2vX9';`;
      assert.deepEqual(values(text, "sql"), ["k7Lp0q2vX9"], text);
    }
  });

  it("what stands behind a mark is found, unless the mark is for it", () => {
    for (const reason of [
      "psql postgresql://u:k7Lp0q2vX9@h/d",
      "CREATE ROLE q PASSWORD 'k7Lp0q2vX9';",
      "password: k7Lp0q2vX9",
      "gitleaks password: k7Lp0q2vX9 credlint:ignore CS102",
    ]) {
      const text = `-- credlint:ignore CS101 ${reason}\nSELECT 1;`;
      const found = lint(text, "sql").map(({ rule }) => rule);
      assert.ok(found.includes("CS112"), text);
      assert.deepEqual(
        lint(text.replace("CS101", "CS112"), "sql").filter(
          ({ rule }) => rule === "CS112",
        ),
        [],
      );
    }
  });
});
