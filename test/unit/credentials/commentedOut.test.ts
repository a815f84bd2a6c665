import assert from "node:assert/strict";
import { lint } from "../../../src/core/credentials/lint";
import { judgedCases } from "./judgedCases";
import { moreSqlHarmless } from "./moreSqlContexts";
import { sqlHarmless } from "./sqlContexts";

/** What is said of a text, hashes and unused suppressions left out. */
function said(text: string): readonly string[] {
  return lint(text, "sql")
    .filter(({ rule }) => rule !== "CS114" && rule !== "CX305")
    .map(({ range, rule }) => `${rule} ${text.slice(range.start, range.end)}`);
}

describe("SQL without a credential", () => {
  const texts = [
    ...sqlHarmless,
    ...moreSqlHarmless,
    ...["judgedSql.txt", "judgedSqlFiles.txt"].flatMap((file) =>
      judgedCases(file)
        .filter(({ ranges }) => ranges.length === 0)
        .map(({ text }) => text),
    ),
  ];
  const inComments = (text: string): string =>
    text
      .split("\n")
      .map((line) => `-- ${line}`)
      .join("\n");
  const inBlock = (text: string): string =>
    `/*\n${text.replaceAll(/\/\*|\*\//g, "")}\n*/\nSELECT 1;`;
  const inBody = (text: string): string =>
    `CREATE FUNCTION f() RETURNS void AS $body$\n${text}\n$body$ LANGUAGE plpgsql;`;
  for (const [place, put] of [
    ["behind dashes", inComments],
    ["in a block comment", inBlock],
    ["in a function's body", inBody],
  ] as const) {
    it(`has none ${place} either`, () => {
      for (const text of texts) {
        assert.deepEqual(said(put(text)), [], text);
      }
    });
  }
});
