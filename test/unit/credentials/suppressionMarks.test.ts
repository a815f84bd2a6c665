import assert from "node:assert/strict";
import { lint, lintReport } from "../../../src/core/credentials/lint";
import { defaultLintOptions } from "../../../src/core/credentials/options";

const role = "CREATE ROLE a PASSWORD 'k7Lp0q2vX9';";
const noForm = "Not a form of the mark: it suppresses nothing.";

/** What is reported as unused, with its message. */
function reported(text: string, language: "sql" | "yaml" | "env" = "sql") {
  return lint(text, language)
    .filter(({ rule }) => rule === "CX305")
    .map(({ range, message }) => [text.slice(range.start, range.end), message]);
}

describe("a misspelt mark of ours", () => {
  for (const [form, word] of [
    ["credlint: ignore CS101", "credlint: ignore"],
    ["credlint :ignore CS101 why", "credlint :ignore"],
    ["credlint=ignore", "credlint=ignore"],
    ["credlint-ignore CS101", "credlint-ignore"],
    ["cred-lint:ignore CS101", "cred-lint:ignore"],
    ["CredLint: Disable", "CredLint: Disable"],
    ["credlint ignore CS101", "credlint ignore"],
    ["credlint disable-line", "credlint disable-line"],
    ["credlint:ignored CS101", "credlint:ignored"],
    ["credlint:ingore CS101", "credlint:ingore"],
    ["credlint:ignore-next-line CS101", "credlint:ignore-next-line"],
    ["credlint:ignore-files", "credlint:ignore-files"],
    ["credlint:disable", "credlint:disable"],
    ["credlint:ignore:CS101", "credlint:ignore:CS101"],
    ["credlint:ignore CS*", "CS*"],
    ["credlint:ignore cs1*, a test", "cs1*"],
    ["credlint:ignore CS1??", "CS1??"],
    ["credlint:ignore CSxxx", "CSxxx"],
    ["credlint:ignore CS", "CS"],
    ["credlint:ignore C*", "C*"],
    ["credlint:ignore CS10 a test", "CS10"],
    ["credlint:ignore CS1O1", "CS1O1"],
    ["credlint:ignore CS1011", "CS1011"],
    ["credlint:ignore CS-101", "CS-101"],
    ["credlint:ignore CS 101", "CS 101"],
    ["credlint:ignore CS100-CS105", "CS100-CS105"],
    ["credlint:ignore C101", "C101"],
    ["credlint:ignore-file CS*", "CS*"],
  ] as const) {
    it(`suppresses nothing and is reported: ${form}`, () => {
      const expected = [[word, noForm]];
      for (const text of [
        `${role} -- ${form}`,
        `${role} /* ${form} */`,
        `-- ${form}\r\n${role}\r\n`,
        `DO $$ BEGIN\n  ${role} -- ${form}\nEND $$;`,
        `${role} -- ${form}\nSELECT '-- ${form}';`,
      ]) {
        assert.deepEqual(reported(text), expected, text);
        assert.ok(lint(text, "sql").some(({ rule }) => rule === "CS101"));
      }
      assert.deepEqual(reported(`SELECT 1; -- ${form}`), expected);
      for (const text of [
        `password: k7Lp0q2vX9 # ${form}\n`,
        `sql: |\n  SELECT 1; -- ${form}\npassword: k7Lp0q2vX9\n`,
      ]) {
        assert.deepEqual(reported(text, "yaml"), expected, text);
        assert.ok(lint(text, "yaml").some(({ rule }) => rule === "CY210"));
      }
      assert.deepEqual(
        reported(`# ${form}\nDB_PASSWORD=k7Lp0q2vX9\n`, "env"),
        expected,
      );
    });
  }

  it("beside a rule in full takes nothing from that", () => {
    const text = `${role} -- credlint:ignore CS101, CY2* a test`;
    assert.deepEqual(reported(text), [["CY2*", noForm]]);
    assert.equal(lint(text, "sql").length, 1);
  });

  it("is reported whatever rules are off, unless CX305 is", () => {
    const rules = (settings: object): string[] =>
      lintReport(`${role} -- credlint: ignore CS101`, "sql", "", {
        ...defaultLintOptions,
        rules: settings,
      }).findings.map(({ rule }) => rule);
    assert.deepEqual(rules({ CS101: "off" }), ["CX305"]);
    assert.deepEqual(rules({ CX305: "off" }), ["CS101"]);
  });

  it("is not told where it was found as a value: one finding is not over another", () => {
    const text = ": >-\n    ---password: credlint:off\n";
    assert.deepEqual(
      lint(text, "yaml").map(({ rule }) => rule),
      ["CY210"],
    );
  });

  for (const text of [
    "SELECT 1; -- credlint ignores env files",
    "SELECT 1; -- see credlint: it skips nothing",
    "SELECT 1; -- as credlint does",
    "SELECT 'credlint: ignore CS101';",
    "SELECT 1; -- https://example.com/credlint:latest",
    `${role} -- credlint:ignore CSV fixture`,
    `${role} -- credlint:ignore cs101-because`,
    `${role} -- credlint:ignore cyber range, 3 of 4`,
    `${role} /* credlint:ignore CS101*/`,
    `${role} /* credlint:ignore*/`,
    `${role} /* credlint:ignore a CS* test */`,
  ]) {
    it(`is not: ${text}`, () => {
      assert.deepEqual(lint(text, "sql"), []);
    });
  }
});
