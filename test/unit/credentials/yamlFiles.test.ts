import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { lint } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";

/** Files of every kind as people have them, values invented: `### name`, then the text with its credentials marked. */
const files = readFileSync(
  join(import.meta.dirname, "../../fixtures/credentials/yamlFiles.txt"),
  "utf8",
)
  .split(/^### /m)
  .slice(1)
  .map((part) => {
    const end = part.indexOf("\n");
    return { name: part.slice(0, end), marked: part.slice(end + 1) };
  });

/** The values that are found, with their lines. */
function found(text: string): string[] {
  return lint(text, "yaml").map(({ range }) => placed(text, range));
}

function placed(text: string, range: { start: number; end: number }): string {
  const line = text.slice(0, range.start).split("\n").length;
  return `${line}: ${text.slice(range.start, range.end)}`;
}

describe("lint of a whole YAML file", () => {
  assert.ok(files.length > 40, "the files are there");
  for (const { name, marked } of files) {
    it(`finds each credential of a file of ${name} once, and nothing else`, () => {
      const { text, ranges } = unmark(marked);
      const expected = ranges.map((range) => placed(text, range));
      assert.deepEqual(found(text), expected);
    });

    it(`finds the same in a file of ${name} with Windows line ends and a byte order mark`, () => {
      const { text, ranges } = unmark(
        `\uFEFF${marked.replaceAll("\n", "\r\n")}`,
      );
      const expected = ranges.map((range) => placed(text, range));
      assert.deepEqual(found(text), expected);
    });
  }
});

describe("a target of dbt's", () => {
  const profile = (password: string): string =>
    `wh:\n  target: dev\n  outputs:\n    dev:\n      type: postgres\n      password: ${password}\n`;

  it("has a passphrase of words for what it is: there is no prose", () => {
    assert.deepEqual(found(profile("open the barn door")), [
      "6: open the barn door",
    ]);
  });

  it("may say what belongs there", () => {
    assert.deepEqual(found(profile("password of the loader")), []);
  });
});

describe("severity of a credential in YAML", () => {
  const cases = [
    [
      "info",
      "a database of a pipeline's run",
      "on: push\njobs:\n  t:\n    services:\n      pg:\n        image: postgres:16\n        env:\n          POSTGRES_PASSWORD: k7Lp0q2\n",
    ],
    [
      "warning",
      "a step of a pipeline",
      "on: push\njobs:\n  t:\n    steps:\n      - run: make\n        env:\n          DB_PASSWORD: k7Lp0q2\n",
    ],
    [
      "info",
      "a database of a compose file without ports",
      "services:\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: k7Lp0q2\n",
    ],
    [
      "warning",
      "a database of a compose file with ports",
      "services:\n  db:\n    image: postgres:16\n    ports: ['5432:5432']\n    environment:\n      POSTGRES_PASSWORD: k7Lp0q2\n",
    ],
    [
      "warning",
      "a program of a compose file",
      "services:\n  web:\n    image: shop\n    environment:\n      DB_PASSWORD: k7Lp0q2\n",
    ],
  ] as const;
  for (const [severity, what, text] of cases) {
    it(`is ${severity} in ${what}`, () => {
      assert.deepEqual(
        lint(text, "yaml").map((finding) => finding.severity),
        [severity],
      );
    });
  }

  it("names the provider's rule for a token in the base64 of a Secret", () => {
    const token = "ghp_k7Lp0q2m9Xw4Zr8Tn5Vb3Hs6Jd1Fg0Ya2Qe4";
    const value = Buffer.from(token).toString("base64");
    const text = `apiVersion: v1\nkind: Secret\ndata:\n  note: ${value}\n`;
    const start = text.indexOf(value);
    assert.deepEqual(
      lint(text, "yaml").map(({ rule, range }) => ({ rule, range })),
      [{ rule: "CX301", range: { start, end: start + value.length } }],
    );
  });
});
