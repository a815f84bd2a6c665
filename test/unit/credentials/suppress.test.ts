import assert from "node:assert/strict";
import { lint, lintReport } from "../../../src/core/credentials/lint";
import {
  defaultLintOptions,
  type RuleSettings,
} from "../../../src/core/credentials/options";

const role = "CREATE ROLE a PASSWORD 'k7Lp0q2';";
const pem =
  "-----BEGIN PRIVATE KEY-----\n  MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDk7Lp0q2m9Xw4Z\n  -----END PRIVATE KEY-----";

function rules(
  text: string,
  language: "sql" | "yaml" | "env" = "sql",
): string[] {
  return lint(text, language).map(({ rule }) => rule);
}

function report(text: string, settings: RuleSettings = {}) {
  return lintReport(text, "sql", "", {
    ...defaultLintOptions,
    rules: settings,
  });
}

describe("suppression", () => {
  const ownLine = [
    "credlint:ignore CS101 a test",
    "credlint:ignore",
    "credlint:ignore cs101: in lower case",
    "credlint:ignore[CS101]",
    "pragma: allowlist secret",
    "pragma:allowlist secret",
    "pragma: whitelist secret",
    "gitleaks:allow",
    "NOSONAR",
    "secretlint-disable-line",
    "secretlint-disable-line @secretlint/secretlint-rule-basicauth -- a test",
    "trufflehog:ignore",
    "nosec",
    "#nosec G101 a test",
    "nosemgrep: some.rule",
    "ggignore",
    "checkov:skip=CKV_SECRET_6: a test",
    "noqa: S106",
  ];
  for (const form of ownLine) {
    it(`by ${form}, on the line and on the one before`, () => {
      assert.deepEqual(rules(`${role} -- ${form}`), []);
      assert.deepEqual(rules(`${role} /* ${form} */`), []);
      assert.deepEqual(rules(`-- ${form}\r\n${role}\r\n`), []);
      assert.deepEqual(rules(`${role} -- ${form}\n${role}`), ["CS101"]);
      assert.deepEqual(
        rules(
          `a: 1\npassword: k7Lp0q2 # ${form.replaceAll(/CS101/gi, "CY210")}\n`,
          "yaml",
        ),
        [],
      );
    });
  }

  it("by a form for the next line only", () => {
    for (const form of [
      "pragma: allowlist nextline secret",
      "secretlint-disable-next-line",
    ]) {
      assert.deepEqual(rules(`-- ${form}\n${role}\n${role}`), ["CS101"]);
      assert.deepEqual(rules(`SELECT 1; -- ${form}\n${role}`), []);
      assert.deepEqual(rules(`${role} -- ${form}`), ["CS101"]);
    }
  });

  it("behind a command of a client, whose login is still found", () => {
    for (const line of [
      "CONNECT scott/tiger7@orcl",
      "conn scott/tiger7@orcl as sysdba;",
      "DEFINE app_password = tiger7",
      ':setvar app_password "tiger7"',
    ]) {
      const [rule = ""] = rules(line);
      assert.match(rule, /^CS/, line);
      for (const comment of ["-- old", "/* old */", "-- old\r\nSELECT 1;"]) {
        assert.deepEqual(rules(`${line} ${comment}`), [rule], line);
      }
      assert.deepEqual(rules(`${line} -- credlint:ignore ${rule} a test`), []);
    }
  });

  it("by a pair around lines, and for a file", () => {
    for (const [start, end] of [
      ["secretlint-disable", "secretlint-enable"],
      ["ggignore-start", "ggignore-end"],
    ] as const) {
      assert.deepEqual(
        rules(`${role}\n-- ${start}\n${role}\n${role}\n-- ${end}\n${role}`),
        ["CS101", "CS101"],
      );
      assert.deepEqual(rules(`/* ${start} */\n\n${role}\n${role}`), []);
    }
    assert.deepEqual(
      rules(`-- credlint:ignore-file CS101 fixtures\n\n${role}\n${role}`),
      [],
    );
    assert.deepEqual(
      rules(`${role}\n\n\n${role}\n-- credlint:ignore-file`),
      [],
    );
    assert.deepEqual(rules(`-- credlint:ignore-file CS105\n\n${role}`), [
      "CX305",
      "CS101",
    ]);
    assert.deepEqual(
      rules("# credlint:ignore-file\na: 1\npassword: k7Lp0q2\n", "yaml"),
      [],
    );
  });

  it("says nothing about other tools' other rules", () => {
    for (const form of [
      "noqa",
      "noqa: L010",
      "secretlint-disable @secretlint/secretlint-rule-github",
      "pragma: no cover",
      "gitleaks:allowed",
      "xcredlint:ignore",
    ]) {
      assert.deepEqual(rules(`-- ${form}\n\n${role}`), ["CS101"], form);
      if (!form.startsWith("secretlint")) {
        assert.deepEqual(rules(`${role} -- ${form}`), ["CS101"], form);
      }
    }
  });

  it("alone on a line holds for the next one only, comments between them apart", () => {
    assert.deepEqual(rules(`-- credlint:ignore CS101\n${role}\n${role}`), [
      "CS101",
    ]);
    assert.deepEqual(
      rules(`-- credlint:ignore CS101\n-- for the tests\n${role}`),
      [],
    );
    assert.deepEqual(rules(`-- credlint:ignore CS101\n\n${role}`), [
      "CX305",
      "CS101",
    ]);
    assert.deepEqual(
      rules(`/* credlint:ignore CS101\n   for the tests */\n${role}`),
      [],
    );
  });

  it("is a comment, not the words of a string", () => {
    for (const text of [
      `SELECT '-- credlint:ignore'; ${role}`,
      `SELECT '\n-- gitleaks:allow', $$x$$; ${role}`,
      `${role} SELECT "-- NOSONAR"`,
    ]) {
      assert.deepEqual(rules(text), ["CS101"], text);
    }
    for (const text of [
      "password: k7Lp0q2\nnote: '# credlint:ignore'\n",
      'a: {note: " # gitleaks:allow", password: k7Lp0q2}\n',
      "a: {note: x#NOSONAR, password: k7Lp0q2}\n",
    ]) {
      assert.deepEqual(rules(text, "yaml"), ["CY210"], text);
    }
    assert.deepEqual(
      rules(`DO $$ BEGIN\n  ${role} -- credlint:ignore CS101\nEND $$;`),
      [],
    );
  });

  it("holds for a value of several lines from either end of it", () => {
    const attach =
      "ATTACH 'host=h\n password=k7Lp0q2\n dbname=d' AS a (TYPE postgres);";
    assert.deepEqual(rules(attach), ["CS104"]);
    assert.deepEqual(rules(`${attach} -- credlint:ignore CS104`), []);
    assert.deepEqual(rules(`-- credlint:ignore CS104\n${attach}`), []);
    assert.deepEqual(rules(`a: |\n  ${pem}\nb: 1\n`, "yaml"), ["CX302"]);
    assert.deepEqual(
      rules(`a: | # gitleaks:allow\n  ${pem}\nb: 1\n`, "yaml"),
      [],
    );
    assert.deepEqual(
      rules(`# gitleaks:allow\na: |\n  ${pem}\nb: 1\n`, "yaml"),
      [],
    );
    assert.deepEqual(rules(`a: |\n  ${pem}\nb: 1 # gitleaks:allow\n`, "yaml"), [
      "CX302",
    ]);
  });

  it("stands in a script or in SQL within a block scalar, and in an env file", () => {
    assert.deepEqual(
      rules(
        "on: push\njobs:\n  a:\n    steps:\n      - run: |\n          PGPASSWORD=k7Lp0q2 psql # gitleaks:allow\n",
        "yaml",
      ),
      [],
    );
    assert.deepEqual(
      rules("DB_PASSWORD=k7Lp0q2 # credlint:ignore\n", "env"),
      [],
    );
    assert.deepEqual(rules("DB_PASSWORD=k7Lp0q2\n", "env"), ["CY210"]);
  });

  it("names the rules it holds for", () => {
    assert.deepEqual(rules(`${role} -- credlint:ignore CS105`).sort(), [
      "CS101",
      "CX305",
    ]);
  });

  it("of our own form is reported when it suppresses nothing, rule by rule", () => {
    assert.deepEqual(rules("SELECT 1; -- credlint:ignore CS101"), ["CX305"]);
    assert.deepEqual(rules("SELECT 1; -- NOSONAR"), []);
    const text = `${role} -- credlint:ignore CS101 CS105 a test`;
    const { findings } = report(text);
    assert.deepEqual(
      findings.map(({ rule, range }) => [
        rule,
        text.slice(range.start, range.end),
      ]),
      [["CX305", "CS105"]],
    );
    assert.deepEqual(rules(`${role} -- credlint:ignore CS101 CS105 CX305`), []);
    assert.deepEqual(
      report("SELECT 1; -- credlint:ignore CS101", { CS101: "off" }).findings,
      [],
    );
  });

  it("keeps what it took, with the reason", () => {
    const { suppressed } = report(
      `${role} -- credlint:ignore CS101: a role of the tests\n/* credlint:ignore CS101 another */ ${role}`,
    );
    assert.deepEqual(
      suppressed.map(({ finding, by, reason }) => [finding.rule, by, reason]),
      [
        ["CS101", "comment", "a role of the tests"],
        ["CS101", "comment", "another"],
      ],
    );
  });
});
