import assert from "node:assert/strict";
import fc from "fast-check";
import { LintDocument } from "../../../src/core/credentials/document";
import { lintReport } from "../../../src/core/credentials/lint";
import { defaultLintOptions } from "../../../src/core/credentials/options";
import { changed } from "../../support/changed";

/** What opens, closes, hides and reveals statements, and statements with invented credentials. */
const pieces = [
  ..."' '' \" $$ $a$ -- /* */ \\ ; ( ) || , := E' U&' N' : :' ${ {{ }} {% %} %( ` # @".split(
    " ",
  ),
  "\n",
  "\r\n",
  "\n-- ",
  "\n\\set pw k7Lp0q2\n",
  "\n\\c postgres://u:k7Lp0q2@h/d\n",
  "\n\\gexec\n",
  "\n.open x\n",
  "COPY t (a, b) FROM stdin;\n",
  "1\tpostgres://u:k7Lp0q2@h/d\n",
  "1\tit's $$ /* data\n",
  "\\.\n",
  "CREATE ROLE a PASSWORD 'k7Lp0q2';",
  "\nALTER ROLE a\n  PASSWORD :'pw';\n",
  "DO $$ BEGIN EXECUTE 'CREATE ROLE b PASSWORD ''m9Xw4Zr8'''; END $$;",
  "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;",
  "CREATE FUNCTION g() RETURNS text LANGUAGE sql AS $a$ SELECT 'x' $a$;",
  "\nATTACH 'host=h password=k7Lp0q2' AS p (TYPE postgres);\n",
  "CREATE SECRET s (TYPE s3, SECRET 'k7Lp0q2');",
  "SELECT dblink_connect('host=h ' || 'password=k7Lp0q2');",
  "INSERT INTO t VALUES ('a;b', \"c;d\", 'it''s');",
  "GO\n",
  "DELIMITER //\n",
  "/",
  "\n-- credlint:ignore CS101 because\n",
  "\n-- credlint:off\n",
  "BEGIN",
  "END",
  "CASE WHEN 1 THEN 2 END",
  "password",
  "=",
  " ",
];

const piece = fc.constantFrom(...pieces);
const text = fc.array(piece, { maxLength: 14 }).map((all) => all.join(""));
const edit = fc.tuple(
  fc.nat(),
  fc.oneof(fc.constant(0), fc.nat(3), fc.nat(80)),
  fc.oneof(
    fc.constant(""),
    piece,
    piece,
    fc.string({ maxLength: 2 }),
    fc.tuple(piece, piece).map((both) => both.join("")),
  ),
);

describe("SQL that is edited character by character and in pieces", () => {
  it("has the findings of a fresh lint after each edit", () => {
    fc.assert(
      fc.property(
        text,
        fc.array(edit, { minLength: 5, maxLength: 20 }),
        (before, edits) => {
          const options = defaultLintOptions;
          const document = new LintDocument(before, "sql", "a.sql", options);
          for (const [at, length, inserted] of edits) {
            const start = at % (document.text.length + 1);
            const end = Math.min(document.text.length, start + length);
            const change = { start, end, text: inserted };
            document.update(change, changed(document.text, change));
            assert.deepEqual(
              document.report(),
              lintReport(document.text, "sql", "a.sql", options),
              JSON.stringify(document.text),
            );
          }
        },
      ),
      // About 12 edits a run; the 100,000 of an examination are 8,000 runs.
      { numRuns: Number(process.env["EXAMINER_RUNS"] ?? 300) },
    );
  });
});
