import assert from "node:assert/strict";
import { lint, type LintLanguage } from "../../../src/core/credentials/lint";

/** So long that what takes time by its square takes minutes, and what takes time by its length an instant. */
const length = 300_000;

function filled(unit: string): string {
  return unit.repeat(Math.ceil(length / unit.length));
}

function numbered(unit: (index: number) => string): string {
  const parts: string[] = [];
  for (let size = 0; size < length;) {
    const part = unit(parts.length);
    parts.push(part);
    size += part.length;
  }
  return parts.join("");
}

/** Without the name of a credential a text is not looked at. */
const hint = "/* PASSWORD=k7Lp0q2 */ ";

/** What is repeated, or goes on and on, and how many credentials are in it: none where the number does not matter. */
const texts: readonly (readonly [
  name: string,
  language: LintLanguage,
  text: string,
])[] = [
  ["names with dots", "sql", `CREATE ROLE a ${filled("password.")} 'x1'`],
  ["updates of a vault", "sql", filled("UPDATE vault.secrets ")],
  ["calls of a function", "sql", filled("password(")],
  ["options with a default", "sql", filled("password text DEFAULT ")],
  ["bodies", "sql", `LANGUAGE plperl ${filled("$$PASSWORD$$ ")}`],
  [
    "specifiers of a format",
    "sql",
    `SELECT format('PASSWORD ${filled("a%L")}', 'x1')`,
  ],
  [
    "variables",
    "sql",
    `PASSWORD :'p';\n${filled("\\set p a1\n\\set pw b2\n")}`,
  ],
  [
    "strings put together",
    "sql",
    `SELECT ${filled("'password=a1 host=h ' || ")} ''`,
  ],
  ["a client's line of blanks", "sql", `conn a/b1${filled(" ")}x`],
  ["a client's name of letters", "sql", `-- ${filled("mysql")}`],
  ["blanks behind a name", "sql", `\\set a b\npassword${filled(" ")}x`],
  ["URLs with colons", "sql", `SELECT '${filled(`://${"a:".repeat(100)}`)} @'`],
  ["a value of slashes", "sql", `CREATE ROLE a PASSWORD '${filled("/")}'`],
  [
    "a command with templates",
    "sql",
    `-- sqlplus scott/${filled("${a}")}|\n-- echo ${filled("$()")}&`,
  ],
  ["a command's letters", "sql", `-- htpasswd -${filled("b")}`],
  ["templates that are open", "sql", `-- ${filled("PASSWORD={{ ")}`],
  ["a header that is open", "sql", `-- ${filled("x-api-key: {{ ")}`],
  ["braces in a header", "sql", `-- x-api-key: ${filled("{")}`],
  ["braces in a command", "sql", `-- mysql -p${filled("{")} -p${filled("$(")}`],
  ["dollars", "sql", `CREATE ROLE a PASSWORD ${filled("$")}`],
  ["a template's quotes", "sql", `{{ ${filled('\\\n\\"\\')} PASSWORD }}`],
  ["a header's name", "sql", `CREATE ROLE a; {'x-${filled("key")}!': 'b1'}`],
  [
    "marks that nothing ends",
    "sql",
    filled("-- secretlint-disable\nALTER ROLE a PASSWORD 'k7Lp0q2';\n"),
  ],
  [
    "marks for a file",
    "sql",
    numbered(
      (index) =>
        `-- credlint:ignore-file CS101 CS${100 + (index % 13)}\nALTER ROLE a PASSWORD 'k7Lp${index}';\n`,
    ),
  ],
  [
    "marks within others",
    "sql",
    `-- ggignore-start\n${numbered((index) => `-- credlint:ignore CS109\nALTER ROLE a PASSWORD 'k7Lp${index}';\n`)}`,
  ],
  [
    "findings in a long literal",
    "sql",
    `-- NOSONAR\nSELECT '${filled("host=h password=k7Lp0q2 ")}'`,
  ],
  [
    "strings in a line, and one that is open",
    "sql",
    `${hint}INSERT INTO t VALUES (${filled("'a',")}'`,
  ],
  [
    "strings in a line, and lines behind them",
    "sql",
    `${hint}INSERT INTO t VALUES (${filled("'a',")}\n'`,
  ],
  [
    "broken strings without a semicolon",
    "sql",
    filled("'\ncreate password 'k '\n"),
  ],
  [
    "lines of a string with escaped quotes, and a statement behind them",
    "sql",
    `${hint}'${filled("\n\\'a")}\ncreate x'k`,
  ],
  [
    "broken strings in a string",
    "sql",
    `'${filled("; drop password \\'a")} 'k`,
  ],
  ["what was before, in a line", "sql", `${hint}${filled("/* was 'x123' */")}`],
  [
    "names, each in a query",
    "sql",
    `-- ${filled("where and pw = 'k7Lp0q2' ")}`,
  ],
  [
    "conditions of no query",
    "sql",
    `-- ${filled("case ; and pw = 'k7Lp0q2' ")}`,
  ],
  ["names", "yaml", numbered((index) => `password${index}: abcdef\n`)],
  [
    "names of keys",
    "yaml",
    numbered((index) => `access_key_${index}_access_key: abcdef1\n`),
  ],
  [
    "letters beside labels",
    "yaml",
    `password: abcdef\na: ${filled("a")}\nb: ${filled("ä")}!\nc: d\n`,
  ],
  ["blank lines", "yaml", `a: |\n  password=x\n${filled("\n")}  y\n`],
  [
    "blanks behind a property",
    "yaml",
    `a: |\n  password=${" ".repeat(5000)}"x\n  b=c\n`,
  ],
  [
    "blanks in an element",
    "yaml",
    `a: |\n  <name>password</name><value>${filled(" ")}\n`,
  ],
  ["colons behind a name", "yaml", `{\na${":".repeat(70)} b\npassword: k7\n`],
  [
    "an image's name",
    "yaml",
    `services:\n  a:\n    image: ${filled("postgres")}!\n    environment:\n      PASSWORD: k7\n`,
  ],
  [
    "text that is base64",
    "yaml",
    `kind: Secret\ndata:\n  a: ${filled("=")}x\n`,
  ],
  ["a script's quotes", "yaml", `run: |\n  select x ${filled('x\\"\\')}\n`],
  ["tabs", "yaml", `{password\n${filled("\t")}x: [\n`],
  ["line breaks", "yaml", `password: {{ x }}\n${filled("\r")}`],
  ["lines of one value", "yaml", `password: "${filled("\n")} x\n`],
  ["documents that are broken", "yaml", filled("{password: k7Lp0q2}}\n---\n")],
  ["blanks behind a word in a comment", "yaml", `# was${filled(" ")}x`],
  ["here-documents in one line", "yaml", `x: "select ${filled("<<A ")}"`],
  ["logins in one value", "yaml", `x: ${filled("host=h password = k7 ")}`],
  ["signs", "yaml", `password: example${filled("!")} x`],
  [
    "headers, and maps beside them",
    "yaml",
    `password: ""\njsonData:\n${numbered((index) => ` httpHeaderName${index}: a\n`)}${numbered((index) => `k${index}: {httpHeaderValue1: abc}\n`)}`,
  ],
  ["open alternatives", "yaml", `password: a ${filled("${{ ")}`],
];

describe("lint of long texts that are made to be slow", () => {
  for (const [name, language, text] of texts) {
    it(`ends: ${name}`, () => {
      for (const { range } of lint(text, language)) {
        assert.ok(range.end <= text.length);
      }
    });
  }
});
