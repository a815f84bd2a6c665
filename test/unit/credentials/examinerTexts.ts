import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { lint, type LintLanguage } from "../../../src/core/credentials/lint";
import { unmark } from "./marked";
import { sqlCredentials, sqlHarmless } from "./sqlContexts";
import { yamlCredentials, yamlHarmless } from "./yamlContexts";

/** Any language's syntax, to be put into any language's texts. */
const fragments = [
  ..."' '' \" ` $$ $a$ -- /* */ \n \r\n \r \t \\ \\' E' U&' x' ; ( ) [ ] { } , : = := => || @ # % ? ! & * | > - --- ... ? ".split(
    " ",
  ),
  ..."{{ }} {% %} {# #} ${ ${X:- $( ` <% %> %(x)s $1 :x :'x' @x ⟨x⟩ \u0000 \uFEFF \u2028 \ud800 é 😀 \u00a0".split(
    " ",
  ),
  ..."|CREATE ROLE a PASSWORD |CREATE SECRET s (TYPE postgres, |ATTACH '|COPY t FROM stdin;\n|\\.\n|\\set pw |\\c |\n\\! |SET s3_secret_access_key = |IDENTIFIED BY |OPTIONS (|dblink('|host=h password=|postgres://u:k7Lp0q2@h/d|DO $$ BEGIN |END $$;|EXECUTE format('|DECLARE x text := |INSERT INTO t VALUES |BEGIN ATOMIC |RETURN |".split(
    "|",
  ),
  ..."|password: |  - |: ||\n  |: >-\n    |stringData:\n  |data:\n  |kind: Secret\n|env:\n  - name: DB_PASSWORD\n    value: |environment:\n  |&a |*a |!!binary |<<: *a\n|? |{a: |[a, |\t- |run: |\n    PGPASSWORD=k7 psql |env_var('X', '|# password: |".split(
    "|",
  ),
  ..."export PGPASSWORD=|A=|# |\n\nB='|C=\"|-----BEGIN RSA PRIVATE KEY-----\n|MIIEpAIBAAKCAQEA|ghp_16C7e42F292c6912E7710c838347Ae178B4a|credlint:ignore CS101 |NOSONAR|credlint:off\n".split(
    "|",
  ),
];

const here = import.meta.dirname;

const fixtures = [
  ...[
    ...sqlCredentials,
    ...sqlHarmless,
    ...yamlCredentials,
    ...yamlHarmless,
  ].map((marked) => unmark(marked).text),
  ...readFileSync(join(here, "../../fixtures/credentials/cases.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { text: string }).text.slice(0, 1500)),
  ...readFileSync(
    join(here, "../../fixtures/credentials/yamlFiles.txt"),
    "utf8",
  )
    .split(/^### .*$/m)
    .map((text) => unmark(text).text.slice(0, 1500)),
];

const fixture = fc.constantFrom(...fixtures);
const fragment = fc.constantFrom(...fragments);

/** A text in which bytes were changed, taken out, repeated and moved, read as UTF-8 or as Latin-1. */
const mutated = fc
  .tuple(
    fixture,
    fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.nat(5), fc.nat(30)), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.boolean(),
  )
  .map(([text, changes, isUtf8]) => {
    let bytes = Buffer.from(text, "utf8");
    for (const [where, byte, kind, length] of changes) {
      const at = where % (bytes.length + 1);
      const before = bytes.subarray(0, at);
      const after = bytes.subarray(at);
      const changed = [
        [before, Buffer.from([byte]), after.subarray(1)],
        [before, Buffer.from([byte]), after],
        [before, after.subarray(length)],
        [before, after.subarray(0, length), after],
        [after, before],
        [before, Buffer.alloc(length, byte), after],
      ][kind];
      bytes = Buffer.concat(changed ?? []).subarray(0, 5000);
    }
    return bytes.toString(isUtf8 ? "utf8" : "latin1");
  });

/** Texts of SQL, YAML and env files that nobody means to write. */
export const examinerTexts = fc.oneof(
  { weight: 4, arbitrary: mutated },
  {
    weight: 4,
    arbitrary: fc
      .array(fc.oneof(fragment, fragment, fixture, fc.string()), {
        maxLength: 20,
      })
      .map((parts) => parts.join("").slice(0, 4000)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(fragment, { minLength: 1, maxLength: 4 }), fc.nat(200))
      .map(([parts, times]) => parts.join("").repeat(times).slice(0, 4000)),
  },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
);

/** The languages that a text is read as. */
export const lintLanguages: readonly LintLanguage[] = ["sql", "yaml", "env"];

/** Lints a text as every language: findings lie within it, in order, and none says its value. */
export function assertSoundLint(text: string): void {
  for (const language of lintLanguages) {
    let end = 0;
    for (const finding of lint(text, language)) {
      const { range } = finding;
      assert.ok(range.start >= end, `${language}: one over another`);
      assert.ok(
        range.end > range.start && range.end <= text.length,
        `${language}: out of the text`,
      );
      end = range.end;
    }
  }
}
