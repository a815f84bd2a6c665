import assert from "node:assert/strict";
import fc from "fast-check";
import { LintDocument } from "../../../src/core/credentials/document";
import { lintReport } from "../../../src/core/credentials/lint";
import {
  defaultLintOptions,
  type LintOptions,
} from "../../../src/core/credentials/options";
import { changed } from "../../support/changed";
import { unmark } from "./marked";
import { sqlCredentials, sqlHarmless } from "./sqlContexts";
import { yamlCredentials } from "./yamlContexts";

const sqlPieces = [
  ...[...sqlCredentials, ...sqlHarmless].map((each) => unmark(each).text),
  ..."'|\"|;|;\n|\n|--|/*|*/|$$| -- credlint:ignore|-- NOSONAR\n|\\set pw k7Lp0q2\n|PASSWORD :'pw';".split(
    "|",
  ),
  "-- credlint:ignore CS101 because\n",
  "-- credlint: ignore CS101\n",
  "-- password: k7Lp0q2vX9 -- gitleaks:allow\n",
  "\nCREATE ROLE a PASSWORD 'k7Lp0q2';\n",
];
const yamlPieces = [
  ...yamlCredentials.map((each) => `${unmark(each).text}\n`),
  "---\n",
  "# credlint:ignore\n",
  "# password: k7Lp0q2vX9 # credlint:ignore CS1*\n",
  "  ",
  "'",
];

const withOptions: LintOptions = {
  ...defaultLintOptions,
  rules: { CS101: "info", CS105: "off" },
  extraKeys: ["handshake"],
};

function edits(pieces: readonly string[]) {
  const text = fc
    .array(fc.constantFrom(...pieces), { maxLength: 6 })
    .map((parts) => parts.join("\n"));
  const edit = fc.tuple(
    fc.nat(),
    fc.nat(20),
    fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 3 })),
  );
  return fc.tuple(text, fc.array(edit, { minLength: 1, maxLength: 5 }));
}

describe("a document that is being edited", () => {
  for (const language of ["sql", "yaml"] as const) {
    it(`of ${language} reports what a fresh lint reports, after any edits`, () => {
      const pieces = language === "sql" ? sqlPieces : yamlPieces;
      const options = fc.constantFrom(defaultLintOptions, withOptions);
      fc.assert(
        fc.property(edits(pieces), options, ([before, all], each) => {
          const document = new LintDocument(before, language, "a", each);
          document.report();
          for (const [at, length, text] of all) {
            const start = at % (document.text.length + 1);
            const end = Math.min(document.text.length, start + length);
            const change = { start, end, text };
            const after = changed(document.text, change);
            document.update(change, after);
            assert.equal(document.text, after);
            assert.deepEqual(
              document.report(),
              lintReport(after, language, "a", each),
              JSON.stringify(after),
            );
          }
        }),
        { numRuns: language === "sql" ? 500 : 60 },
      );
    });
  }

  it("takes several changes at once, each to the text after the ones before", () => {
    const document = new LintDocument(
      "SELECT 1;",
      "sql",
      "a",
      defaultLintOptions,
    );
    for (const change of [
      { start: 9, end: 9, text: "\nCREATE ROLE a PASSWORD 'x';" },
      { start: 0, end: 9, text: "" },
      { start: 25, end: 26, text: "k7Lp0q2" },
    ]) {
      document.update(change, changed(document.text, change));
    }
    const [found, ...rest] = document.report().findings;
    assert.equal(rest.length, 0);
    assert.equal(
      document.text.slice(found?.range.start, found?.range.end),
      "k7Lp0q2",
    );
  });
});
